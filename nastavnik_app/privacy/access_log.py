"""Who reads which support profile: a row for each reading of a request, by whatever door it came.

Every door asks `permissions`, so it is noted there: forms, REST, print and files of one record, and lists, reports
and exports, of which it is not known which rows the reader looked at.
"""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from nastavnik_app.privacy.kept import terms
from nastavnik_app.rules import retention

ACCESS, PROFILE = "Support Profile Access", "Mentee Support Profile"
TABLES = ("Support Register Entry", "Support Measure")
LOGGED = (PROFILE, *TABLES)
FORM, PRINT, LIST, SERVER = "Form", "Print", "List", "Server"
READINGS = {"read": FORM, "write": FORM, "print": PRINT, "email": PRINT, "export": LIST}


def note_record(user: str, profile: Document, ptype: str) -> None:
	"""Notes that somebody opens a stored profile."""
	stored = frappe.db.get_value(PROFILE, profile.name, "organization") if profile.name else None
	if stored and ptype in READINGS:
		_note(user, stored, profile.name, READINGS[ptype])


def note_list(user: str, organizations: Iterable[str]) -> None:
	"""Notes that somebody lists profiles: for each organization whose profiles that may be."""
	for organization in sorted(organizations):
		_note(user, organization, None, LIST)


def _note(user: str, organization: str, profile: str | None, door: str) -> None:
	path = _path()
	# one reading asks for permission many times
	noted = frappe.flags.setdefault("support_profiles_noted", set())
	key = (user, organization, profile, door, path)
	if key in noted:
		return
	noted.add(key)
	_write(
		{
			"doctype": ACCESS,
			"organization": organization,
			"profile": profile,
			"reader": user,
			"read_at": now_datetime(),
			"door": door if path else SERVER,
			"path": path[:300],
		}
	)
	frappe.flags.commit = True  # a request that only reads is rolled back otherwise


@frappe.write_only()
def _write(row: dict) -> None:
	"""Also from a list or a report, which Frappe asks of the read replica where the site has one."""
	frappe.get_doc(row).insert(ignore_permissions=True)


def _path() -> str:
	"""The address of the request, without what is asked for; empty where there is none, as in a job."""
	request = getattr(frappe.local, "request", None)
	return request.path if request else ""


def clear_old() -> None:
	"""Deletes what has outlived its term in the dictionary; called daily."""
	term = terms().get(ACCESS)
	if not term:
		return
	readings = frappe.get_all(
		ACCESS, filters={"read_at": ["is", "set"]}, pluck="read_at", distinct=True, order_by="read_at asc"
	)
	over = [
		read_at
		for read_at in readings
		if retention.is_over(retention.kept_until(term, getdate(read_at)), getdate())
	]
	if over:  # what was read before one that is over is over itself
		frappe.db.delete(ACCESS, {"read_at": ["<=", max(over)]})
