"""Where the headings stand, and what each column means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nastavnik_app.roster.columns import everything_of
from nastavnik_app.roster.model import Column, UnreadableRoster
from nastavnik_app.roster.tables import MAX_COLUMNS, Table, letter_of, text_of
from nastavnik_app.rules.messages import _

LOOKED_THROUGH = 30  # rows from the top
_APART = re.compile(r"[^\w]+|_")
_NUMBERING = {"п п", "пп", "no", "номер", "номер п п", "", "n", "№"}


@dataclass(frozen=True)
class Place:
	"""A column of the file that is understood: where it stands, as told («C «Телефон»»), and what it means."""

	at: int
	told: str
	column: Column


@dataclass(frozen=True)
class Layout:
	"""Where a table has its headings, and which column stands in which place; `ignored` headings are told."""

	heading_row: int  # index in the table
	places: list[Place]
	ignored: list[str]


def normalised(heading: str) -> str:
	"""«Ф.И.О.\\nобучающегося*» → «фио обучающегося»."""
	words = " ".join(_APART.sub(" ", heading.casefold().replace("ё", "е")).split())
	return words.replace("ф и о", "фио").removesuffix(" дд мм гггг")


def find(
	tables: Iterable[Table], people: str, labels: Mapping[str, str] | None = None
) -> tuple[Table, Layout]:
	"""The first table with headings of people, and its columns. `labels`: further headings → field. Raises
	`UnreadableRoster`."""
	known = {normalised(word): one for one in everything_of(people) for word in (*one.wordings, one.heading)}
	by_field = {one.field: one for one in everything_of(people)}
	for label, field in (labels or {}).items():
		known.setdefault(normalised(label), by_field[field])
	for table in tables:
		scored = [(_score(row, known), -at) for at, row in enumerate(table[:LOOKED_THROUGH])]
		score, minus_at = max(scored, default=(0, 0))
		if score:
			return table, _layout(table, -minus_at, known)
	raise UnreadableRoster(
		_(
			"No row with headings was found. The first row of the list must have headings for the name, the birth date and the rest, as in the template."
		)
	)


def _score(row: tuple, known: dict[str, Column]) -> int:
	fields = {
		known[word].field for value in row[:MAX_COLUMNS] if (word := normalised(text_of(value))) in known
	}
	names_people = "full_name" in fields or {"last_name", "first_name"} <= fields
	return len(fields) if names_people else 0


def _layout(table: Table, at: int, known: dict[str, Column]) -> Layout:
	places, ignored, seen = [], [], {}
	for place, value in enumerate(table[at][:MAX_COLUMNS]):
		heading = text_of(value)
		word, told = normalised(heading), f"{letter_of(place)} «{' '.join(heading.split())}»"
		column = known.get(word)
		if column and column.field in seen:
			raise UnreadableRoster(
				_(
					"The columns {0} and {1} mean the same. Leave one, or name the other “{2}” if it is the representative's."
				).format(seen[column.field], told, f"{column.heading} представителя")
			)
		if column:
			seen[column.field] = told
			places.append(Place(place, told, column))
		elif word not in _NUMBERING and heading.strip("№ "):
			ignored.append(told)
	return Layout(at, places, ignored)
