"""What a certificate, a diploma or a letter of thanks says, and to whom."""

from __future__ import annotations

import re
from typing import Any

import frappe
from frappe.model.document import Document

from nastavnik_app.documents import nominations, people_methods, placeholders, reading, values
from nastavnik_app.people.office import given_cases
from nastavnik_app.rules.name_cases import decline_name, gender_of
from nastavnik_app.rules.names import CASES

# How the paper is called before what it is given for: «Диплом» «победителя конкурса».
_CALLED = re.compile(
	r"(сертификат|диплом|почётная грамота|похвальная грамота|грамота|благодарственное письмо|благодарность|представление)\s+(.+)",
	re.IGNORECASE,
)
_SEPARATOR = re.compile(r"(\s+и\s+|\s*[,;]\s*)")
# «Эльдар оглы» is a patronymic, «Районная библиотека» is nobody
_PERSON = re.compile(
	r"[А-ЯЁ][а-яё-]+(?:\s+(?:[А-ЯЁ][а-яё-]+|оглы|оглу|углы|угли|уулу|улы|кызы|гызы|кизи)){1,3}"
)
_PATRONYMIC = re.compile(r"(?:[её]вна|овна|ична|шна|ич)$")


def paper(award: Document) -> dict[str, Any]:
	"""All that the paper of an award says of its own.

	`layout` (Certificate, Diploma, Letter of Thanks, Nomination), `called` and `given_for` (the kind's title in two), `greeting`
	(of a letter, where the wording has none), `lines` of the wording with `text` and `names_recipient`, and
	`recipient`, `recipient_dative` where no line names the recipient; `recipient_genitive` always.
	"""
	kind = frappe.get_cached_doc("Mentoring Kind", award.kind)
	known = _values(award)
	if kind.paper == nominations.PAPER:  # the post stands within a sentence
		known["post"] = people_methods.small_first(award.post)
	text = worded(award.wording or kind.wording, known)
	forms = {known[key] for key in ("recipient", *(f"recipient_{case}" for case in CASES)) if known[key]}
	lines = [
		{"text": line.strip(), "names_recipient": line.strip().rstrip(",") in forms}
		for line in text.splitlines()
		if line.strip()
	]
	named = any(form in text for form in forms) or (not forms and placeholders.BLANK in text)
	called = _CALLED.fullmatch(kind.title)
	return {
		"layout": kind.paper or "Letter of Thanks",
		"called": called[1] if called else kind.title,
		"given_for": called[2] if called else "",
		"greeting": "" if "уважаем" in text.casefold() else greeting(known["recipient"], award.gender),
		"lines": lines,
		"recipient": "" if named else known["recipient"],
		"recipient_dative": "" if named else known["recipient_dative"],
		"recipient_genitive": known["recipient_genitive"],
		"names_recipient": named,
		"program": known["program"],
	}


def worded(template: str | None, known: dict[str, object]) -> str:
	"""The template filled in; one that the app would refuse stands as it was typed."""
	if placeholders.check_template(template, placeholders.AWARD_PLACEHOLDERS):
		return template or ""
	return placeholders.fill(template, known)


def _values(award: Document) -> dict[str, object]:
	"""Values of AWARD_PLACEHOLDERS. The participant is who earned it: to parents, their child."""
	of_program = values.of_program(frappe.get_doc("Mentoring Program", award.program))
	person = reading.readable(award.party_type, award.party) or frappe._dict()
	recipient = award.recipient_name or ""
	participant = person.get("full_name") or recipient
	own = given_cases(person, "name")
	known = {
		"recipient": recipient,
		"participant": participant,
		"post": award.post,
		"reason": award.reason,
		"nominated_for": award.nominated_for,
		**{name: of_program[name] for name in ("program", "organization", "period")},
	}
	for case in CASES:
		known[f"participant_{case}"] = decline_name(participant, case, person.get("gender"), own)
		given = award.get(f"recipient_{case}")
		known[f"recipient_{case}"] = given or (
			known[f"participant_{case}"]
			if recipient == participant
			else _each_declined(recipient, case, award.gender)
		)
	return known


def _each_declined(recipients: str, case: str, gender: str | None) -> str:
	"""«Ольга Игоревна и Пётр Ильич» with each of them in the case."""
	pieces = _SEPARATOR.split(recipients)
	alone = gender if len(pieces) == 1 else None
	declined = [decline_name(piece, case, alone or None) for piece in pieces[::2]]
	pieces[::2] = declined
	return "".join(pieces)


def greeting(recipient: str, gender: str | None = None) -> str:
	"""«Уважаемые Ольга Игоревна и Пётр Ильич!», or an empty text for what is no name of people."""
	people = _split(recipient)
	if not people or not all(_PERSON.fullmatch(person) for person in people):
		return ""
	if len(people) > 1:
		called = [_first_names(person) for person in people]
		return f"Уважаемые {', '.join(called[:-1])} и {called[-1]}!"
	ending = {"Female": "ая", "Male": "ый"}.get(gender or gender_of(recipient) or "", "ый(ая)")
	return f"Уважаем{ending} {_first_names(recipient)}!"


def _split(recipient: str) -> list[str]:
	return [piece for piece in _SEPARATOR.split(recipient)[::2] if piece.strip()]


def _first_names(person: str) -> str:
	"""First name and patronymic of a full name, or of one that has no surname."""
	words = person.split()
	if len(words) > 2:
		return " ".join(words[1:])
	return person if _PATRONYMIC.search(words[-1]) else words[-1]
