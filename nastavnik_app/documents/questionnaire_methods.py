"""What print templates call about a questionnaire. Every function here is a method of Jinja on the whole site."""

from __future__ import annotations

from typing import Any

from frappe.model import document

from nastavnik_app.documents import reading
from nastavnik_app.questionnaires import questions
from nastavnik_app.rules import questionnaires as rules

BLANKS = 3  # lines to write names on, where the settings name no number


def questionnaire_sheet(response: document.Document) -> dict[str, Any]:
	"""`title`, `introduction` and `questions` of a response: each `text`, `grades` or `choices` (labels to circle),
	`blanks` (lines to write on), `answer` (None before it is answered)."""
	questionnaire = reading.readable(questions.QUESTIONNAIRE, response.questionnaire)
	if not questionnaire:
		return {"title": "", "introduction": "", "questions": []}
	given = {row.question_row: row.answer for row in response.answers}
	return {
		"title": questionnaire.title,
		"introduction": questionnaire.introduction or "",
		"questions": [
			{
				"text": question.text,
				"grades": range(rules.LOWEST, rules.HIGHEST + 1) if question.kind == rules.SCALE else [],
				# names are not listed on paper, which goes from hand to hand
				"choices": []
				if question.kind == rules.PERSONS
				else [label for _value, label in question.choices],
				"blanks": _blanks(question),
				"answer": given.get(question.name, "") if response.answers else None,
			}
			for question in questions.questions_for(response)
		],
	}


def _blanks(question: rules.Question) -> int:
	if question.kind == rules.PERSONS:
		return question.most or BLANKS
	return BLANKS if question.kind == rules.OPEN else 0
