"""What installation, migration and removal do beyond what Frappe does by itself."""

from __future__ import annotations

import frappe

from nastavnik_app import seed, workflow
from nastavnik_app.desk import kanban
from nastavnik_app.documents.pdf import GENERATOR as PDF_GENERATOR
from nastavnik_app.integrations import fields
from nastavnik_app.rules.states import ACTIONS, MACHINES, ROLES

# a site has these before any app is installed
FRAMEWORKS_STATES = {"Pending", "Approved", "Rejected"}

MODULE = "Nastavnik App"
PRINT_FORMAT_SETTER = "Print Format-pdf_generator-options"


def after_install() -> None:
	create_roles()
	seed.insert_missing()
	store_default_settings()
	offer_pdf_generator()
	fields.refresh()


def after_sync() -> None:
	"""Runs once the fixtures are in: the Workflows name their actions."""
	workflow.seed_workflows()
	kanban.seed_board()


def after_migrate() -> None:
	store_default_settings()
	offer_pdf_generator()
	fields.refresh()


def before_uninstall() -> None:
	"""Takes away what removal of the DocTypes leaves behind; Workflow states that others use stay."""
	kanban.remove_boards()
	remove_workflows()
	remove_onboarding_steps()
	remove_unused_states_and_actions()
	withdraw_pdf_generator()
	fields.remove_all()
	remove_roles()
	frappe.db.delete("Singles", {"doctype": "Mentoring Settings"})


def create_roles() -> None:
	"""Roles come with the DocTypes; one that no DocType names yet (or that was deleted) is made here."""
	for role in ROLES:
		if not frappe.db.exists("Role", role):
			frappe.get_doc({"doctype": "Role", "role_name": role, "desk_access": 1}).insert(
				ignore_permissions=True
			)


def store_default_settings() -> None:
	"""Stores the defaults of settings that the site does not know yet; a single document has no row until then."""
	settings = frappe.get_single("Mentoring Settings")
	single = frappe.qb.DocType("Singles")
	# a Check that is not stored reads as 0
	rows = frappe.qb.from_(single).select(single["field"]).where(single.doctype == settings.doctype).run()
	stored = {field for (field,) in rows}
	unknown = [df for df in settings.meta.fields if df.default and df.fieldname not in stored]
	for df in unknown:
		settings.set(df.fieldname, df.default)
	if unknown or not settings.modified:
		settings.save(ignore_permissions=True)


def offer_pdf_generator() -> None:
	"""Lets the Print Format field take our generator's name; the framework offers its own alone."""
	options = (frappe.get_meta("Print Format").get_field("pdf_generator").options or "").split("\n")
	if PDF_GENERATOR in options:
		return
	frappe.get_doc(
		{
			"doctype": "Property Setter",
			"doctype_or_field": "DocField",
			"doc_type": "Print Format",
			"field_name": "pdf_generator",
			"property": "options",
			"property_type": "Text",
			"value": "\n".join([*options, PDF_GENERATOR]),
		}
	).insert(ignore_permissions=True, set_name=PRINT_FORMAT_SETTER)


def withdraw_pdf_generator() -> None:
	frappe.delete_doc("Property Setter", PRINT_FORMAT_SETTER, ignore_missing=True, force=True)


def remove_workflows() -> None:
	for name in frappe.get_all("Workflow", filters={"document_type": ["in", list(MACHINES)]}, pluck="name"):
		frappe.delete_doc("Workflow", name, force=True)


def remove_onboarding_steps() -> None:
	"""Steps belong to no module, so that the framework leaves them."""
	if frappe.db.exists("DocType", "Module Onboarding"):
		onboardings = frappe.get_all("Module Onboarding", filters={"module": MODULE}, pluck="name")
		listed = {"parenttype": "Module Onboarding", "parent": ["in", onboardings]}
		for step in frappe.get_all("Onboarding Step Map", filters=listed, pluck="step"):
			frappe.delete_doc("Onboarding Step", step, force=True)


def remove_unused_states_and_actions() -> None:
	states = {state.name for machine in MACHINES.values() for state in machine.states}
	for state in states - FRAMEWORKS_STATES - set(frappe.get_all("Workflow Document State", pluck="state")):
		frappe.delete_doc("Workflow State", state, ignore_missing=True, force=True)
	for action in set(ACTIONS) - set(frappe.get_all("Workflow Transition", pluck="action")):
		frappe.delete_doc("Workflow Action Master", action, ignore_missing=True, force=True)


def remove_roles() -> None:
	for role in ROLES:
		frappe.db.delete("Has Role", {"role": role})
		frappe.db.delete("Custom DocPerm", {"role": role})
		frappe.delete_doc("Role", role, ignore_missing=True, force=True)
