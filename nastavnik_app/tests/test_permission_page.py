"""docs/permissions.md says what the DocType files, the hooks and permissions.py say."""

from __future__ import annotations

import runpy
from pathlib import Path

import frappe

from nastavnik_app import hooks
from nastavnik_app.permissions import own_records_of
from nastavnik_app.rules.scope import REFERENCES, SCOPE_FIELD, SEARCHED
from nastavnik_app.rules.states import PARTICIPANT
from nastavnik_app.tests.builders import SchoolTestCase, make_user

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "permission_page.py"))


def test_the_page_of_permissions_is_up_to_date() -> None:
	written = SCRIPT["PAGE"].read_text(encoding="utf-8")
	assert written == SCRIPT["render"](), f"docs/permissions.md is out of date. Run: {SCRIPT['COMMAND']}"


def test_every_doctype_that_names_an_organization_is_narrowed_at_every_door() -> None:
	naming = {
		doctype["name"]
		for doctype in SCRIPT["doctypes"]()
		if any(field.get("options") == "Educational Organization" for field in doctype["fields"])
	}
	for narrowed in (SCOPE_FIELD, hooks.has_permission, hooks.standard_queries):
		assert naming <= set(narrowed), naming - set(narrowed)
		assert set(narrowed) - set(SEARCHED) == set(SCRIPT["NARROWED"])
	assert set(hooks.permission_query_conditions) >= {*SCOPE_FIELD, *REFERENCES}


def test_every_table_of_a_narrowed_document_is_narrowed_and_guarded() -> None:
	for doctype in SCRIPT["doctypes"]():
		if doctype["name"] not in SCOPE_FIELD:
			continue
		for field in doctype["fields"]:
			if field["fieldtype"] == "Table":
				assert field["options"] in hooks.permission_query_conditions, field["options"]
				assert any(field["options"] in doctypes for doctypes in hooks.doc_events), field["options"]


class TestParticipantsOnThePage(SchoolTestCase):
	def test_what_the_page_calls_nobodys_is_nobodys(self) -> None:
		user = make_user("mentor", PARTICIPANT)
		self.school.consenting("Mentee", user=user)
		pair = self.school.pair(self.school.consenting("Mentor", user=user))
		self.school.plan(pair)
		self.school.signed(self.school.order(pair))
		self.school.record("Mentoring Best Practice", title="Первая встреча", kind="Practice")
		material = {"doctype": "Mentoring Material", "organization": self.school.organization}
		published = {"title": "Памятка", "kind": "Other", "published": 1, "for_participants": 1}
		frappe.get_doc({**material, **published}).insert()
		meeting = {"doctype": "Pair Meeting", "pair": pair.name, "kind": "meeting-acquaintance"}
		frappe.get_doc({**meeting, "meeting_date": "2026-09-20"}).insert()
		for doctype, (_staff, participant) in SCRIPT["NARROWED"].items():
			own = own_records_of(user, doctype)
			if participant == SCRIPT["NOBODY"]:
				self.assertEqual(own, set(), doctype)
			else:
				self.assertTrue(own, doctype)
				self.assertTrue(all(frappe.db.exists(doctype, name) for name in own), doctype)
