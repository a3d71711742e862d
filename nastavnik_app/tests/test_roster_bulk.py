"""People written in bulk are the people that `insert` would have written, with the same refusals."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document

from nastavnik_app.people import new_people, roster_records
from nastavnik_app.tests.builders import SchoolTestCase
from nastavnik_app.tests.test_roster_import import another_school

NOT_COMPARED = {"name", "creation", "modified", "parent"}


def varied(count: int) -> list[dict[str, Any]]:
	"""People of every sort that a list can bring."""
	competencies = frappe.get_all("Mentoring Competency", pluck="name", order_by="title asc")
	groups = frappe.get_all("Mentoring Target Group", pluck="name", order_by="title asc")
	found = []
	for number in range(count):
		found.append(
			{
				"last_name": f"Ромашкин{'а' * (number % 4)}",
				"first_name": "Пример",
				"middle_name": f"Номер {'абвгд'[number % 5]}" if number % 3 else None,
				"birth_date": f"20{10 + number % 6}-0{1 + number % 9}-1{number % 10}" if number % 5 else None,
				"gender": ("Male", "Female", None)[number % 3],
				"target_group": groups[number % len(groups)] if number % 4 else None,
				"school_class": ("8Б", "11А", "группа П-21", None)[number % 4],
				"phone": "+7 900 000-00-00" if number % 2 else None,
				"email": "primer@school.example" if number % 6 == 1 else None,
				"low_results": number % 2,
				"years_of_service": number % 7 or None,
				"main_request": ("Строка\nдругая", "балл < 3 и > 1", "<b>жирно</b>", "x" * 900, None)[
					number % 5
				],
				"needs": [{"competency": one} for one in competencies[: number % 4]],
				"representatives": [
					{
						"full_name": f"Ромашкина Пример {one}",
						"phone": "+7 900 000-00-01",
						"address": "г. Вымышленск",
					}
					for one in range(number % 3)
				],
			}
		)
	return found


class TestInBulkAsOneByOne(SchoolTestCase):
	"""What is written in bulk is what `insert` writes, and what `insert` refuses is refused."""

	def setUp(self) -> None:
		super().setUp()
		frappe.set_user(self.school.curator)

	def stored(self, doctype: str, names: list[str]) -> list[dict[str, Any]]:
		meta, found = frappe.get_meta(doctype), []
		for name in names:
			whole = frappe.get_doc(doctype, name).as_dict()
			for table in meta.get_table_fields():
				whole[table.fieldname] = [self._compared(row) for row in whole[table.fieldname]]
			found.append(self._compared(whole))
		return found

	def _compared(self, row: dict[str, Any]) -> dict[str, Any]:
		left = {key: value for key, value in row.items() if key not in NOT_COMPARED}
		if not row.get("birth_date"):
			left.pop("person_key", None)  # made of the name of the record
		return left

	def test_three_hundred_people(self) -> None:
		self.assertTrue(new_people.listens_to_nothing("Mentee"), "the site has rules of its own for mentees")
		organization = self.school.organization
		one_by_one = [
			frappe.get_doc({"doctype": "Mentee", "organization": organization, **one}).insert()
			for one in varied(300)
		]
		documents = [
			new_people.Builder("Mentee").build({"organization": organization, **one}) for one in varied(300)
		]
		for document in documents:
			new_people.apply_rules(document)
		new_people.insert_all(documents)
		self.assertEqual(
			self.stored("Mentee", [one.name for one in documents]),
			self.stored("Mentee", [one.name for one in one_by_one]),
		)
		if frappe.db.table_exists("Workflow Action"):
			self.assertEqual(self.actions(documents), self.actions(one_by_one))

	def actions(self, documents: list[Document]) -> list[tuple]:
		found = []
		for document in documents:
			names = frappe.get_all("Workflow Action", {"reference_name": document.name}, pluck="name")
			for action in (frappe.get_doc("Workflow Action", name) for name in names):
				roles = sorted(row.role for row in action.permitted_roles)
				found.append(
					(action.status, action.workflow_state, action.reference_doctype, action.owner, roles)
				)
		return found

	def test_each_refusal_of_insert_is_a_refusal_here(self) -> None:
		person = {"last_name": "Ромашкин", "first_name": "Пример", "organization": self.school.organization}
		wrong = {
			"no surname": {"last_name": " "},
			"no organization": {"organization": None},
			"foreign organization": {"organization": another_school().organization},
			"no such group": {"target_group": "no-such-group"},
			"no such sex": {"gender": "Neither"},
			"phone": {"phone": "позвоните"},
			"email": {"email": "nobody@"},
			"too long": {"school_class": "8" * 141},
			"negative": {"years_of_service": -1},
			"too large": {"years_of_service": 2**31},
			"birth to come": {"birth_date": "2099-01-01"},
			"state": {"workflow_state": "In Bank"},
			"no such competency": {"needs": [{"competency": "no-such"}]},
			"need without a competency": {"needs": [{"note": "x"}]},
			"representative without a name": {"representatives": [{"phone": "+7 900"}]},
			"representative's email": {"representatives": [{"full_name": "Х", "email": "nobody@"}]},
			"representative's name": {"representatives": [{"full_name": "Х" * 141}]},
		}
		frappe.set_user(self.school.curator)
		for what, values in wrong.items():
			for way in (self._one_by_one, self._in_bulk):
				with self.subTest(f"{what}: {way.__name__}"), self.assertRefused(error=Exception):
					way({**person, **values})

	def _one_by_one(self, values: dict[str, Any]) -> None:
		frappe.get_doc({"doctype": "Mentee", **values}).insert()

	def _in_bulk(self, values: dict[str, Any]) -> None:
		good = {"last_name": "Тополев", "first_name": "Пример", "organization": values["organization"]}
		documents = [new_people.Builder("Mentee").build(one) for one in (values, good, good)]
		for document in documents:
			new_people.apply_rules(document)
		new_people.insert_all(documents)

	def test_a_site_with_rules_of_its_own_is_asked_one_by_one(self) -> None:
		if not frappe.db.table_exists("Notification"):
			self.skipTest("the engine has no notifications")
		frappe.set_user("Administrator")
		frappe.get_doc(
			{
				"doctype": "Notification",
				"subject": "Новый",
				"document_type": "Mentee",
				"event": "New",
				"channel": "System Notification",
				"message": "x",
				"enabled": 1,
				"recipients": [{"receiver_by_role": "System Manager"}],
			}
		).insert()
		self.assertFalse(new_people.listens_to_nothing("Mentee"))

	def test_what_is_stored_is_read_by_a_query_a_table(self) -> None:
		self.school.mentee()
		self.assertEqual(len(roster_records.tables_of("Mentee")), 2)
