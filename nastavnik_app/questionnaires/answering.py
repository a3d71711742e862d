"""The door for a guest with a link, and the one way in which answers are taken, wherever they come from.

The token of the link is the whole authority: who has it answers for this person once, and sees nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, get_datetime, now_datetime

from nastavnik_app.on_behalf import in_language_of
from nastavnik_app.questionnaires import person_files
from nastavnik_app.questionnaires.questions import QUESTIONNAIRE, RESPONSE, questions_for
from nastavnik_app.rules import questionnaires as rules
from nastavnik_app.rules.states import CURATOR
from nastavnik_app.translation import translated

INVITED, ANSWERED = "Invited", "Answered"
BY_LINK, ON_PAPER, IN_APP = "By Link", "On Paper", "In the App"
# a class of thirty sits behind one address, opens, sends, and sends again where the connection drops
MOST_REQUESTS, WINDOW = 300, 600  # requests of one address; seconds
_SUBMISSION = re.compile(r"[0-9a-f]{32,64}")


class LinkRefused(frappe.ValidationError):
	"""A link that opens nothing: wrong, used, or too old."""


def most_requests() -> int:
	"""How many requests of one address the door takes within its window."""
	return MOST_REQUESTS


def digest(token: str) -> str:
	"""What is stored instead of a token. It is random throughout, so that a plain hash cannot be searched."""
	return sha256(token.encode()).hexdigest()


def open_link(token: str, submission: str | None = None) -> dict:
	"""What the page shows: `title`, `introduction`, `organization`, `person`, `about` (of a third party's answers),
	`questions`; only `answered` where this very submission has arrived already."""
	with in_language_of("Guest"):  # the answers are kept in the school's language, not the browser's
		response = _response_of(token)
		if _has_arrived(response, submission):
			return {"answered": True}
		_refuse_closed(response)
		questionnaire = frappe.get_doc(QUESTIONNAIRE, response.questionnaire)
		is_about = questionnaire.audience == rules.THIRD_PARTY
		return {
			"title": questionnaire.title,
			"introduction": questionnaire.introduction or "",
			"organization": frappe.db.get_value("Educational Organization", response.organization, "title"),
			"person": response.person_name or "",
			"about": frappe.db.get_value(response.party_type, response.party, "full_name")
			if is_about
			else "",
			"questions": [
				{
					"name": question.name,
					"text": question.text,
					"kind": question.kind,
					"required": question.required,
					"choices": [list(choice) for choice in question.choices],
					"most": question.most,
				}
				for question in questions_for(response)
			],
		}


def submit_link(token: str, submission: str, answers: Mapping[str, object]) -> dict:
	"""Takes the answers once. The same submission again is a success without a second write: its sender never heard
	of the first."""
	with in_language_of("Guest"):
		if not _SUBMISSION.fullmatch(submission or ""):
			frappe.throw(_("The answers came without their number. Reload the page and send them again."))
		# whoever comes second waits here, and then reads what the first one wrote
		response = frappe.get_doc(RESPONSE, _response_of(token).name, for_update=True)
		if not _has_arrived(response, submission):
			_refuse_closed(response)
			record(response, answers, BY_LINK, submission)
		return {"answered": True}


def record(response: Document, given: Mapping[str, object], way: str, submission: str | None = None) -> None:
	"""Writes down a person's answers, by the questions' rows, and passes them on to the person's file."""
	if response.status == ANSWERED:
		frappe.throw(_("This questionnaire has been answered already."))
	questions = questions_for(response)
	answers, problems = rules.read_answers(questions, given)
	if problems:
		frappe.throw("<br>".join(translated(problem) for problem in problems.values()))
	response.set("answers", [])
	for question in questions:
		if answer := answers.get(question.name):
			response.append(
				"answers",
				{
					"question_row": question.name,
					"question": question.text,
					"answer_kind": question.kind,
					"used_for": question.used_for,
					"answer": answer.text,
					"number": answer.number,
				},
			)
	response.update({"status": ANSWERED, "way": way, "answered_at": now_datetime(), "submission": submission})
	response.save(ignore_permissions=True)
	person_files.pass_on(response, questions, answers)


def way_of(response: Document) -> str:
	"""In the App where somebody answers for himself, On Paper where another's sheet is typed in."""
	if response.party_type and response.source:
		own = CURATOR not in frappe.get_roles()
	elif response.party:
		own = frappe.db.get_value(response.party_type, response.party, "user") == frappe.session.user
	else:
		own = True
	return IN_APP if own else ON_PAPER


def _response_of(token: str) -> Document:
	found = frappe.db.get_value(RESPONSE, {"token_hash": digest(token)}, "name") if token else None
	if not found:
		frappe.throw(_("This link leads to no questionnaire. Ask the curator for a new one."), LinkRefused)
	return frappe.get_doc(RESPONSE, found)


def _has_arrived(response: Document, submission: str | None) -> bool:
	return bool(submission) and response.status == ANSWERED and response.submission == submission


def _refuse_closed(response: Document) -> None:
	if response.status == ANSWERED:
		frappe.throw(_("This questionnaire has been answered already. A link works once."), LinkRefused)
	if not response.expires_at or get_datetime(response.expires_at) < now_datetime():
		frappe.throw(
			_("This link worked until {0}. Ask the curator for a new one.").format(
				formatdate(response.expires_at)
			),
			LinkRefused,
		)
