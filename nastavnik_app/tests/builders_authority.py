"""An authority with schools below it, and their returns on the way to it."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow

from nastavnik_app.rules.states import OFFICER
from nastavnik_app.tests.builders import School, SchoolTestCase, as_user, make_school, make_user

PERIOD = {"period_start": "2026-09-01", "period_end": "2027-05-31"}


def make_authority(name: str = "Управление образования") -> tuple[str, str]:
	"""An authority and the login of its officer."""
	officer = make_user("officer", OFFICER)
	organization = frappe.get_doc(
		{
			"doctype": "Educational Organization",
			"title": f"{name} {frappe.generate_hash(length=6)}",
			"organization_type": "Municipal Authority",
			"ogrn": f"10{frappe.generate_hash(length=11)}",
			"members": [{"user": officer, "duty": "Специалист"}],
		}
	).insert()
	return organization.name, officer


def school_below(authority: str, name: str = "Школа") -> School:
	return make_school(name, parent_organization=authority, ogrn=f"10{frappe.generate_hash(length=11)}")


def draft_return(school: School, **values) -> Document:
	with as_user(school.curator):
		return frappe.get_doc(
			{"doctype": "Program Return", "organization": school.organization, **PERIOD, **values}
		).insert()


def step(name: str, user: str, action: str, **values) -> Document:
	with as_user(user):
		doc = frappe.get_doc("Program Return", name)
		if values:
			doc.update(values)
			doc.save()
		return apply_workflow(frappe.get_doc("Program Return", name), action)


def approved(school: School, **values) -> str:
	doc = draft_return(school, **values)
	step(doc.name, school.curator, "Send for Approval")
	step(doc.name, school.director, "Approve")
	return doc.name


def sent(school: School, **values) -> str:
	name = approved(school, **values)
	step(name, school.curator, "Send to the Authority")
	return name


class AuthorityTestCase(SchoolTestCase):
	"""An authority with its officer, and the class's school below it."""

	authority: str
	officer: str

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.authority, cls.officer = make_authority()
		cls.school = school_below(cls.authority)
