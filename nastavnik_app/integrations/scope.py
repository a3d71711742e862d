"""Which records of the ERP are an organization's: those of its company. Deny by default.

Education says of no student to which company he belongs, but of a program to which department. Where a single company
keeps mentoring on the site, all students are its own; where several do, those who are enrolled in a program of one of
its departments.
"""

from __future__ import annotations

import frappe
from frappe import _

from nastavnik_app.integrations.fields import has_field

ORGANIZATION = "Educational Organization"


def company_of(organization: str) -> str:
	"""The company of an organization; refused where none is linked."""
	company = _company(organization)
	if not company:
		frappe.throw(_("Enter the company in the organization first: its people are those of the company."))
	return company


def _company(organization: str) -> str | None:
	if not has_field(ORGANIZATION, "company"):
		return None
	return frappe.db.get_value(ORGANIZATION, organization, "company")


def employees_among(organization: str, names: list[str]) -> set[str]:
	company = _company(organization)
	if not company or not names:
		return set()
	of_company = {"company": company, "name": ["in", names]}
	return set(frappe.get_all("Employee", filters=of_company, pluck="name"))


def students_among(organization: str, names: list[str]) -> set[str]:
	company = _company(organization)
	if not company or not names:
		return set()
	linked = frappe.get_all(ORGANIZATION, filters={"company": ["is", "set"]}, pluck="company")
	if set(linked) == {company}:
		return set(names)
	departments = frappe.get_all("Department", filters={"company": company}, pluck="name")
	programs = frappe.get_all("Program", filters={"department": ["in", [*departments, ""]]}, pluck="name")
	enrolled = {"docstatus": 1, "program": ["in", [*programs, ""]], "student": ["in", names]}
	return set(frappe.get_all("Program Enrollment", filters=enrolled, pluck="student"))
