"""A return between two sites: out as JSON or XLSX, in once, refused with a reason."""

from __future__ import annotations

from base64 import b64decode, b64encode
from io import BytesIO

import frappe
from frappe.utils import add_days, now_datetime
from freezegun import freeze_time
from openpyxl import load_workbook

from nastavnik_app.returns import doors, way
from nastavnik_app.rules.return_files import sender_of
from nastavnik_app.tests.builders import as_user
from nastavnik_app.tests.builders_authority import (
	approved,
	step,
)
from nastavnik_app.tests.test_program_returns import ReturnTestCase


class TestFiles(ReturnTestCase):
	"""The school's site and the authority's site are one here; the partners' secrets make them two."""

	def setUp(self) -> None:
		super().setUp()
		secret = "0f" * 32
		for one, other in (
			(self.school.organization, self.authority),
			(self.authority, self.school.organization),
		):
			record = {"doctype": "Return Partner", "organization": one, "partner": other, "secret": secret}
			frappe.get_doc(record).insert()
		for _number in range(8):
			frappe.db.set_value("Mentee", self.school.mentee().name, "workflow_state", "In Bank")

	def exported(self, kind: str) -> str:
		name = approved(self.school)
		with as_user(self.school.curator):
			content, _extension = doors.as_file(name, kind)
		return b64encode(content).decode()

	def read_in(self, content: str, file_name: str = "файл") -> dict:
		with as_user(self.officer):
			return doors.read_in(content, file_name)

	def test_a_code_that_is_entered_after_the_approval_goes_into_the_file(self) -> None:
		name = approved(self.school)
		frappe.db.set_value("Educational Organization", self.school.organization, "return_code", "МКУ-17")
		self.assertTrue(way.is_as_counted(frappe.get_doc("Program Return", name)))
		with as_user(self.school.curator):
			content, _extension = doors.as_file(name, "JSON")
		self.assertEqual(sender_of(content.decode()), "МКУ-17")

	def test_json_and_workbook_bring_the_same_figures_and_are_read_once(self) -> None:
		texts = {}
		for kind in ("JSON", "XLSX"):
			frappe.db.savepoint("before_kind")
			content = self.exported(kind)
			done = self.read_in(content)
			self.assertEqual(done["done"], "New")
			doc = frappe.get_doc("Program Return", done["name"])
			self.assertEqual(
				(doc.direction, doc.workflow_state, doc.origin), ("From Another Site", "Sent", kind)
			)
			self.assertEqual(doc.docstatus, 1)
			self.assertTrue(way.is_as_counted(doc))
			texts[kind] = self.values(doc.name)
			self.assertEqual(texts[kind]["mentees:in-the-bank", "", ""], 8)
			modified = doc.modified
			self.assertEqual(self.read_in(content), {"name": doc.name, "done": "Unchanged"})
			self.assertEqual(frappe.db.get_value("Program Return", doc.name, "modified"), modified)
			step(doc.name, self.officer, "Accept")
			frappe.db.rollback(save_point="before_kind")
		self.assertEqual(texts["JSON"], texts["XLSX"])

	def test_a_changed_cell_of_the_workbook_is_noticed(self) -> None:
		content = b64decode(self.exported("XLSX"))
		book = load_workbook(BytesIO(content))
		for row in book["cells"].iter_rows(min_row=2):
			if row[-1].value == 8:
				row[-1].value = 80
		stream = BytesIO()
		book.save(stream)
		with self.assertRefused("checksum"):
			self.read_in(b64encode(stream.getvalue()).decode())
		frappe.set_user("Administrator")

	def test_a_newer_file_replaces_and_an_older_one_is_refused(self) -> None:
		first_return = approved(self.school)
		with as_user(self.school.curator):
			older = b64encode(doors.as_file(first_return, "JSON")[0]).decode()
		first = self.read_in(older)
		step(first_return, self.school.director, "Cancel Return")
		with freeze_time(add_days(now_datetime(), 1)):
			newer = self.exported("JSON")
			second = self.read_in(newer)
		self.assertEqual(second["done"], "Newer")
		self.assertEqual(frappe.db.get_value("Program Return", first["name"], "workflow_state"), "Replaced")
		with self.assertRefused("not newer"):
			self.read_in(older)
		frappe.set_user("Administrator")

	def test_hostile_files_are_refused_with_a_reason(self) -> None:
		for content in (b"", b"{}", b"PK\x03\x04rest", b"\xff\xfe\x00", b"[" * 100_000, b"x" * 3000):
			with self.assertRefused():
				self.read_in(b64encode(content).decode())
			frappe.set_user("Administrator")

	def test_a_school_reads_nothing_in_and_the_officer_signs_nothing(self) -> None:
		content = self.exported("JSON")
		with self.assertRefused("officer", error=frappe.PermissionError), as_user(self.school.curator):
			doors.read_in(content, "файл")
		frappe.set_user("Administrator")
		name = frappe.get_all("Program Return", {"direction": "Own"}, pluck="name")[0]
		step(name, self.school.curator, "Send to the Authority")
		with self.assertRefused(error=frappe.PermissionError), as_user(self.officer):
			doors.as_file(name, "JSON")
		frappe.set_user("Administrator")

	def test_a_return_of_an_unknown_sender_is_refused(self) -> None:
		content = self.exported("JSON")
		frappe.db.set_value("Educational Organization", self.school.organization, "ogrn", "1")
		with self.assertRefused("OGRN", error=frappe.PermissionError):
			self.read_in(content)
		frappe.set_user("Administrator")

	def test_the_secret_is_shown_to_nobody_after_it_was_entered(self) -> None:
		name = frappe.get_all("Return Partner", pluck="name")[0]
		self.assertEqual(set(frappe.get_doc("Return Partner", name).secret), {"*"})
		with self.assertRefused("digits"):
			frappe.get_doc("Return Partner", name).update({"secret": "короткий"}).save()
