"""Every endpoint of the app: who may call it about the own school's records, and that nobody may about another's."""

from __future__ import annotations

import inspect
from typing import Any

import frappe
from frappe.desk import query_report

from nastavnik_app.rules.states import PARTICIPANT
from nastavnik_app.tests.doors import Answered, asked, called, page
from nastavnik_app.tests.endpoint_cells import ASKS, FOR_GUESTS, FREE
from nastavnik_app.tests.endpoints_of_ours import document_methods, endpoints, for_guests
from nastavnik_app.tests.engine import is_embedded
from nastavnik_app.tests.permission_cells import TABLE, Cell
from nastavnik_app.tests.two_schools import MANAGER, MARK, Side, TwoSchoolsTestCase

REFUSED = (401, 403, 404)


class TestEndpoints(TwoSchoolsTestCase):
	def test_every_endpoint_is_tried(self) -> None:
		self.assertEqual(set(endpoints()), {*ASKS, *FREE})
		self.assertEqual(for_guests(), FOR_GUESTS)
		self.assertEqual(
			{method for _doctype, method in document_methods()},
			{"read_document", "create_tasks", "check_list", "import_list"},
		)

	def test_the_framework_sees_what_each_argument_is(self) -> None:
		"""Annotations kept as text are not looked at: a name could be a filter, and find any record."""
		for name, function in endpoints().items():
			hints = inspect.unwrap(function).__annotations__
			self.assertEqual([one for one in hints.values() if isinstance(one, str)], [], name)

	def call(self, user: str, name: str, method: str, arguments: dict[str, Any]) -> Answered:
		if method == "GET":
			arguments = {
				key: value if isinstance(value, str) else frappe.as_json(value)
				for key, value in arguments.items()
			}
		status, text = asked(user, method, f"/api/method/{name}", **arguments)
		self.assertNotEqual(status, 500, (name, text))
		return status, text

	def test_who_may_call_what(self) -> None:
		counted = 0
		for name, asks in ASKS.items():
			for role, user in self.users.items():
				for side in (self.own, self.foreign):
					granted = asks.granted(
						lambda doctype, of_authority, user=user, role=role, side=side: Cell(
							user, role, doctype, "", side is self.own, of_authority
						)
					)
					status, text = self.call(user, name, asks.method, asks.arguments(side))
					counted += 1
					about = (name, role, side is self.own, status, text[:200])
					if not granted:
						self.assertGreaterEqual(status, 400, about)
					elif not asks.more:
						self.assertNotIn(status, REFUSED, about)
					if role != MANAGER:
						self.assertNotIn(MARK, text, about)
		print(f"\nendpoints: {counted} cells")
		self.assertGreaterEqual(counted, len(ASKS) * len(self.users) * 2)

	def test_what_everybody_may_call_tells_nothing_of_another_school(self) -> None:
		counted = 0
		for name, arguments in FREE.items():
			for role, user in {**self.users, "Guest": "Guest"}.items():
				for side in (self.own, self.foreign):
					for method in ("GET", "POST"):
						status, text = self.call(user, name, method, arguments(side))
						counted += 1
						if role != MANAGER:
							self.assertNotIn(MARK, text, (name, role))
						if role == "Guest" and name not in FOR_GUESTS:
							self.assertIn(status, REFUSED, (name, method, text[:200]))
		print(f"\nendpoints for everybody: {counted} cells")

	def test_no_guest_reaches_what_asks_for_rights(self) -> None:
		for name, asks in ASKS.items():
			status, text = self.call("Guest", name, asks.method, asks.arguments(self.foreign))
			self.assertIn(status, REFUSED, (name, text[:200]))

	def test_methods_of_forms(self) -> None:
		for doctype, method in document_methods():
			for role, user in self.users.items():
				for side in (self.own, self.foreign):
					cell = Cell(user, role, doctype, side.records[doctype], side is self.own)
					status, text = asked(
						user, "POST", f"/api/resource/{doctype}/{cell.name}", run_method=method
					)
					about = (doctype, method, role, side is self.own, status, text[:200])
					if cell.may("write"):
						self.assertNotIn(status, REFUSED, about)
					else:
						self.assertGreaterEqual(status, 400, about)

	def test_private_files(self) -> None:
		counted = 0
		for side in (self.own, self.foreign):
			for (doctype, name), address in side.files.items():
				for role, user in self.users.items():
					of_authority = side.of_authority.get(doctype) == name
					cell = Cell(user, role, doctype, name, side is self.own, of_authority)
					status, _text = self.file(user, address)
					counted += 1
					self.assertIs(status == 200, cell.may("read"), (cell, status))
		print(f"\nprivate files: {counted} cells")

	def file(self, user: str, address: str) -> Answered:
		if is_embedded():
			from benchless.desk import files

			return page(user, files.download, address.rpartition("/")[2], "private", path=address)
		download = frappe.get_attr("frappe.utils.response.download_private_file")
		return page(user, lambda request: download(request.path), path=address)

	def test_reports(self) -> None:
		counted = 0
		for report in frappe.get_all("Report", filters={"module": "Nastavnik App"}, pluck="name"):
			doc = frappe.get_doc("Report", report)
			roles = {row.role for row in doc.roles}
			for role, user in self.users.items():
				role = PARTICIPANT if role.startswith(PARTICIPANT) else role
				may = role in roles and "report" in TABLE[doc.ref_doctype].get(role, ())
				for side in (self.own, self.foreign):
					filters = self.filters(side)
					status, text = called(user, query_report.run, report, filters=filters)
					counted += 1
					about = (report, role, status, text[:200])
					self.assertNotEqual(status, 500, about)
					if not may:
						self.assertIn(status, REFUSED, about)
					elif side is self.own:
						self.assertTrue(status == 200 or status == 417, about)
					if role != MANAGER:
						self.assertNotIn(MARK, text, about)
		print(f"\nreports: {counted} cells")

	def filters(self, side: Side) -> dict[str, str]:
		return {
			"organization": side.school.organization,
			"program": side.school.program,
			"authority": side.authority,
			"pair": side.records["Pair"],
			"questionnaire": side.records["Mentoring Questionnaire"],
			"indicator": "municipal-staff",
		}
