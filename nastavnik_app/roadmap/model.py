"""What the reader gives back: plain values, in the form that the command prints as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from nastavnik_app.rules.messages import Message
from nastavnik_app.rules.thresholds import Threshold


class Doubt(Message):
	"""A message for the curator. `field`: the attribute of the row or indicator that it is about, "" for the whole
	of it; `written`: the words of the document that were read."""

	field: str
	written: str

	def __new__(cls, message: Message, field: str = "", written: str = "") -> Doubt:
		doubt = super().__new__(cls, message.source, message.args)
		doubt.field, doubt.written = field, written
		return doubt

	def __getnewargs__(self) -> tuple[Message, str, str]:
		return Message(self.source, self.args), self.field, self.written


def doubts_about(field: str, written: str, problems: Iterable[Message]) -> list[Doubt]:
	"""A doubt for each problem, about a field and the words that were read."""
	return [Doubt(problem, field, written) for problem in problems]


@dataclass
class Row:
	"""One task of the roadmap. Texts are as written; dates are inclusive."""

	n: int
	section: str | None
	title: str
	activities: list[str] | None = None
	term_text: str | None = None
	start: date | None = None
	end: date | None = None
	recurrence: str | None = None
	relative: bool = False
	responsible: str | None = None
	result: str | None = None
	indicator: str | None = None
	threshold: Threshold | None = None
	problems: list[Doubt] = field(default_factory=list)
	content: str | None = None
	parent_section: str | None = None
	source_no: str | None = None
	responsible_list: list[str] = field(default_factory=list)
	document: str | None = None
	merged_result_indicator: bool = False
	term_raw: str | None = None
	responsible_raw: str | None = None

	def as_dict(self) -> dict[str, Any]:
		"""Plain values for JSON: days as ISO texts, messages in English, each doubt with its cell."""
		values = {name: _plain(value) for name, value in vars(self).items()}
		values["threshold_probable"] = _plain(self.threshold.probable) if self.threshold else None
		return {**values, "doubts": _doubts(self.problems)}


@dataclass
class Indicator:
	"""One line of a table of indicators with its base and planned values."""

	no: str | None
	name: str
	type: str | None = None
	unit_text: str | None = None
	unit: str | None = None
	base_year: int | None = None
	base_text: str | None = None
	base: Decimal | None = None
	plan_year: int | None = None
	plan_text: str | None = None
	plan: Decimal | None = None
	problems: list[Doubt] = field(default_factory=list)

	def as_dict(self) -> dict[str, Any]:
		"""Plain values for JSON, as those of a row."""
		values = {name: _plain(value) for name, value in vars(self).items()}
		return {**values, "doubts": _doubts(self.problems)}


@dataclass
class Roadmap:
	"""`document`: title, period_start, period_end, period_basis, level, organization, card, columns, problems …"""

	document: dict[str, Any]
	rows: list[Row]
	indicators: list[Indicator]

	def as_dict(self) -> dict[str, Any]:
		"""Plain values for JSON: `document`, `rows`, `indicators`."""
		return {
			"document": {name: _plain(value) for name, value in self.document.items()},
			"rows": [row.as_dict() for row in self.rows],
			"indicators": [indicator.as_dict() for indicator in self.indicators],
		}


def _doubts(problems: list[Doubt]) -> list[dict[str, str]]:
	return [{"field": one.field, "text": one, "written": one.written} for one in problems]


def _plain(value: Any) -> Any:
	if isinstance(value, date):
		return value.isoformat()
	if isinstance(value, Decimal):
		return int(value) if value == value.to_integral_value() else float(value)
	if isinstance(value, Threshold):
		return {"op": value.op, "value": _plain(value.value), "unit": value.unit}
	return value
