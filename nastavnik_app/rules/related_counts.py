"""Counts of people, and what a reader knows of how they lie in each other: sums, parts, covers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from nastavnik_app.rules.messages import _

ALL = ""  # the row or column of totals

Key = Hashable  # of a cell; in a crossed table (row, column)


@dataclass(frozen=True)
class Sum:
	"""A total and the parts that make it up, each person in one part."""

	total: Key
	parts: tuple[Key, ...]


@dataclass(frozen=True)
class Part:
	"""A count of some of those in another count, whether a percentage of it is published or not. What is left of
	the whole is a count of people as well, and protected like a cell: 98 of 100 says that 2 are not."""

	part: Key
	whole: Key


@dataclass(frozen=True)
class Cover:
	"""A total of people who may stand in several parts, but are counted once in the total."""

	total: Key
	parts: tuple[Key, ...]


Relation = Sum | Part | Cover


@dataclass(frozen=True)
class Table:
	"""Counts by key, and all relations between them that a reader knows. Several tables are one, with the cells
	that they share under the same key. `public`: keys of counts that readers know from elsewhere, such as how many
	pupils a school has: they are always shown, and of what lies within them no more can be hidden than they leave
	open."""

	counts: Mapping[Key, int]
	relations: tuple[Relation, ...] = ()
	public: frozenset[Key] = frozenset()


def crossed(rows: Sequence[str], columns: Sequence[str], cells: Mapping[tuple[str, str], int]) -> Table:
	"""A table of rows × columns with the totals of rows, of columns and of all; a missing cell is zero."""
	counts = {(row, column): cells.get((row, column), 0) for row in rows for column in columns}
	relations = []
	for row in rows:
		counts[row, ALL] = sum(counts[row, column] for column in columns)
		relations.append(Sum((row, ALL), tuple((row, column) for column in columns)))
	for column in (*columns, ALL):
		counts[ALL, column] = sum(counts[row, column] for row in rows)
		relations.append(Sum((ALL, column), tuple((row, column) for row in rows)))
	relations.append(Sum((ALL, ALL), tuple((ALL, column) for column in columns)))
	return Table(counts, tuple(relations))


def linked(*tables: Table) -> Table:
	"""Several tables as one; raises ValueError where they disagree on a cell that they share."""
	counts: dict[Key, int] = {}
	for table in tables:
		for key, count in table.counts.items():
			if counts.setdefault(key, count) != count:
				raise ValueError(_("Two tables give different counts for {0}").format(key))
	return Table(counts, tuple(dict.fromkeys(one for table in tables for one in table.relations)))
