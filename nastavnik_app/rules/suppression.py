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

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nastavnik_app.rules.related_counts import Key, Table

if TYPE_CHECKING:
	from nastavnik_app.rules.suppression_proofs import Proof, System

BOUND = 5


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
		for cell in proof.protected(system.numbers, system.height):
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
			for one in proof.protected(system.numbers, system.height):
				kept.setdefault(one, proof)
		else:
			withheld.remove(cell)
			proofs.clear()
			proofs.update(kept)
