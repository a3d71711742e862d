"""Tables of counts of people, published so that no small count can be read or worked out.

Primary suppression: a count from 1 to bound − 1 is not published (frequency rule). Zero is: nobody is behind it,
and a table of many forms and groups is mostly zeros. This follows the practice of Hundepool et al., Statistical
Disclosure Control (Wiley, 2012), ch. 5, and the default of the R package sdcTable (allowZeros = FALSE). Whoever
must hide that *nobody* belongs to a group leaves that table out.

Complementary suppression: further cells are withheld until the reader can narrow down none. The guarantee, for
every withheld cell and every withheld small rest of a percentage (a sliding protection level in the sense of
Fischetti and Salazar-González, Management Science 47 (2001) 1008-1027): there are two tables of whole numbers that
agree with all that is published, with all stated relations, and with "a withheld count is at least 1", in which
the cell differs by at least bound − 1, and in one of which it is at least `bound`. So the reader's interval holds
at least `bound` whole numbers, and it stays open whether the cell is small at all.

Not covered: a reader who knows some of the withheld cells from elsewhere (the only member of a cell knows it is 1),
relations that were not stated, what a count that is public anyway leaves open, how many people stand in several parts of a Cover, the difference between two publications of almost the same people, and reasoning
from the choice of cells itself.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nastavnik_app.rules.messages import _

if TYPE_CHECKING:
	from nastavnik_app.rules.suppression_proofs import Proof, System

BOUND = 5
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


@dataclass(frozen=True)
class Published:
	"""Counts by key, None where withheld; `primary` for being small, `complementary` to protect others."""

	counts: Mapping[Key, int | None]
	primary: frozenset[Key]
	complementary: frozenset[Key]

	def percent(self, part: Key, whole: Key) -> float | None:
		"""To one decimal, rounded down; None unless both counts are published: a percentage with one of them tells
		the other, and a percentage alone their ratio."""
		return percent(self.counts[part], self.counts[whole])


def percent(part: int | None, whole: int | None, decimals: int = 1) -> float | None:
	"""Rounded down: 100 % means everybody. None where a count is withheld or the whole is nobody."""
	more = 10**decimals
	return 100 * more * part // whole / more if part is not None and whole else None


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


def suppress(table: Table, bound: int = BOUND) -> Published:
	"""What of a table may be published.

	The same table gives the same answer. No complementary cell is withheld needlessly: publishing any one of them
	would break the guarantee (for each cell in turn the fewest further cells are found, of equal choices the smaller
	counts; then all are tried again). Raises ValueError where counts contradict the relations.
	"""
	# scipy loads for half a second: only who suppresses waits for it
	from nastavnik_app.rules.suppression_proofs import Proof, System

	system = System(table, bound)
	withheld = set(system.primary)
	proofs: dict[int, Proof] = {}
	while open_cells := sorted((withheld | system.small_rests) - proofs.keys()):
		proof = system.prove(open_cells, withheld) or system.prove(open_cells[:1], withheld, with_more=True)
		withheld |= proof.moved(system.shown) if proof else {int(one) for one in system.nonzero}
		# With every count withheld, any multiple of the table is possible.
		proof = proof or Proof(system.values * (bound + 1), system.values)
		for cell in proof.protected(system.needed):
			proofs.setdefault(cell, proof)
	_publish_needless(system, withheld, proofs)
	keys = list(table.counts)
	return Published(
		{
			key: None if number in withheld else count
			for number, (key, count) in enumerate(table.counts.items())
		},
		primary=frozenset(keys[number] for number in system.primary),
		complementary=frozenset(keys[number] for number in withheld - system.primary),
	)


def _publish_needless(system: System, withheld: set[int], proofs: dict[int, Proof]) -> None:
	"""Takes out of `withheld` each complementary cell that the others do not need, the dearest first."""
	for cell in sorted(withheld - system.primary, key=lambda cell: -system.costs[cell]):
		fewer = withheld - {cell}
		if system.tells(fewer):
			continue
		kept: dict[int, Proof] = {
			one: proof for one, proof in proofs.items() if not proof.moves(cell) and one != cell
		}
		while open_cells := sorted((fewer | system.small_rests) - kept.keys()):
			proof = system.prove(open_cells, fewer)
			if proof is None:
				break
			for one in proof.protected(system.needed):
				kept.setdefault(one, proof)
		else:
			withheld.remove(cell)
			proofs.clear()
			proofs.update(kept)
