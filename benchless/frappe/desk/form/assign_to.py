"""Assigning a document to users: a to-do for each who has none open about it."""

from __future__ import annotations

from typing import Any

import frappe


def add(args: dict[str, Any], *, ignore_permissions: bool = False) -> None:
	"""`args`: doctype, name, assign_to (list of users), description. Here nobody is mailed about it."""
	doctype, name = args["doctype"], args["name"]
	if not ignore_permissions:
		frappe.get_doc(doctype, name).check_permission()
	for user in args["assign_to"]:
		about = {"reference_type": doctype, "reference_name": name, "allocated_to": user, "status": "Open"}
		if frappe.get_all("ToDo", filters=about):
			continue
		todo = {**about, "description": args.get("description"), "assigned_by": frappe.session.user}
		frappe.get_doc({"doctype": "ToDo", "date": frappe.utils.nowdate(), **todo}).insert(
			ignore_permissions=True
		)
