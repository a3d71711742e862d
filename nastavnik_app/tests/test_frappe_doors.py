"""Doors that only Frappe itself has: what its own endpoints would show, count, fetch or change past the rows."""

from __future__ import annotations

import importlib
import json
import os
from typing import Any

import frappe
import pytest
from frappe.utils import getdate

from nastavnik_app.rules.states import PARTICIPANT
from nastavnik_app.tests.builders import SchoolTestCase, as_user, attach_scan, make_school, make_user
from nastavnik_app.workflow import ContentLocked

pytestmark = pytest.mark.skipif("NASTAVNIK_SITE" not in os.environ, reason="only Frappe has these endpoints")


def call(method: str, **arguments: Any) -> Any:
	"""An endpoint as a request reaches it, with what hooks put in its place."""
	return frappe.call(frappe.get_attr(frappe.override_whitelisted_method(method)), **arguments)


def with_form(values: dict, function: str, *arguments: Any) -> Any:
	"""A function of Frappe that reads the request's form."""
	module, _dot, name = function.rpartition(".")
	before = frappe.local.form_dict
	frappe.local.form_dict = frappe._dict(values)
	try:
		return getattr(importlib.import_module(module), name)(*arguments)
	finally:
		frappe.local.form_dict = before


class DoorsTestCase(SchoolTestCase):
	"""The class's school has a pair, a plan, a signed order and a draft one; the curator of another school tries."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.mentor_user = make_user("mentor", PARTICIPANT)
		mentor = cls.school.consenting("Mentor", user=cls.mentor_user, interview_notes="Тайна наставника")
		mentee = cls.school.consenting("Mentee", last_name="Тайнов", interview_notes="Тайна подопечного")
		cls.pair = cls.school.pair(mentor, [mentee])
		cls.plan = cls.school.plan(cls.pair)
		cls.signed = cls.school.signed(cls.school.order(cls.school.pair()))
		cls.order = cls.school.order(cls.pair)
		cls.task = frappe.get_doc(
			{"doctype": "Roadmap Task", "program": cls.school.program, "title": "Чужая задача"}
		).insert()
		cls.other = make_school("Чужая школа")
		cls.stranger = cls.other.curator
		cls.records = {
			"Mentor": mentor.name,
			"Mentee": mentee.name,
			"Pair": cls.pair.name,
			"Individual Plan": cls.plan.name,
			"Mentoring Order": cls.order.name,
			"Roadmap Task": cls.task.name,
		}


class TestWhatIsShown(DoorsTestCase):
	def test_counts(self) -> None:
		with as_user(self.stranger):
			for doctype, name in self.records.items():
				self.assertEqual(call("frappe.client.get_count", doctype=doctype, filters={"name": name}), 0)
			with self.assertRefused(error=frappe.PermissionError):
				call("frappe.client.get_count", doctype="Version", filters={"data": ["like", "%Тайнов%"]})
			with self.assertRefused(error=frappe.PermissionError):
				call(
					"frappe.client.get_count", doctype="Pair Mentee", filters={"mentee_name": ["like", "Т%"]}
				)
			with self.assertRefused(error=frappe.PermissionError):
				self.count_states()
		with as_user(self.school.curator):
			name = self.records["Mentee"]
			self.assertEqual(call("frappe.client.get_count", doctype="Mentee", filters={"name": name}), 1)

	def count_states(self) -> None:
		call(
			"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count",
			doctype="Mentee",
			workflow_state_field="workflow_state",
			states="[]",
		)

	def test_a_made_up_heat_map(self) -> None:
		chart = {
			"name": "x",
			"chart_type": "Count",
			"type": "Heatmap",
			"document_type": "Mentee",
			"based_on": "creation",
			"filters_json": frappe.as_json([["Mentee", "name", "=", self.records["Mentee"]]]),
			"heatmap_year": getdate().year,
		}
		for user in (self.stranger, self.school.curator):
			with as_user(user), self.assertRefused(error=frappe.PermissionError):
				call("frappe.desk.doctype.dashboard_chart.dashboard_chart.get", chart=frappe.as_json(chart))

	def test_counts_of_connections(self) -> None:
		mentee = self.school.mentee()
		self.school.support_profile(mentee)

		def linked(user: str, doctype: str, name: str) -> dict[str, int]:
			with as_user(user):
				found = call("frappe.desk.notifications.get_open_count", doctype=doctype, name=name)
			return {row["doctype"]: row["count"] for row in found["count"]["external_links_found"]}

		self.assertNotIn("Mentee Support Profile", linked(self.school.director, "Mentee", mentee.name))
		shown = linked(self.school.curator, "Mentee", mentee.name)
		self.assertEqual((shown["Consent"], shown["Mentee Support Profile"]), (1, 1))
		with self.assertRefused(error=frappe.PermissionError):
			linked(self.stranger, "Mentee", mentee.name)

	def test_a_parent_organization_does_not_count_what_its_branch_has(self) -> None:
		branch = make_school("Филиал", parent_organization=self.school.organization)
		branch.mentee()
		with as_user(self.school.director):
			found = call(
				"frappe.desk.notifications.get_open_count",
				doctype="Educational Organization",
				name=branch.organization,
			)
		self.assertEqual(found["count"]["external_links_found"], [])

	def test_titles_of_links(self) -> None:
		for doctype, name in self.records.items():
			with as_user(self.stranger):
				self.assertEqual(
					call("frappe.desk.search.get_link_title", doctype=doctype, docname=name), name
				)
				self.assertFalse(call("frappe.client.validate_link", doctype=doctype, docname=name)["name"])
			with as_user(self.school.curator):
				self.assertNotEqual(
					call("frappe.desk.search.get_link_title", doctype=doctype, docname=name), name
				)
				self.assertTrue(call("frappe.client.validate_link", doctype=doctype, docname=name)["name"])

	def test_a_participant_does_not_read_anothers_file_through_joined_fields(self) -> None:
		for doctype, parent, field in (
			("Pair Mentee", "Pair", "mentee.interview_notes"),
			("Pair", None, "mentor.interview_notes"),
		):
			with as_user(self.mentor_user), self.assertRefused(error=frappe.PermissionError):
				frappe.client.get_list(doctype, parent=parent, fields=[f"{field} as x"])

	def test_records_about_records(self) -> None:
		attach_scan(frappe.get_doc("Mentee", self.records["Mentee"]))
		attach_scan(self.order)
		self.task.add_tag("Срочно")
		shown = {}
		for user in (self.stranger, self.mentor_user, self.school.curator):
			with as_user(user):
				shown[user] = {
					row[0]
					for doctype, field in (
						("File", "attached_to_name"),
						("Tag Link", "document_name"),
						("Workflow Action", "reference_name"),
					)
					for row in frappe.get_list(doctype, fields=[field], as_list=True, limit_page_length=0)
				}
		names = set(self.records.values())
		self.assertEqual(shown[self.stranger] & names, set())
		self.assertEqual(shown[self.mentor_user] & names, {self.records["Individual Plan"]})
		wanted = {
			self.records[doctype]
			for doctype in ("Mentee", "Mentoring Order", "Roadmap Task", "Individual Plan")
		}
		self.assertLessEqual(wanted, shown[self.school.curator])

	def test_a_document_made_up_around_a_stored_name(self) -> None:
		stored = frappe.get_doc("Individual Plan", self.plan.name).as_dict()
		forged = frappe.as_json({**stored, "organization": self.other.organization})
		with as_user(self.stranger):
			with self.assertRefused(error=frappe.PermissionError):
				call("frappe.www.printview.get_html_and_style", doc=forged, print_format="Individual Plan")
			with self.assertRefused(error=frappe.PermissionError):
				call("frappe.client.save", doc=forged)

	def test_doors_that_frappe_keeps_shut(self) -> None:
		name = self.order.name
		doors = {
			"frappe.desk.form.load.getdoc": {"doctype": "Mentoring Order", "name": name},
			"frappe.desk.form.load.get_docinfo": {"doctype": "Mentoring Order", "name": name},
			"frappe.utils.print_format.download_pdf": {"doctype": "Mentoring Order", "name": name},
			"frappe.share.add": {
				"doctype": "Mentoring Order",
				"name": name,
				"user": self.stranger,
				"read": 1,
			},
			"frappe.desk.form.assign_to.add": {
				"args": {"doctype": "Mentoring Order", "name": name, "assign_to": [self.stranger]}
			},
			"frappe.desk.form.utils.add_comment": {
				"reference_doctype": "Mentoring Order",
				"reference_name": name,
				"content": "Здесь был чужой",
				"comment_email": self.stranger,
				"comment_by": self.stranger,
			},
			"frappe.core.doctype.communication.email.make": {
				"doctype": "Mentoring Order",
				"name": name,
				"content": "x",
				"recipients": "x@school.example",
			},
			"frappe.desk.like.toggle_like": {"doctype": "Mentoring Order", "name": name, "add": "Yes"},
			"frappe.desk.doctype.tag.tag.remove_tag": {"tag": "Срочно", "dt": "Mentoring Order", "dn": name},
		}
		for method, arguments in doors.items():
			with (
				self.subTest(method),
				as_user(self.stranger),
				self.assertRefused(error=frappe.PermissionError),
			):
				call(method, **arguments)

	def test_records_linked_to_anothers_record(self) -> None:
		with as_user(self.stranger):
			try:
				found = call("frappe.desk.form.linked_with.get", doctype="Pair", docname=self.pair.name)
			except frappe.PermissionError:
				found = {}  # some releases refuse the question, others answer what the reader may see
		self.assertEqual([rows for rows in found.values() if rows], [])

	def test_the_own_school_does_not_share_outward(self) -> None:
		with as_user(self.school.curator), self.assertRefused(error=frappe.PermissionError):
			frappe.share.add("Mentoring Order", self.order.name, self.stranger, read=1)

	def test_export_and_list_view(self) -> None:
		fields = json.dumps(["`tabMentee`.`last_name`", "`tabMentee Representative`.`full_name`"])
		form = {"doctype": "Mentee", "fields": fields, "filters": "[]"}
		with as_user(self.stranger):
			shown = with_form(dict(form), "frappe.desk.reportview.get")
			self.assertNotIn("Тайнов", json.dumps(shown, ensure_ascii=False))
			with_form(
				{**form, "file_format_type": "CSV", "title": "Mentee"}, "frappe.desk.reportview.export_query"
			)
			self.assertNotIn("Тайнов", str(frappe.local.response.get("filecontent")))
			with_form(
				{},
				"frappe.core.doctype.data_import.data_import.download_template",
				"Mentee",
				json.dumps({"Mentee": ["name", "last_name"]}),
				"all",
				None,
				"CSV",
			)
			self.assertNotIn("Тайнов", str(frappe.local.response.get("result")))


class TestFiles(DoorsTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.scan = attach_scan(self.order)

	def test_a_file_is_not_fetched_by_writing_its_address(self) -> None:
		basename = self.scan.file_url.rpartition("/")[2]
		for values in (
			{"file_url": self.scan.file_url},
			{"file_url": f"/private/files/./{basename}"},
			{"file_url": f"/files/../../private/files/{basename}", "is_private": 0},
			{"file_url": None, "file_name": basename},
		):
			with (
				self.subTest(values),
				as_user(self.stranger),
				self.assertRefused(error=frappe.PermissionError),
			):
				frappe.client.insert({"doctype": "File", "file_name": "мой.pdf", "is_private": 1, **values})

	def test_the_same_content_may_come_from_two_schools(self) -> None:
		content = self.scan.get_content()
		with as_user(self.stranger):
			file = frappe.client.insert(
				{"doctype": "File", "file_name": "мой.pdf", "content": content, "is_private": 1}
			)
			self.assertTrue(frappe.get_doc("File", file["name"]).has_permission("read"))

	def test_a_file_is_not_mailed_to_oneself(self) -> None:
		with as_user(self.stranger), self.assertRefused(error=frappe.PermissionError):
			call(
				"frappe.core.doctype.communication.email.make",
				content="x",
				recipients="x@school.example",
				attachments=json.dumps([self.scan.name]),
			)

	def test_who_left_the_school_keeps_no_file(self) -> None:
		with as_user(self.school.curator):
			scan = attach_scan(self.order)
			self.assertTrue(frappe.get_doc("File", scan.name).has_permission("read"))
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.members = []
		organization.save()
		with as_user(self.school.curator):
			self.assertFalse(frappe.get_doc("File", scan.name).has_permission("read"))


class TestRowsByThemselves(DoorsTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.row = frappe.get_doc("Mentoring Order", self.signed.name).pairs[0].name

	def test_a_row_of_a_signed_order(self) -> None:
		table, new = (
			"Mentoring Order Pair",
			{
				"parent": self.signed.name,
				"parenttype": "Mentoring Order",
				"parentfield": "pairs",
				"pair": self.pair.name,
			},
		)
		forged, moved = ({"mentee_names": "Подложный"}, {"parent": self.order.name})
		doors = {
			"insert": lambda: frappe.client.insert({"doctype": table, **new}),
			"set_value": lambda: frappe.client.set_value(table, self.row, forged),
			"delete": lambda: frappe.client.delete(table, self.row),
			"save": lambda: frappe.client.save({**frappe.get_doc(table, self.row).as_dict(), **forged}),
			"submit": lambda: frappe.client.submit(frappe.get_doc(table, self.row).as_dict()),
			"POST": lambda: with_form({"data": json.dumps(new)}, "frappe.api.v1.create_doc", table),
			"PUT": lambda: with_form(
				{"data": json.dumps(moved)}, "frappe.api.v1.update_doc", table, self.row
			),
			"PUT v2": lambda: with_form(dict(moved), "frappe.api.v2.update_doc", table, self.row),
			"DELETE": lambda: importlib.import_module("frappe.api.v1").delete_doc(table, self.row),
			"rename": lambda: frappe.rename_doc(table, self.row, "another", force=True),
		}
		for door, attempt in doors.items():
			for user in (self.school.curator, self.school.director):
				with self.subTest(door, user=user), as_user(user), self.assertRefused(error=ContentLocked):
					attempt()

	def test_bulk_update(self) -> None:
		item = {"doctype": "Pair", "docname": self.pair.name, "workflow_state": "Assigned"}
		with as_user(self.school.curator):
			self.assertTrue(frappe.client.bulk_update(json.dumps([item]))["failed_docs"])
		self.assertEqual(frappe.db.get_value("Pair", self.pair.name, "workflow_state"), "Draft")
