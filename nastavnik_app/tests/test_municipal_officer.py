"""An officer of the authority above a school reaches no record of a person, through whichever door."""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe.desk import query_report
from frappe.desk.search import search_link
from werkzeug.test import Client

from nastavnik_app import api
from nastavnik_app.endpoints import get_count, get_link_title
from nastavnik_app.rules.scope import SCOPE_FIELD, SCOPED_TABLES
from nastavnik_app.tests.builders import (
	CommittedTestCase,
	SchoolTestCase,
	attach_scan,
	remove_all_of,
)
from nastavnik_app.tests.builders_authority import make_authority
from nastavnik_app.tests.builders_everything import everything_of
from nastavnik_app.tests.over_http import over_http

# what an officer may open of a school: who the school is
OPEN = {"Educational Organization"}
SECRET_NAME = "Незабудкин"
PASSWORD = "Tихая-гавань-2026"


def reports() -> list[str]:
	return frappe.get_all("Report", filters={"module": "Nastavnik App"}, pluck="name")


class TestOfficer(SchoolTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.authority, cls.officer = make_authority()
		frappe.db.set_value(
			"Educational Organization", cls.school.organization, "parent_organization", cls.authority
		)
		records = everything_of(cls.school)
		cls.records = {doctype: name for doctype, name in records.items() if doctype not in OPEN}
		for doctype in ("Mentor", "Mentee"):
			person = frappe.get_doc(doctype, records[doctype])
			person.last_name = SECRET_NAME
			person.save()
		cls.files = {
			doctype: attach_scan(frappe.get_doc(doctype, name)) for doctype, name in cls.records.items()
		}

	def setUp(self) -> None:
		super().setUp()
		frappe.set_user(self.officer)

	def test_every_doctype_with_persons_is_tried(self) -> None:
		frappe.set_user("Administrator")
		named = {
			doctype
			for doctype in SCOPE_FIELD
			if any(
				df.options in ("Mentor", "Mentee") or df.fieldtype == "Dynamic Link"
				for df in frappe.get_meta(doctype).fields
			)
		}
		self.assertLessEqual(named | {"Mentor", "Mentee"}, set(self.records))

	def test_lists_and_counts(self) -> None:
		for doctype, name in self.records.items():
			for listed in (frappe.get_list, frappe.client.get_list):
				self.assertNothing(listed, doctype, filters={"name": name})
			self.assertNothing(get_count, doctype, filters={"name": name})

	def assertNothing(self, door: Any, *arguments: Any, **named: Any) -> None:
		try:
			found = door(*arguments, **named)
		except (frappe.PermissionError, frappe.DoesNotExistError):
			frappe.clear_messages()
			return
		self.assertFalse(found, (door, arguments, named))

	def test_rows_of_tables(self) -> None:
		for table in SCOPED_TABLES:
			for parent in self.records:
				if any(df.options == table for df in frappe.get_meta(parent).get_table_fields()):
					self.assertNothing(frappe.get_list, table, parent_doctype=parent)

	def test_forms_and_what_is_done_with_them(self) -> None:
		for doctype, name in self.records.items():
			record = frappe.get_doc(doctype, name)
			for ptype in ("read", "write", "delete", "print", "export", "email", "submit", "share"):
				self.assertFalse(frappe.has_permission(doctype, ptype, doc=record), (doctype, ptype))
			with self.assertRefused(error=frappe.PermissionError):
				frappe.client.get(doctype, name)
			self.assertNothing(frappe.client.get_value, doctype, "name", {"name": name})

	def test_search_and_titles_of_links(self) -> None:
		for doctype, name in self.records.items():
			for text in ("", SECRET_NAME[:6]):
				for ignore in (False, True):
					self.assertNothing(
						search_link, doctype, text, page_length=200, ignore_user_permissions=ignore
					)
			self.assertIn(get_link_title(doctype, name), (None, name))

	def test_fields_of_persons_joined_into_other_lists(self) -> None:
		for doctype, field in (
			("Educational Organization", "members.user.full_name"),
			("Program Return", "program.curators.person_name"),
			("Roadmap Task", "responsible_mentor.full_name"),
		):
			try:
				rows = frappe.get_list(doctype, fields=["name", field])
			except Exception:
				frappe.clear_messages()
				continue
			self.assertNotIn(SECRET_NAME, json.dumps(rows, ensure_ascii=False, default=str))

	def test_print_word_and_many_at_once(self) -> None:
		for doctype, name in self.records.items():
			with self.assertRefused(error=frappe.PermissionError):
				frappe.get_print(doctype, name)
			with self.assertRefused(error=frappe.PermissionError):
				api.download_word(doctype, name)
			with self.assertRefused(error=frappe.PermissionError):
				api.print_many(doctype, [name])

	def test_files(self) -> None:
		for doctype, file in self.files.items():
			self.assertFalse(frappe.has_permission("File", "read", doc=file), doctype)
			self.assertEqual(frappe.get_list("File", filters={"name": file.name}), [], doctype)

	def test_no_report_names_a_person(self) -> None:
		for name in reports():
			filters = {"program": self.school.program, "organization": self.school.organization}
			try:
				answer = query_report.run(name, filters=filters)
			except frappe.PermissionError:
				frappe.clear_messages()
				continue
			self.assertNotIn(SECRET_NAME, json.dumps(answer, ensure_ascii=False, default=str), name)

	def test_the_reports_that_open_at_all_are_about_no_person(self) -> None:
		opened = set()
		for name in reports():
			try:
				query_report.run(name, filters={})
				opened.add(name)
			except (frappe.PermissionError, frappe.ValidationError):
				frappe.clear_messages()
		self.assertLessEqual(
			opened,
			{
				"Consolidated Return",
				"Municipal Roadmap",
				"Returns Received",
				"School Comparison",
				"Website Marks",
			},
		)


class TestOfficerOverHttp(CommittedTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.authority, cls.officer = make_authority()
		frappe.db.set_value(
			"Educational Organization", cls.school.organization, "parent_organization", cls.authority
		)
		record = frappe.get_doc("User", cls.officer)
		record.new_password = PASSWORD
		record.save()
		mentee = cls.school.mentee(last_name=SECRET_NAME)
		cls.records = {
			"Mentee": mentee.name,
			"Mentor": cls.school.mentor(last_name=SECRET_NAME).name,
			"Mentee Information": mentee.name,
		}
		cls.file = attach_scan(mentee)
		# the requests have a connection of their own
		frappe.db.commit()  # nosemgrep

	@classmethod
	def tearDownClass(cls) -> None:
		frappe.db.rollback()
		frappe.delete_doc("File", cls.file.name, force=True, ignore_permissions=True)
		organization = cls.authority
		super().tearDownClass()
		remove_all_of(organization, [cls.officer])
		# what was committed is removed for good
		frappe.db.commit()  # nosemgrep

	def test_addresses_typed_by_hand(self) -> None:
		paths = [f"/api/resource/{doctype}" for doctype in self.records]
		paths += [f"/api/resource/{doctype}/{name}" for doctype, name in self.records.items()]
		paths += [
			f"/api/method/frappe.client.get?doctype=Mentee&name={self.records['Mentee']}",
			f"/api/method/nastavnik_app.api.download_word?doctype=Mentee&name={self.records['Mentee']}",
			f"/api/method/frappe.utils.print_format.download_pdf?doctype=Mentee&name={self.records['Mentee']}",
			"/api/method/frappe.desk.search.search_link?doctype=Mentee&txt=",
			self.file.file_url,
		]
		for path, status, text in self.answers(paths):
			self.assertNotIn(SECRET_NAME, text, path)
			empty = status == 200 and text.count('"name"') == 0
			self.assertTrue(status >= 400 or empty, (path, status, text[:300]))

	def answers(self, paths: list[str]) -> list[tuple[str, int, str]]:
		def ask(client: Client, headers: dict[str, str]) -> list[tuple[str, int, str]]:
			headers = {**headers, "Accept": "application/json"}
			login = client.post(
				"/api/method/login", data={"usr": self.officer, "pwd": PASSWORD}, headers=headers
			)
			assert login.status_code == 200
			answers = ((path, client.get(path, headers=headers)) for path in paths)
			return [(path, one.status_code, one.get_data(as_text=True)) for path, one in answers]

		found = over_http(ask)
		frappe.db.rollback()
		self.assertEqual(len(found), len(paths))
		return found
