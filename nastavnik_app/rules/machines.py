"""What a machine of states is: states, the edges between them, and what may be edited where."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

DRAFT, SUBMITTED, CANCELLED = 0, 1, 2


@dataclass(frozen=True)
class State:
	"""A state, the docstatus it lives at, and which fields may be edited in it.

	`editable` is None where all content is open, otherwise the names of the fields that stay open, a column of a
	table as `table.column`.
	"""

	name: str
	docstatus: int = DRAFT
	editable: frozenset[str] | None = frozenset()
	style: str = ""


@dataclass(frozen=True)
class Edge:
	"""A way from one state to the next. Without roles it is taken by the system alone."""

	state: str
	action: str
	next_state: str
	roles: tuple[str, ...] = ()
	conditions: tuple[str, ...] = ()

	@property
	def by_person(self) -> bool:
		"""Whether a person has a button for it; the others are moves of the system."""
		return bool(self.roles)


@dataclass(frozen=True)
class Machine:
	"""The states of a DocType (the first is where a document begins) and the edges between them."""

	doctype: str
	states: tuple[State, ...]
	edges: tuple[Edge, ...]
	field: str = "workflow_state"
	milestones: dict[tuple[int, int], tuple[str, ...]] = dataclasses.field(default_factory=dict)

	@property
	def initial(self) -> State:
		"""Where a document begins."""
		return self.states[0]

	def state(self, name: str | None) -> State | None:
		"""The state of this name; None where the table has none."""
		return next((state for state in self.states if state.name == name), None)

	def open_fields(self, name: str | None) -> frozenset[str] | None:
		"""What may be edited in a state, as in `State`; None, too, in a state of the site's own Workflow."""
		state = self.state(name)
		return state.editable if state else None

	def edges_between(self, state: str, next_state: str) -> Iterator[Edge]:
		"""Every edge that leads from the one state to the other."""
		return (edge for edge in self.edges if (edge.state, edge.next_state) == (state, next_state))

	def reached_by_system_alone(self, name: str) -> bool:
		"""True for a state that only another document's effect can bring, such as an assigned pair."""
		ways_in = [edge for edge in self.edges if edge.next_state == name]
		return bool(ways_in) and not any(edge.by_person for edge in ways_in)

	def milestone(self, docstatus: int, next_docstatus: int) -> tuple[str, ...]:
		"""Conditions of a change of docstatus that hold whatever the site's own Workflow says."""
		return self.milestones.get((docstatus, next_docstatus), ())
