"""Answers to questionnaires as if somebody had sent them."""

from __future__ import annotations

import frappe
from frappe.model.document import Document

from nastavnik_app.tests.builders import School


def answered(
	school: School, *answers: dict, purpose: str = "Exit", at: str = "2026-11-01 10:00:00", **values
) -> Document:
	"""A mentee's response with these answers, past the door that guests use."""
	asked = [{"question": "Что удалось?", "answer_kind": "Open"}]
	questionnaire = frappe.get_doc(
		{
			"doctype": "Mentoring Questionnaire",
			"title": f"Анкета {purpose}",
			"organization": school.organization,
			"audience": "Mentee",
			"purpose": purpose,
			"questions": asked,
		}
	).insert()
	frappe.db.set_value("Mentoring Questionnaire", questionnaire.name, "status", "Published")
	frappe.clear_cache(doctype="Mentoring Questionnaire")
	return frappe.get_doc(
		{
			"doctype": "Mentoring Questionnaire Response",
			"program": school.program,
			"questionnaire": questionnaire.name,
			"party_type": "Mentee",
			"party": values.get("party") or school.mentee().name,
			"answers": list(answers),
			"status": "Answered",
			"answered_at": at,
			**values,
		}
	).insert(ignore_permissions=True)
