"""Acts of destruction become documents with an approval: those there are were drawn up on paper, and stand."""

import frappe

from nastavnik_app import seed, workflow
from nastavnik_app.rules.states import SUBMITTED

ACT = "Data Destruction Act"


def execute() -> None:
	workflow.seed_workflows([ACT])
	seed.insert_missing("50_retention_terms")
	for name in frappe.get_all(ACT, filters={"workflow_state": ["is", "not set"]}, pluck="name"):
		approved = {"workflow_state": "Approved", "docstatus": SUBMITTED}
		frappe.db.set_value(ACT, name, approved, update_modified=False)
		for table in frappe.get_meta(ACT).get_table_fields():
			rows = frappe.get_all(table.options, filters={"parent": name, "parenttype": ACT}, pluck="name")
			for row in rows:
				frappe.db.set_value(table.options, row, "docstatus", SUBMITTED, update_modified=False)
