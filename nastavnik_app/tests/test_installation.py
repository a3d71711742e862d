"""What installation leaves on a site, and that it never overwrites what a school changed."""

from __future__ import annotations

import frappe

from nastavnik_app import install, seed, workflow
from nastavnik_app.patches.v1_1 import seed_year
from nastavnik_app.rules.states import MACHINES, ROLES
from nastavnik_app.tests.builders import SchoolTestCase


class TestInstallation(SchoolTestCase):
	def test_roles_dictionaries_and_workflows_stand(self) -> None:
		for role in ROLES:
			self.assertTrue(frappe.db.exists("Role", role), role)
		for doctype, least in (
			("Mentoring Form", 5),
			("Mentoring Stage", 7),
			("Mentoring Target Group", 5),
			("Mentoring Order Type", 4),
			("Roadmap Template", 5),
		):
			self.assertGreaterEqual(frappe.db.count(doctype), least, doctype)

	def test_settings_have_their_defaults_and_keep_a_schools_own(self) -> None:
		for newer in ("destruction_days", "send_monthly_report"):
			frappe.db.delete("Singles", {"doctype": "Mentoring Settings", "field": newer})
		frappe.db.set_single_value("Mentoring Settings", {"both_below_age": 16, "send_weekly_digest": 0})
		install.after_migrate()
		settings = frappe.get_doc("Mentoring Settings")
		self.assertEqual((settings.destruction_days, settings.both_below_age), (30, 16))
		self.assertEqual((settings.send_monthly_report, settings.send_weekly_digest), (1, 0))

	def test_an_edited_dictionary_survives_a_second_installation(self) -> None:
		frappe.db.set_value(
			"Mentoring Order Type", "assign-pairs", "heading", "О закреплении, своими словами"
		)
		workflow_name = frappe.db.get_value("Workflow", {"document_type": "Pair", "is_active": 1}, "name")
		frappe.db.set_value("Workflow", workflow_name, "send_email_alert", 1)
		counts = {
			doctype: frappe.db.count(doctype) for doctype in ("Workflow", "Mentoring Form", "Workflow State")
		}
		install.after_install()
		install.after_sync()
		install.after_migrate()
		self.assertEqual(
			frappe.db.get_value("Mentoring Order Type", "assign-pairs", "heading"),
			"О закреплении, своими словами",
		)
		self.assertEqual(frappe.db.get_value("Workflow", workflow_name, "send_email_alert"), 1)
		self.assertEqual({doctype: frappe.db.count(doctype) for doctype in counts}, counts)

	def test_the_schools_own_workflow_stays_active(self) -> None:
		name = frappe.db.get_value("Workflow", {"document_type": "Pair", "is_active": 1}, "name")
		frappe.delete_doc("Workflow", name, force=True)
		own = frappe.get_doc(
			{**workflow.workflow_record(MACHINES["Pair"]), "workflow_name": "Пары школы"}
		).insert()
		workflow.seed_workflows()
		active = frappe.get_all("Workflow", filters={"document_type": "Pair", "is_active": 1}, pluck="name")
		self.assertEqual(active, [own.name])

	def test_seeds_are_inserted_where_missing(self) -> None:
		frappe.delete_doc("Mentoring Competency", "sport", force=True)
		seed.insert_missing()
		self.assertTrue(frappe.db.exists("Mentoring Competency", "sport"))

	def test_a_patch_brings_its_own_seeds_and_no_deleted_ones(self) -> None:
		frappe.delete_doc("Mentoring Competency", "sport", force=True)
		frappe.delete_doc("Individual Plan Template", "plan-tutor", force=True)
		seed_year.execute()
		self.assertFalse(frappe.db.exists("Mentoring Competency", "sport"))
		self.assertTrue(frappe.db.exists("Individual Plan Template", "plan-tutor"))

	def test_a_patch_brings_one_record_of_an_older_file(self) -> None:
		for name in ("sport", "exam-preparation"):
			frappe.delete_doc("Mentoring Competency", name, force=True)
		seed.insert_missing("10_competencies", only=("exam-preparation",))
		self.assertFalse(frappe.db.exists("Mentoring Competency", "sport"))
		self.assertTrue(frappe.db.exists("Mentoring Competency", "exam-preparation"))

	def test_a_later_state_joins_the_apps_own_workflow(self) -> None:
		stored = frappe.get_doc("Workflow", "Pair (nastavnik_app)")
		states = [row.state for row in stored.states]
		stored.states = [row for row in stored.states if row.state != "Assigned by One School"]
		stored.send_email_alert = 1
		stored.save()
		seed_year.execute()
		seed_year.execute()
		stored.reload()
		self.assertCountEqual([row.state for row in stored.states], states)
		self.assertEqual(stored.send_email_alert, 1, "what the school has changed stays")

	def test_removal_keeps_states_that_others_use(self) -> None:
		frappe.get_doc(
			{
				"doctype": "Workflow",
				"workflow_name": "Чужой порядок",
				"document_type": "ToDo",
				"workflow_state_field": "status",
				"is_active": 0,
				"states": [{"state": "Draft", "doc_status": "0", "allow_edit": "All"}],
				"transitions": [
					{"state": "Draft", "action": "Start", "next_state": "Draft", "allowed": "All"}
				],
			}
		).insert()
		install.remove_workflows()
		install.remove_unused_states_and_actions()
		self.assertTrue(frappe.db.exists("Workflow State", "Draft"))
		self.assertTrue(frappe.db.exists("Workflow Action Master", "Start"))
		self.assertFalse(frappe.db.exists("Workflow State", "On Approval"))
		self.assertTrue(frappe.db.exists("Workflow State", "Approved"), "the framework's own state stays")
		self.assertFalse(frappe.db.exists("Workflow", {"document_type": "Pair"}))
