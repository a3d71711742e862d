"""The review of a programme: its SWOT analysis assembled from the answers to questionnaires."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint

import nastavnik_app.rules.review as rules
from nastavnik_app.program.measures import figure
from nastavnik_app.rules.messages import Message
from nastavnik_app.translation import translated

FIELDS = {
	rules.STRENGTH: "strengths",
	rules.WEAKNESS: "weaknesses",
	rules.OPPORTUNITY: "opportunities",
	rules.THREAT: "threats",
}
OWN_MOST = 2  # points for a criterion that the curator adds to the card's


def assemble_swot(review: Document) -> int:
	"""Writes what was answered in the review's programme and period into those of the four fields that are empty;
	returns how many answers were looked at."""
	answers = _answers(review)
	lines = rules.swot(answers)
	for side, field in FIELDS.items():
		if not (review.get(field) or "").strip():
			review.set(field, "\n".join(_said(line) for line in lines[side]))
	review.save()
	return len(answers)


def _said(line: str | Message) -> str:
	if not isinstance(line, Message):
		return line
	args = (figure(one, None) if isinstance(one, float) else one for one in line.args)
	return translated(Message(line.source, tuple(args)))


def _answers(review: Document) -> list[rules.Answer]:
	conditions = [["program", "=", review.program], ["status", "=", "Answered"]]
	if review.period_start:
		conditions.append(["answered_at", ">=", review.period_start])
	if review.period_end:
		conditions.append(["answered_at", "<", add_days(review.period_end, 1)])
	responses = frappe.get_list(
		"Mentoring Questionnaire Response",
		filters=conditions,
		order_by="answered_at asc, name asc",
		pluck="name",
		limit_page_length=0,
	)
	rows = frappe.get_all(
		"Questionnaire Answer",
		filters={"parent": ["in", [*responses, ""]], "used_for": ["in", list(rules.SIDES)]},
		fields=["parent", "idx", "question", "answer_kind", "used_for", "answer", "number"],
	)
	place = {name: number for number, name in enumerate(responses)}
	rows.sort(key=lambda row: (place[row.parent], row.idx))
	return [
		rules.Answer(row.question or "", row.answer_kind, row.used_for, row.answer or "", row.number)
		for row in rows
		if row.answer or row.number
	]


def copy_card(review: Document) -> None:
	"""The rows of the card, for the curator to fill in."""
	card = frappe.get_doc("Program Review Card", review.card)
	if not review.conditions:
		review.set("conditions", [{"condition": row.condition} for row in card.conditions])
	if not review.criteria:
		fields = ("area", "criterion", "max_points")
		review.set("criteria", [{field: row.get(field) for field in fields} for row in card.criteria])


def count_points(review: Document) -> None:
	"""The sum and its level; no level before there are points. Raises where a criterion has more than its card
	gives."""
	card = frappe.get_doc("Program Review Card", review.card)
	most = {row.criterion: row.max_points for row in card.criteria}
	for row in review.criteria:
		row.max_points = most.get(row.criterion, row.max_points or OWN_MOST)
		problem = rules.problem_of_points(row.criterion, cint(row.points), cint(row.max_points))
		if problem:
			frappe.throw(_("Row {0}: {1}").format(row.idx, translated(problem)))
	review.total = sum(cint(row.points) for row in review.criteria)
	levels = [(row.title, row.from_points) for row in card.levels]
	review.level = rules.level_of(review.total, levels) if review.total else ""
