"""What is read of a list of people, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nastavnik_app.rules import names
from nastavnik_app.rules.messages import Message

NAME_PARTS = ("last_name", "first_name", "middle_name")


class UnreadableRoster(Exception):
	"""The file as a whole cannot be read; `message` says what is wrong and what to do."""

	def __init__(self, message: Message) -> None:
		super().__init__(message)
		self.message = message


class Unfit(Exception):
	"""A cell's value does not fit: what is wrong, and what to do."""

	def __init__(self, fault: Message, remedy: Message) -> None:
		super().__init__(fault)
		self.fault, self.remedy = fault, remedy


@dataclass(frozen=True)
class Column:
	"""A column that is understood. `kind` says how its cells are read (`values.READERS`); `wordings` are further headings
	beside the `heading` that exports write. A field of a representative is `representatives.phone`."""

	field: str
	heading: str
	kind: str = "text"
	wordings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
	"""What is wrong in a row: the column as «C «Телефон»», the value as written; the field that the column means.
	`doubtful`: only a person can tell."""

	row: int
	column: str
	value: str
	fault: Message
	remedy: Message
	doubtful: bool = False
	field: str = ""


@dataclass
class Row:
	"""One person of the file. `values` holds what stands in filled cells alone, by field; `places` says where it stands:
	field → (column as told in faults, text of the cell)."""

	number: int
	values: dict[str, Any] = field(default_factory=dict)
	places: dict[str, tuple[str, str]] = field(default_factory=dict)

	@property
	def full_name(self) -> str:
		"""Last, first and middle name as far as they are given."""
		return names.full_name(*(self.values.get(part) for part in NAME_PARTS))

	@property
	def birth_date(self) -> date | None:
		"""As read; None where it is not given or was faulty."""
		return self.values.get("birth_date")

	@property
	def code(self) -> str | None:
		"""The name of the record, in a list that the app has exported."""
		return self.values.get("name")

	def place(self, field_name: str) -> tuple[str, str]:
		"""Where a fault of the field is told; that of the name where the field has no column."""
		for name in (field_name, "full_name", "last_name"):
			if name in self.places:
				return self.places[name]
		return "", self.full_name

	def fault(self, field_name: str, fault: Message, remedy: Message, doubtful: bool = False) -> Fault:
		"""A fault of one field of this row, with its cell."""
		return Fault(self.number, *self.place(field_name), fault, remedy, doubtful, field_name)


@dataclass
class Roster:
	"""The people of a file in its order, what is wrong, and the columns that were passed over, as told."""

	rows: list[Row]
	faults: list[Fault]
	ignored: list[str]
