"""Employees of ERPNext, with the Instructor that Education keeps of some of them; young specialists among them."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils import getdate

from nastavnik_app.integrations.scope import company_of
from nastavnik_app.roster.from_records import Facts, Reader
from nastavnik_app.rules.cohorts import Cohort, Person, why_outside

FIELDS = (
	"name",
	"employee_name",
	"first_name",
	"middle_name",
	"last_name",
	"date_of_birth",
	"gender",
	"cell_number",
	"company_email",
	"personal_email",
	"user_id",
	"designation",
	"date_of_joining",
)
TEACHERS, YOUNG = "teachers", "young-specialists"
# the cohorts of the dictionary whose bounds, taken together, make a young specialist; and these where it has none
BOUNDS = {"young-specialists": ("service_below", 3), "colleagues-under-35": ("age_to", 34)}


def listed(organization: str, choice: dict[str, Any]) -> list[str]:
	"""The active employees of the organization's company that the reader may read, of the chosen department (and
	those below it) and designation; with `young`, young specialists alone, with `instructors`, Instructors alone."""
	frappe.has_permission("Employee", "read", throw=True)
	filters: dict[str, Any] = {"company": company_of(organization), "status": "Active"}
	if choice.get("designation"):
		filters["designation"] = choice["designation"]
	if choice.get("department"):
		filters["department"] = ["in", _departments(choice["department"])]
	rows = frappe.get_list(
		"Employee",
		filters=filters,
		fields=["name", "date_of_birth", "date_of_joining"],
		order_by="employee_name asc, name asc",
		limit_page_length=0,
	)
	if choice.get("young"):
		rows = young_among(rows)
	names = [row.name for row in rows]
	if choice.get("instructors"):
		teaching = set(instructors_of(names))
		names = [name for name in names if name in teaching]
	return names


def _departments(department: str) -> list[str]:
	bounds = frappe.db.get_value("Department", department, ["lft", "rgt"])
	if not bounds:
		return [""]
	below = {"lft": [">=", bounds[0]], "rgt": ["<=", bounds[1]]}
	return [*frappe.get_all("Department", filters=below, pluck="name"), department]


def young_among(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
	"""Those who are under 35 and have worked less than three years (the bounds stand in the dictionary of cohorts).
	Service is counted since they joined."""
	today, cohort = getdate(), _young_cohort()
	return [
		row
		for row in rows
		if not why_outside(
			Person(birth_date=_day(row.date_of_birth), hired_on=_day(row.date_of_joining)), cohort, today
		)
	]


def _young_cohort() -> Cohort:
	found = {}
	for name, (field, otherwise) in BOUNDS.items():
		found[field] = frappe.db.get_value("Mentoring Cohort", name, field) or otherwise
	return Cohort(**found)


def _day(value: Any) -> Any:
	return getdate(value) if value else None


def instructors_of(employees: list[str]) -> dict[str, str]:
	"""Employee → his active Instructor; nobody where there is no Education."""
	if not frappe.db.exists("DocType", "Instructor"):
		return {}
	filters = {"employee": ["in", [*employees, ""]], "status": "Active"}
	return dict(frappe.get_all("Instructor", filters=filters, fields=["employee", "name"], as_list=True))


def facts_of(employees: list[str], people: str = "Mentor", young: bool = False) -> list[Facts]:
	"""What is kept of employees, in their order; looks past the reader's rights."""
	rows = frappe.get_all("Employee", filters={"name": ["in", [*employees, ""]]}, fields=FIELDS)
	by_name = {row.name: row for row in rows}
	instructors = instructors_of(employees) if people == "Mentor" else {}
	group = YOUNG if young else TEACHERS
	return [_facts(by_name[name], instructors.get(name), group) for name in employees if name in by_name]


def _facts(row: dict[str, Any], instructor: str | None, group: str) -> Facts:
	reader = Reader(getdate())
	found: dict[str, Any] = {
		"birth_date": reader.birth_date(row.date_of_birth),
		"gender": reader.gender(row.gender),
		"phone": reader.phone(row.cell_number),
		"email": reader.email(row.company_email, row.personal_email),
		"user": row.user_id,
		"position": row.designation,
		"hired_on": _day(row.date_of_joining),
		"instructor": instructor,
		"target_group": group,
	}
	name = (row.first_name, row.middle_name, row.last_name)
	return reader.facts(row.name, row.employee_name or row.name, found, name)
