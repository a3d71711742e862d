"""What Desk's buttons call to take people out of Education and ERPNext: thin doors, each with the rights of the caller."""

from typing import Any

import frappe

from nastavnik_app.arguments import mapping_in
from nastavnik_app.integrations import taking

CHOICES = {
	"Student": ("student_group", "program", "academic_year"),
	"Employee": ("department", "designation", "young", "instructors"),
}


@frappe.whitelist(methods=["POST"])
def count_people(
	organization: str, people: str, source: str, choice: dict | str | None = None
) -> dict[str, Any]:
	"""What taking the chosen people would do: `new` (with `names`), `found`, `updated`, `unchanged`, `left_alone`,
	`doubtful` and `passed_over` as pairs of name and reason with their counts, `notes`. Nothing is written.

	`people`: Mentor, Mentee; `source`: Student, Employee; `choice`: student_group, program, academic_year, or
	department, designation, young, instructors.
	"""
	return taking.count(organization, people, source, _choice(source, choice))


@frappe.whitelist(methods=["POST"])
def take_people(organization: str, people: str, source: str, choice: dict | str | None = None) -> None:
	"""Queues it; the caller is told when it is done."""
	taking.queue(organization, people, source, _choice(source, choice))


def _choice(source: str, choice: dict | str | None) -> dict[str, Any]:
	given = mapping_in(choice)
	return {
		name: given[name]
		for name in CHOICES.get(source, ())
		if isinstance(given.get(name), str | int) and given[name]
	}
