"""What a questionnaire says, question by question: how many answered, means, shares, distribution, open answers."""

from __future__ import annotations

from collections import Counter, defaultdict

import frappe
from frappe import _

from nastavnik_app.rules.fulfilment import percent
from nastavnik_app.rules.questionnaires import OPEN, SCALE, YES_NO

ANSWERED = "Answered"


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, message, chart and summary; rows are what the reader may see."""
	filters = frappe._dict(filters or {})
	responses = get_responses(filters)
	answered = [row.name for row in responses if row.status == ANSWERED]
	rows = get_rows(filters.questionnaire, answered)
	return get_columns(), rows, None, get_chart(rows), get_summary(len(responses), len(answered))


def get_columns() -> list[dict]:
	return [
		{"fieldname": "question", "label": _("Question"), "fieldtype": "Data", "width": 340},
		{"fieldname": "kind", "label": _("Kind"), "fieldtype": "Data", "width": 120},
		{"fieldname": "answers", "label": _("Answers"), "fieldtype": "Int", "width": 90},
		{"fieldname": "mean", "label": _("Mean"), "fieldtype": "Float", "precision": 2, "width": 90},
		{"fieldname": "yes", "label": _("Yes, %"), "fieldtype": "Percent", "width": 90},
		{"fieldname": "distribution", "label": _("Answered"), "fieldtype": "Data", "width": 460},
	]


def get_responses(filters: frappe._dict) -> list[frappe._dict]:
	if not filters.questionnaire:
		frappe.throw(_("Choose a questionnaire."))
	conditions = {field: filters[field] for field in ("questionnaire", "program") if filters.get(field)}
	return frappe.get_list(
		"Mentoring Questionnaire Response",
		filters=conditions,
		fields=["name", "status"],
		limit_page_length=0,
	)


def get_rows(questionnaire: str, responses: list[str]) -> list[dict]:
	"""A row for each question; below a question in the person's own words, a row for each answer."""
	given = defaultdict(list)
	for answer in frappe.get_all(
		"Questionnaire Answer",
		filters={"parent": ["in", [*responses, ""]], "parenttype": "Mentoring Questionnaire Response"},
		fields=["question_row", "answer", "number"],
		order_by="creation asc, idx asc",
	):
		given[answer.question_row].append(answer)
	questions = frappe.get_all(
		"Questionnaire Question",
		filters={"parent": questionnaire, "parenttype": "Mentoring Questionnaire"},
		fields=["name", "question", "answer_kind"],
		order_by="idx asc",
	)
	rows = []
	for question in questions:
		answers = given[question.name]
		rows.append(_row(question, answers))
		if question.answer_kind == OPEN:
			rows += [{"question": "", "distribution": answer.answer, "indent": 1} for answer in answers]
	return rows


def _row(question: frappe._dict, answers: list[frappe._dict]) -> dict:
	numbers = [answer.number for answer in answers]
	mean = sum(numbers) / len(numbers) if numbers else None
	return {
		"question": question.question,
		"kind": _(question.answer_kind),
		"answers": len(answers),
		"mean": round(mean, 2) if mean is not None and question.answer_kind == SCALE else None,
		"yes": percent(sum(numbers), len(numbers)) if numbers and question.answer_kind == YES_NO else None,
		"distribution": "" if question.answer_kind == OPEN else _distribution(question.answer_kind, answers),
		"indent": 0,
	}


def _distribution(kind: str, answers: list[frappe._dict]) -> str:
	"""`10 — 3; 9 — 1`: grades from the highest, choices from the most frequent."""
	counted = Counter(line for answer in answers for line in (answer.answer or "").splitlines())
	if kind == SCALE:
		ordered = sorted(counted.items(), key=lambda item: -int(item[0]))
	else:
		ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
	return "; ".join(f"{words} — {count}" for words, count in ordered)


def get_chart(rows: list[dict]) -> dict | None:
	graded = [row for row in rows if row.get("mean") is not None]
	if not graded:
		return None
	return {
		"data": {
			"labels": [row["question"] for row in graded],
			"datasets": [{"name": _("Mean"), "values": [row["mean"] for row in graded]}],
		},
		"type": "bar",
	}


def get_summary(invited: int, answered: int) -> list[dict]:
	return [
		{"label": _("Invited"), "value": invited, "datatype": "Int"},
		{"label": _("Answered"), "value": answered, "datatype": "Int", "indicator": "Green"},
		{"label": _("Answered, %"), "value": percent(answered, invited), "datatype": "Percent"},
	]
