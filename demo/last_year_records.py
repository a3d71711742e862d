"""What has come about so far in the year before."""

from __future__ import annotations

from dataclasses import dataclass, field

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from demo.last_year_people import PEOPLE, Participant
from demo.roster import Roster
from demo.staff import School
from nastavnik_app.program import measures
from nastavnik_app.rules.states import OPEN_TASKS


@dataclass
class Year:
	"""The year's records as they come about: people by last name, pairs and their plans by name of the pair."""

	school: School
	roster: Roster
	people: dict[str, Document] = field(default_factory=dict)
	volunteers: list[Document] = field(default_factory=list)
	pairs: list[str] = field(default_factory=list)
	events: dict[str, Document] = field(default_factory=dict)
	orders: list[Document] = field(default_factory=list)
	upcoming: str = ""  # the programme of the next year

	def person(self, last_name: str) -> Document:
		return self.people[last_name]

	def participants(self) -> list[tuple[Participant, Document]]:
		return [(one, self.people[one.last_name]) for one in PEOPLE if one.last_name in self.people]

	def of(self, doctype: str) -> list[Document]:
		return [record for one, record in self.participants() if one.doctype == doctype]

	def tasks_done(self) -> int:
		return frappe.db.count("Roadmap Task", {"program": self.school.program, "status": "Done"})

	def complete(self, *beginnings: str, evidence: str) -> None:
		"""Marks the roadmap's open tasks that begin so as done today."""
		for beginning in beginnings:
			names = frappe.get_list(
				"Roadmap Task",
				filters={
					"program": self.school.program,
					"title": ["like", f"{beginning}%"],
					"status": ["in", OPEN_TASKS],
				},
				order_by="due_date asc",
				pluck="name",
				limit_page_length=0,
			)
			assert names, f"no open task “{beginning}”"
			self._complete_one(names[0], evidence)

	@staticmethod
	def _complete_one(name: str, evidence: str) -> None:
		task = frappe.get_doc("Roadmap Task", name)
		if task.measure:
			measures.measure_program(task.program, task.name)
			task.reload()
		task.status, task.evidence = "Done", evidence
		task.completed_on = getdate()
		task.save()
