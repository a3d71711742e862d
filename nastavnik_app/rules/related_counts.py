"""Counts of people, and what a reader knows of how they lie in each other: sums, parts, covers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

ALL = ""  # the row or column of totals

Key = Hashable  # of a cell


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
