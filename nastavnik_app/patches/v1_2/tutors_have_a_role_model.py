"""The shipped role model of tutors says that it is one: its mentees have a tutor in the indicators."""

from __future__ import annotations

import frappe

TITLE = "Учитель — ученик с ОВЗ (тьютор)"


def execute() -> None:
	model = {"parent": "teacher-pupil", "parenttype": "Mentoring Form", "title": TITLE}
	frappe.db.set_value("Mentoring Role Model", model, "by_tutor", 1, update_modified=False)
