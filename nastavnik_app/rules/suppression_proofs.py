"""Whether a reader of a table could narrow a withheld count down: tables that he cannot tell from the true one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_diag, csr_matrix, eye, hstack, vstack

from nastavnik_app.rules.messages import _
from nastavnik_app.rules.related_counts import Cover, Key, Part, Relation, Table


@dataclass(frozen=True)
class Proof:
	"""Two tables that a reader cannot tell from the true one."""

	high: np.ndarray
	low: np.ndarray
	true: np.ndarray | None = field(default=None, repr=False)

	def moves(self, cell: int) -> bool:
		"""Whether a cell has another value in one of the two tables than in the true one."""
		return self.true is None or bool(
			self.high[cell] != self.true[cell] or self.low[cell] != self.true[cell]
		)

	def moved(self, shown: int) -> set[int]:
		"""The cells that move, of the first `shown`."""
		return {int(cell) for cell in range(shown) if self.moves(cell)}

	def protected(self, numbers: np.ndarray, height: np.ndarray) -> list[int]:
		"""The cells between whose two values lie so many whole numbers, both included, and that can be so high."""
		apart = np.abs(self.high - self.low) >= numbers - 1
		return [int(cell) for cell in np.flatnonzero(apart & (np.maximum(self.high, self.low) >= height))]


class System:
	"""The counts of a table as unknowns of linear equations, the shown ones first, then what no table shows: rests
	and overlaps."""

	def __init__(self, table: Table, bound: int) -> None:
		self.bound = bound
		self.keys = {key: number for number, key in enumerate(table.counts)}
		self.shown = len(self.keys)
		_check(table.counts)
		self.values = np.array(list(table.counts.values()), dtype=np.int64)
		self.equations: list[dict[int, int]] = []
		self.small_rests: set[int] = set()
		self._parts: set[tuple[int, int]] = set()  # part and whole
		self._sums: list[tuple[int, list[int]]] = []  # a whole is the sum of a part and the rest
		self._covers: list[tuple[int, list[int]]] = []
		self.costs = np.ones(self.shown)
		for relation in table.relations:
			self._add(relation)
		public = [self.keys[key] for key in table.public]
		self.numbers, self.height = self._asked(public)
		self.nonzero = np.setdiff1d(np.flatnonzero(self.values[: self.shown]), public)
		self.primary = {int(one) for one in self.nonzero if self.values[one] < bound}
		# Of equal choices the smaller count, then the earlier one, is withheld.
		order = np.lexsort((np.arange(self.shown), self.values[: self.shown]))
		self.costs[order] += np.arange(self.shown) / (self.shown + 1) ** 2
		self.matrix = self._matrix()
		# of two tables side by side
		self.both = block_diag([self.matrix, self.matrix])

	def _add(self, relation: Relation) -> None:
		if isinstance(relation, Part):
			self._add_part(self.keys[relation.part], self.keys[relation.whole])
			return
		total, parts = self.keys[relation.total], [self.keys[part] for part in relation.parts]
		overlap = int(self.values[parts].sum() - self.values[total])
		equation = {total: -1, **dict.fromkeys(parts, 1)}
		if isinstance(relation, Cover):
			if overlap < 0:
				raise ValueError(_("The parts of {0} are fewer than the total").format(relation.total))
			equation[self._hide(overlap)] = -1
			self._covers.append((total, parts))
			for part in parts:
				self._add_part(part, total)
		elif overlap:
			raise ValueError(_("The parts of {0} do not add up to the total").format(relation.total))
		else:
			self._sums.append((total, parts))
		self.equations.append(equation)

	def _add_part(self, part: int, whole: int) -> None:
		if part == whole or (part, whole) in self._parts:
			return
		rest = int(self.values[whole] - self.values[part])
		if rest < 0:
			names = list(self.keys)
			raise ValueError(
				_("{0} is more than {1}, of which it is a part").format(names[part], names[whole])
			)
		hidden = self._hide(rest)
		self._parts.add((part, whole))
		self._sums.append((whole, [part, hidden]))
		self.equations.append({whole: 1, part: -1, hidden: -1})
		if 0 < rest < self.bound:
			self.small_rests.add(hidden)

	def _hide(self, value: int) -> int:
		self.values = np.append(self.values, value)
		return len(self.values) - 1

	def _asked(self, public: list[int]) -> tuple[np.ndarray, np.ndarray]:
		"""How many whole numbers must stay possible for each cell, and how high it must be possible: `bound`, or what
		is public leaves no more open."""
		# zero is shown, and of what is withheld there is one
		least = np.minimum(self.values, 1).astype(float)
		most = np.where(self.values > 0, np.inf, 0)
		least[self.shown :], most[self.shown :] = 0, np.inf
		least[public] = most[public] = self.values[public]
		changed = bool(public)
		while changed:
			before = least.copy(), most.copy()
			for total, parts in (*self._sums, *self._covers):
				most[total] = min(most[total], most[parts].sum())
				for part in parts:
					others = [one for one in parts if one != part]
					least[part] = max(least[part], least[total] - most[others].sum())
			for total, parts in self._sums:
				least[total] = max(least[total], least[parts].sum())
				for part in parts:
					others = [one for one in parts if one != part]
					most[part] = min(most[part], most[total] - least[others].sum())
			changed = not np.array_equal(before, (least, most))
		return np.minimum(most - least + 1, self.bound), np.minimum(most, self.bound)

	def _matrix(self) -> csr_matrix:
		entries = [
			(number, cell, sign)
			for number, equation in enumerate(self.equations)
			for cell, sign in equation.items()
		]
		rows, cells, signs = zip(*entries, strict=True) if entries else ((), (), ())
		return csr_matrix((signs, (rows, cells)), shape=(len(self.equations), len(self.values)))

	def tells(self, withheld: set[int]) -> bool:
		"""Whether some equation has one unknown left: what is found without looking for tables."""
		for equation in self.equations:
			unknown = [cell for cell in equation if cell in withheld or cell >= self.shown]
			if len(unknown) == 1 and (unknown[0] < self.shown or unknown[0] in self.small_rests):
				return True
		return False

	def prove(self, cells: Sequence[int], withheld: set[int], with_more: bool = False) -> Proof | None:
		"""Two tables far enough apart in the first of some cells, and as far as can be in the others, with nothing
		more withheld; or, `with_more`, with as little more as it takes. None where there are none."""
		size, room = len(self.values), 2 * self.bound
		more = [int(one) for one in self.nonzero if one not in withheld] if with_more else []
		lower, upper = self.values.copy(), self.values.astype(float)
		free = [*sorted(withheld), *more]
		lower[free] = np.maximum(1, self.values[free] - room)
		upper[free] = self.values[free] + room
		lower[self.shown :], upper[self.shown :] = 0, np.inf
		goal = np.zeros(size)
		goal[list(cells[1:])] = -1
		found = milp(
			np.concatenate([goal, -goal, self.costs[more]]),
			integrality=np.ones(2 * size + len(more)),
			bounds=Bounds(
				np.concatenate([lower, lower, np.zeros(len(more))]),
				np.concatenate([upper, upper, np.ones(len(more))]),
			),
			constraints=self._constraints(cells[0], more, room),
			options={"mip_rel_gap": 0},
		)
		if not found.success:
			return None
		high, low = np.rint(found.x[: 2 * size]).astype(np.int64).reshape(2, size)
		proof = Proof(high, low, self.values)
		return proof if self._holds(proof, cells[0], {*free}) else None

	def _holds(self, proof: Proof, cell: int, free: set[int]) -> bool:
		"""Counted again in whole numbers: a solver's word for a solution is not taken."""
		return (
			cell in proof.protected(self.numbers, self.height)
			and all(
				not (self.matrix @ table).any() and (table[list(free)] > 0).all() and (table >= 0).all()
				for table in (proof.high, proof.low)
			)
			and proof.moved(self.shown) <= free
		)

	def _constraints(self, cell: int, more: list[int], room: int) -> list[LinearConstraint]:
		size = len(self.values)
		apart = np.zeros((2, 2 * size + len(more)))
		apart[0, [cell, size + cell]] = 1, -1
		apart[1, cell] = 1
		constraints = [
			LinearConstraint(csr_matrix(apart), [self.numbers[cell] - 1, self.height[cell]], np.inf),
		]
		if self.equations:
			both = self.both
			if more:
				both = hstack([both, csr_matrix((both.shape[0], len(more)))]).tocsr()
			constraints.append(LinearConstraint(both, 0, 0))
		if more:
			chosen = eye(size, format="csr")[more]
			zero = csr_matrix(chosen.shape)
			switch = room * eye(len(more))
			true = np.tile(self.values[more], 2)
			tables = vstack([hstack([chosen, zero]), hstack([zero, chosen])])
			switches = vstack([switch, switch])
			constraints.append(LinearConstraint(hstack([tables, switches]).tocsr(), true, np.inf))
			constraints.append(LinearConstraint(hstack([tables, -switches]).tocsr(), -np.inf, true))
		return constraints


def _check(counts: Mapping[Key, int]) -> None:
	for key, count in counts.items():
		if not isinstance(count, (int, np.integer)) or isinstance(count, bool) or count < 0:
			raise ValueError(_("A count is a whole number from zero: {0} at {1}").format(count, key))
