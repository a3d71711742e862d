"""Returns that are stored already get the texts that an authority's sums are read from."""

from __future__ import annotations

import frappe

from nastavnik_app.returns import stored

RETURN = "Program Return"


def execute() -> None:
	for name in frappe.get_all(RETURN, pluck="name"):
		doc = frappe.get_doc(RETURN, name)
		stored.keep_texts(doc)
		values = {"legend": doc.legend, "published": doc.published}
		frappe.db.set_value(RETURN, name, values, update_modified=False)
