"""A task given to a user."""

from typing import Any

import frappe
from frappe.model.document import Document


class ToDo(Document):
	pass


def _sees_all(user: str) -> bool:
	roles = {row.role for row in frappe.get_meta("ToDo").permissions if row.read} - {"All"}
	return not roles.isdisjoint(frappe.get_roles(user))


def get_permission_query_conditions(user: str) -> str:
	name = frappe.db.escape(user, percent=False)
	return "" if _sees_all(user) else f"{name} in (`tabToDo`.allocated_to, `tabToDo`.assigned_by)"


def has_permission(doc: Any, user: str) -> bool:
	return _sees_all(user) or user in (doc.allocated_to, doc.assigned_by)
