"""Who is asked to answer, and the links that let them: each works once, for one person, until it expires."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_to_date, cint, formatdate, get_url, now_datetime, validate_email_address

from nastavnik_app.on_behalf import in_language_of
from nastavnik_app.permissions import organizations_of, sees_everything
from nastavnik_app.questionnaires.answering import INVITED, digest
from nastavnik_app.questionnaires.questions import QUESTIONNAIRE, RESPONSE, of_form
from nastavnik_app.rules import questionnaires as rules
from nastavnik_app.rules.states import ARCHIVED, CURATOR, WORKED_PAIRS

PAGE = "/anketa"
TOKEN_BYTES = 32
BY_PAIR = (rules.DIAGNOSIS, rules.EXIT)  # what is asked of pairs, and of each pair of a person
TEMPLATE = "nastavnik_app/templates/emails/questionnaire.html"


@dataclass(frozen=True)
class Invited:
	"""Whom a response is for; `name` and `email` are written to, the rest tells one response from another."""

	party_type: str | None = None
	party: str | None = None
	pair: str | None = None
	source: str | None = None
	person_name: str | None = None
	email: str | None = None


def invite(
	questionnaire: str,
	program: str,
	people: list[str] | None = None,
	pairs: list[str] | None = None,
	source: str | None = None,
	by_mail: bool = False,
) -> dict:
	"""A response and a new link for each person: {"links": [{name, person_name, link, mailed}], "answered": [names of
	persons], "expires_on": date as text}.

	People are named, or taken from pairs, or are everybody of the programme whom the questionnaire is for. Who has
	answered is left out, except from a diagnosis, which comes again each quarter. A link given out before ends.
	"""
	form, scope = _readable(questionnaire, program)
	# two curators at once: the second waits, and finds what the first has made
	frappe.db.get_value("Mentoring Program", program, "name", for_update=True)
	expires_at = add_to_date(now_datetime(), days=_days())
	result: dict = {"links": [], "answered": [], "expires_on": formatdate(expires_at)}
	known = _known(form.name, program)
	for invited in dict.fromkeys(_everybody(form, scope, people, pairs, source)):
		response = _response(form, program, invited, known)
		if response is None:
			result["answered"].append(known[_key(invited, invited.person_name)].person_name)
		else:
			email = invited.email if by_mail else None
			result["links"].append(_give_link(response, form.title, expires_at, email))
	return result


def renew(names: list[str]) -> dict:
	"""New links for responses that are still awaited, in the form of `invite`; the links before them end."""
	_require_curator()
	expires_at = add_to_date(now_datetime(), days=_days())
	result: dict = {"links": [], "answered": [], "expires_on": formatdate(expires_at)}
	for name in names:
		response = frappe.get_doc(RESPONSE, name, for_update=True)
		response.check_permission("write")
		if response.status == INVITED:
			result["links"].append(_give_link(response, "", expires_at, None))
		else:
			result["answered"].append(response.person_name)
	return result


def _give_link(response: Document, title: str, expires_at: object, email: str | None) -> dict:
	"""{name, person_name, link, mailed} of a response with its new link; with an address, it goes out by mail."""
	token = secrets.token_urlsafe(TOKEN_BYTES)
	response.update({"token_hash": digest(token), "expires_at": expires_at})
	response.save(ignore_permissions=True)
	link = get_url(f"{PAGE}#{token}")
	mailed = bool(email) and _send(response.person_name, email, title, link, expires_at)
	return {"name": response.name, "person_name": response.person_name, "link": link, "mailed": mailed}


def _require_curator() -> None:
	if not {CURATOR, "System Manager"} & set(frappe.get_roles()):
		frappe.throw(_("Links are given out by the curator."), frappe.PermissionError)


def _readable(questionnaire: str, program: str) -> tuple[Document, Document]:
	_require_curator()
	form = frappe.get_doc(QUESTIONNAIRE, questionnaire)
	scope = frappe.get_doc("Mentoring Program", program)
	form.check_permission("read")
	frappe.has_permission(RESPONSE, "create", throw=True)
	# a mentor elsewhere reads that school's programme as well, and invites nobody there
	user = frappe.session.user
	if not sees_everything(user) and scope.organization not in organizations_of(user):
		frappe.throw(_("The program belongs to another organization."), frappe.PermissionError)
	if form.status != rules.PUBLISHED:
		frappe.throw(
			_("The questionnaire “{0}” is not published. Publish it, or choose its newest version.").format(
				form.title
			)
		)
	return form, scope


def _days() -> int:
	return cint(frappe.db.get_single_value("Mentoring Settings", "questionnaire_days")) or 1


def _everybody(
	form: Document, scope: Document, people: list[str] | None, pairs: list[str] | None, source: str | None
) -> list[Invited]:
	if form.audience == "Curator":
		return [
			Invited(person_name=row.person_name, email=row.user, source=row.duty or None)
			for row in scope.curators
			if not people or row.user in people
		]
	party_type = "Mentor" if form.audience == "Mentor" else "Mentee"
	is_third_party = form.audience == rules.THIRD_PARTY
	if is_third_party and not source:
		frappe.throw(_("Enter who answers: class teacher, psychologist, parents."))
	if pairs is not None or (people is None and form.purpose in BY_PAIR and not is_third_party):
		parties = _of_pairs(party_type, form, scope, pairs)
	else:
		parties = [(name, None) for name in _of_bank(party_type, form, scope, people)]
	persons = _persons(party_type, [party for party, _pair in parties])
	return [
		Invited(
			party_type,
			party,
			pair,
			source if is_third_party else None,
			None if is_third_party else persons[party].full_name,
			None if is_third_party else persons[party].email,
		)
		for party, pair in parties
	]


def _of_bank(party_type: str, form: Document, scope: Document, people: list[str] | None) -> list[str]:
	filters: dict = {"organization": scope.organization, "workflow_state": ["!=", ARCHIVED]}
	if people is not None:
		filters["name"] = ["in", people or [""]]
	rows = frappe.get_list(
		party_type,
		filters=filters,
		fields=["name", "target_group"],
		order_by="full_name asc",
		limit_page_length=0,
	)
	if people is not None and len(rows) < len(set(people)):
		frappe.throw(
			_("Some of the chosen people are archived or belong to another organization."),
			frappe.PermissionError,
		)
	if people is None and form.form:
		fitting = of_form(party_type, rows, form.form)
		rows = [row for row in rows if row.name in fitting]
	return [row.name for row in rows]


def _of_pairs(
	party_type: str, form: Document, scope: Document, pairs: list[str] | None
) -> list[tuple[str, str]]:
	"""Persons with the pair they are asked about."""
	filters: dict = {"program": scope.name}
	if pairs is not None:
		filters["name"] = ["in", pairs or [""]]
	else:
		filters["workflow_state"] = ["in", WORKED_PAIRS]
		if form.form:
			filters["form"] = form.form
	rows = frappe.get_list(
		"Pair", filters=filters, fields=["name", "mentor"], order_by="title asc", limit_page_length=0
	)
	if pairs is not None and len(rows) < len(set(pairs)):
		frappe.throw(_("Some of the chosen pairs belong to another program."), frappe.PermissionError)
	if party_type == "Mentor":
		return [(row.mentor, row.name) for row in rows if row.mentor]
	return [
		(row.mentee, row.parent)
		for row in frappe.get_all(
			"Pair Mentee",
			filters={"parent": ["in", [*(row.name for row in rows), ""]], "parenttype": "Pair"},
			fields=["parent", "mentee"],
			order_by="parent asc, idx asc",
		)
	]


def _persons(party_type: str, names: list[str]) -> dict[str, frappe._dict]:
	rows = frappe.get_all(
		party_type, filters={"name": ["in", [*names, ""]]}, fields=["name", "full_name", "email"]
	)
	return {row.name: row for row in rows}


def _known(questionnaire: str, program: str) -> dict[tuple, frappe._dict]:
	"""Responses there are, the newest of each person; read with a lock, as the queue before us has left them."""
	table = frappe.qb.DocType(RESPONSE)
	query = (
		frappe.qb.from_(table)
		.select(table.name, table.status, table.party, table.pair, table.source, table.person_name)
		.where(table.questionnaire == questionnaire)
		.where(table.program == program)
		.orderby(table.creation)
		.for_update()
	)
	return {_key(row, row.person_name): row for row in query.run(as_dict=True)}


def _key(one: Invited | frappe._dict, person_name: str | None) -> tuple:
	"""What makes two invitations the same one; curators have no record of a person and are told by their names."""
	return one.party or person_name, one.pair or None, (one.source or None) if one.party else None


def _response(
	form: Document, program: str, invited: Invited, known: dict[tuple, frappe._dict]
) -> Document | None:
	"""The person's open response, or a new one that is not yet saved; None where the answers are in."""
	key = _key(invited, invited.person_name)
	found = known.get(key)
	if found and found.status == INVITED:
		return frappe.get_doc(RESPONSE, found.name)
	if found and form.purpose != rules.DIAGNOSIS:
		return None
	return frappe.get_doc(
		{
			"doctype": RESPONSE,
			"questionnaire": form.name,
			"program": program,
			"pair": invited.pair,
			"party_type": invited.party_type,
			"party": invited.party,
			"source": invited.source,
			"person_name": invited.person_name,
		}
	)


def _send(person_name: str, email: str, title: str, link: str, expires_at: object) -> bool:
	"""Whether a message went out; each person gets one of his own."""
	if not validate_email_address(email):
		return False
	with in_language_of("Guest"):
		frappe.sendmail(
			recipients=[email],
			subject=_("Questionnaire: {0}").format(title),
			message=frappe.render_template(
				TEMPLATE,
				{"person": person_name, "title": title, "link": link, "until": formatdate(expires_at)},
			),
		)
	return True
