"""One record of each DocType that belongs to a school."""

from __future__ import annotations

import frappe
from frappe.model.document import Document

from nastavnik_app.tests.builders import School


def everything_of(school: School) -> dict[str, str]:
	"""Name of a record by its DocType."""
	pair = school.pair()
	plan = school.plan(pair)
	task = frappe.get_doc(
		{"doctype": "Roadmap Task", "program": school.program, "title": "Чужая задача"}
	).insert()
	roadmap = frappe.get_doc({"doctype": "Roadmap Import", "program": school.program}).insert()
	order = school.order(pair)
	return {
		"Educational Organization": school.organization,
		"Mentoring Program": school.program,
		"Roadmap Import": roadmap.name,
		"Roadmap Task": task.name,
		"Mentor": pair.mentor,
		"Mentee": pair.mentees[0].mentee,
		"Consent": frappe.db.get_value("Consent", {"party": pair.mentor}, "name"),
		"Pair": pair.name,
		"Individual Plan": plan.name,
		"Mentoring Order": order.name,
		"Mentoring Local Act": school.act().name,
		"Mentoring Award": school.award(frappe.get_doc("Mentor", pair.mentor)).name,
		"Mentoring Event": school.event().name,
		"Mentee Support Profile": school.support_profile().name,
		"Data Destruction Act": school.destruction_act().name,
		"Mentoring Print Job": frappe.get_doc(
			{"doctype": "Mentoring Print Job", "organization": school.organization, "title": "Согласия"}
		)
		.insert(ignore_permissions=True)
		.name,
		"Mentoring Report Mailing": frappe.get_doc(
			{
				"doctype": "Mentoring Report Mailing",
				"organization": school.organization,
				"title": "Отчёты за неделю",
				"mailing_key": frappe.generate_hash(),
			}
		)
		.insert(ignore_permissions=True)
		.name,
		"Roster Import": frappe.get_doc({"doctype": "Roster Import", "organization": school.organization})
		.insert()
		.name,
		**_of_the_year(school, pair),
	}


def _of_the_year(school: School, pair: Document) -> dict[str, str]:
	mentee = {"party_type": "Mentee", "party": pair.mentees[0].mentee}
	values = {
		"Pair Matching": {"title": "Подбор", "form": pair.form},
		"Pair Meeting": {"pair": pair.name, "kind": "meeting-acquaintance", "meeting_date": "2026-09-20"},
		"Competency Assessment": {
			**mentee,
			"kind": "Entry",
			"assessed_on": "2026-09-20",
			"scores": [{"competency": frappe.get_all("Mentoring Competency", pluck="name")[0], "score": 5}],
		},
		"Program Review": {"card": "nine-criteria", "reviewed_on": "2026-10-20"},
		"Mentoring Publication": {"title": "О программе", "kind": "publication-site"},
		"Mentoring Best Practice": {"title": "Первая встреча", "kind": "Practice"},
		"Mentoring Indicator Value": {
			"indicator": "municipal-staff",
			"on_date": "2026-10-20",
			"value": 100,
			"note": "Штатное расписание",
		},
		"Mentoring Material": {
			"title": "Памятка куратору",
			"organization": school.organization,
			"kind": "Recommendations",
			"published": 1,
		},
		"Partner Organization": {"title": "Вымышленный завод", "organization": school.organization},
	}
	made = {
		doctype: frappe.get_doc({"doctype": doctype, "program": school.program, **given}).insert().name
		for doctype, given in values.items()
	}
	made["Mentoring Questionnaire"] = school.questionnaire().name
	asked = {"questionnaire": made["Mentoring Questionnaire"], **mentee}
	made["Mentoring Questionnaire Response"] = school.record("Mentoring Questionnaire Response", **asked).name
	return made
