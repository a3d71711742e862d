"""An act of destruction was called by its number, which it gets late: it has a title now."""

import frappe

from nastavnik_app.privacy.acts import title_of
from nastavnik_app.privacy.kept import ACT


def execute() -> None:
	for act in frappe.get_all(
		ACT, filters={"title": ["is", "not set"]}, fields=["name", "act_number", "act_date"]
	):
		frappe.db.set_value(ACT, act.name, "title", title_of(act), update_modified=False)
