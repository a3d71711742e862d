"""docs/permissions.md, cell by cell: what it gives a role and what it does not, at every door, in the own school and
in another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import frappe

from nastavnik_app.rules.scope import SCOPE_FIELD
from nastavnik_app.tests.engine import is_embedded
from nastavnik_app.tests.permission_cells import TABLE, Cell
from nastavnik_app.tests.permission_doors import DOORS
from nastavnik_app.tests.two_schools import TwoSchoolsTestCase

ENOUGH = 15_000  # cells
# what a dictionary that begins empty takes for a record
BEGUN = {
	"Mentoring Cohort": {"title": "Пятиклассники", "groups": [{"target_group": "pupils-10-14"}]},
	"Mentoring Digest Preference": {"user": "Administrator", "frequency": "Never"},
}
FRAPPE_ALONE = {"REST v2", "email", "share"}


class TestEveryCell(TwoSchoolsTestCase):
	"""One count over all doors: what is not asked is not counted."""

	def cells(self) -> Iterator[Cell]:
		for role, user in self.users.items():
			for side in (self.own, self.foreign):
				for records in (side.records, side.of_authority):
					for doctype, name in records.items():
						yield Cell(user, role, doctype, name, side is self.own, records is side.of_authority)

	def unscoped(self) -> Iterator[Cell]:
		"""Dictionaries and settings, which are nobody's."""
		for role, user in self.users.items():
			for doctype in TABLE.keys() - SCOPE_FIELD.keys():
				yield Cell(user, role, doctype, _any_of(doctype), True)

	def test_every_doctype_of_the_page_has_a_record(self) -> None:
		made = {cell.doctype for cell in (*self.cells(), *self.unscoped())}
		self.assertEqual(made, set(TABLE))

	def test_every_cell_at_every_door(self) -> None:
		counted: Counter[str] = Counter()
		wrong = []
		everybody = [*self.cells(), *self.unscoped()]
		for door, tried in DOORS.items():
			for cell in everybody:
				for action, answer in tried(cell):
					counted[door] += 1
					if answer is not cell.may(action):
						wrong.append((door, action, answer, cell))
		print("", *(f"{door}: {count} cells" for door, count in counted.items()), sep="\n")
		print(f"in all: {counted.total()} cells")
		for door, action, answer, cell in wrong:
			print(door, action, answer, cell)
		self.assertEqual([], wrong[:1], f"{len(wrong)} cells differ from docs/permissions.md")
		self.assertGreater(counted.total(), ENOUGH)
		self.assertEqual(set(counted), DOORS.keys() - (FRAPPE_ALONE if is_embedded() else set()))


def _any_of(doctype: str) -> str:
	"""A record of a dictionary; of one that begins empty a new one."""
	if frappe.get_meta(doctype).issingle:
		return doctype
	names = frappe.get_all(doctype, pluck="name", limit=1)
	return names[0] if names else frappe.get_doc({"doctype": doctype, **BEGUN[doctype]}).insert().name
