"""A site whose lists and reports are read from a replica: what is noted of a reading goes to the primary database."""

from __future__ import annotations

import json
import os
from typing import Any

import frappe
import pytest

from nastavnik_app.privacy import access_log
from nastavnik_app.tests.builders import SchoolTestCase, as_user
from nastavnik_app.tests.test_frappe_doors import with_form

pytestmark = pytest.mark.skipif("NASTAVNIK_SITE" not in os.environ, reason="only Frappe has replicas")
WRITES = ("insert", "update", "delete", "replace")


class Replica:
	"""The site's database, which takes no writing."""

	def __init__(self, primary: Any) -> None:
		self.primary = primary

	def __getattr__(self, name: str) -> Any:
		return getattr(self.primary, name)

	def sql(self, query: str, *arguments: Any, **options: Any) -> Any:
		is_own_note = "tabError Log" in str(query)  # of a report that was asked for too little
		if str(query).lstrip().lower().startswith(WRITES) and not is_own_note:
			raise PermissionError(f"written to the replica: {query}")
		return self.primary.sql(query, *arguments, **options)

	def close(self) -> None:
		"""It is the primary's connection."""


class TestReplica(SchoolTestCase):
	def setUp(self) -> None:
		super().setUp()
		primary = frappe.local.db
		self.school.support_profile()
		frappe.flags.pop("support_profiles_noted", None)
		frappe.local.primary_db, frappe.local.replica_db = primary, Replica(primary)
		self.addCleanup(self.back_to, primary)

	@staticmethod
	def back_to(primary: Any) -> None:
		frappe.local.db = primary
		del frappe.local.primary_db, frappe.local.replica_db

	def test_a_listed_profile_is_noted_in_the_primary_database(self) -> None:
		with as_user(self.school.curator):
			frappe.local.db = frappe.local.replica_db
			listed = with_form(
				{"doctype": access_log.PROFILE, "fields": json.dumps(["name"]), "page_length": 20},
				"frappe.desk.reportview.get",
			)
			self.assertIsInstance(frappe.local.db, Replica)
			frappe.local.db = frappe.local.primary_db
		self.assertEqual(len(listed["values"]), 1)
		noted = frappe.get_all(
			access_log.ACCESS, filters={"reader": self.school.curator, "door": ["!=", "Form"]}
		)
		self.assertEqual(len(noted), 1)

	def test_every_report_is_read_without_writing(self) -> None:
		from frappe.desk.query_report import run

		reports = frappe.get_all("Report", filters={"module": "Nastavnik App"}, pluck="name")
		for report in reports:
			with self.subTest(report), as_user(self.school.curator):
				frappe.local.db = frappe.local.replica_db
				try:
					run(report, filters={"program": self.school.program}, ignore_prepared_report=True)
				except (frappe.PermissionError, frappe.ValidationError):
					pass  # not the curator's, or of a questionnaire
				finally:
					frappe.local.db = frappe.local.primary_db
		self.assertGreater(len(reports), 30)
