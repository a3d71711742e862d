"""Acts of destruction become documents with an approval: those there are were drawn up on paper, and stand."""

import frappe

from nastavnik_app import seed, workflow
from nastavnik_app.privacy.kept import ACT
from nastavnik_app.rules.machines import SUBMITTED


def execute() -> None:
	# a new Workflow makes drafts of all that have no state
	names = frappe.get_all(ACT, filters={"workflow_state": ["is", "not set"]}, pluck="name")
	workflow.seed_workflows([ACT])
	seed.insert_missing("50_retention_terms")
	if not names:
		return
	approved = {"workflow_state": "Approved", "docstatus": SUBMITTED}
	frappe.db.set_value(ACT, {"name": ["in", names]}, approved, update_modified=False)
	for table in frappe.get_meta(ACT).get_table_fields():
		rows = {"parent": ["in", names], "parenttype": ACT}
		frappe.db.set_value(table.options, rows, "docstatus", SUBMITTED, update_modified=False)
