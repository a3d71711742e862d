"""User: roles, full name, password; who sees whom."""

from typing import Any

import frappe
from frappe import _
from frappe.auth import update_password
from frappe.model.document import Document


class User(Document):
	def autoname(self) -> None:
		self.name = self.email if self.email in frappe.STANDARD_USERS else (self.email or "").strip().lower()

	def validate(self) -> None:
		if self.name not in frappe.STANDARD_USERS:
			self.email = self.name
		self.full_name = " ".join(filter(None, (self.first_name, self.middle_name, self.last_name)))
		seen: set[str] = set()
		for row in list(self.roles):
			if row.role in seen:
				self.remove(row)
			seen.add(row.role)
		desk = self.name in frappe.STANDARD_USERS or frappe.db.exists(
			"Role", {"name": ("in", seen), "desk_access": 1}
		)
		self.user_type = "System User" if desk else "Website User"
		self.__dict__["_password"], self.new_password = self.new_password, ""

	def on_update(self) -> None:
		if password := self.__dict__.pop("_password", None):
			update_password(self.name, password)
		frappe.clear_cache(user=self.name)

	def add_roles(self, *roles: str) -> None:
		"""Adds roles and saves."""
		self.extend("roles", [{"role": role} for role in roles])
		self.save()

	def remove_roles(self, *roles: str) -> None:
		"""Takes roles away and saves."""
		self.set("roles", [row for row in self.roles if row.role not in roles])
		self.save()

	def on_trash(self) -> None:
		if self.name in frappe.STANDARD_USERS:
			frappe.throw(_("User {0} cannot be deleted").format(self.name))
		frappe.db.delete("User Permission", {"user": self.name})


def get_permission_query_conditions(user: str) -> str:
	is_manager = "System Manager" in frappe.get_roles(user)
	return "" if is_manager else "(`tabUser`.name not in ('Administrator', 'Guest'))"


def has_permission(doc: Any, user: str) -> bool | None:
	return False if user != "Administrator" and doc.name in frappe.STANDARD_USERS else None
