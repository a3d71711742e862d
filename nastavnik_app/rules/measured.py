"""Which indicator a roadmap's words ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nastavnik_app.rules.thresholds import PERCENT

_STEM = 5  # letters that tell «встреч» from «публикаций»
_GAP = 2  # words that may stand between two of a line: «база данных наставников»


@dataclass(frozen=True)
class MeasureWords:
	"""A measure by its name, the unit that it counts in, and the lines of words that ask for it."""

	name: str
	unit: str
	lines: tuple[str, ...]


def lines_of(text: str | None) -> tuple[str, ...]:
	"""The lines of a field, folded as `first_asked_for` compares them; empty ones left out."""
	return tuple(line for line in (_plain(one) for one in (text or "").splitlines()) if line)


def first_asked_for(
	texts: Iterable[str | None], unit: str | None, measures: Sequence[MeasureWords]
) -> str | None:
	"""Name of the first measure one of whose lines stands in a text: its words, or words that begin so, in this
	order with little between them. What is asked for in per cent is not measured in pieces, rubrics not in
	publications."""
	plain = [_plain(text) for text in texts if text]
	for measure in measures:
		if not _counts_the_same(unit, measure.unit):
			continue
		if any(_stands(line, text) for line in measure.lines for text in plain):
			return measure.name
	return None


def _counts_the_same(unit: str | None, of_measure: str) -> bool:
	if not unit or not of_measure:
		return True
	if PERCENT in (unit, of_measure):
		return unit == of_measure
	return _plain(unit)[:_STEM] == _plain(of_measure)[:_STEM]


def _stands(line: str, text: str) -> bool:
	between = rf"\w*(?: \w+){{0,{_GAP}}} "
	return bool(re.search(r"(?<!\w)" + between.join(re.escape(word) for word in line.split()), text))


def _plain(text: str) -> str:
	return " ".join(re.findall(r"\w+", text.casefold().replace("ё", "е")))
