"""Whose data are destroyed, and by what their name is found without touching a namesake's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import frappe

from nastavnik_app.people.office import given_cases
from nastavnik_app.privacy.kept import CONSENT
from nastavnik_app.privacy.records import Links, Record
from nastavnik_app.rules import retention
from nastavnik_app.rules.name_traces import SAME, UNLIKE, Traces, likeness, traces
from nastavnik_app.rules.names import full_name
from nastavnik_app.rules.scope import PEOPLE
from nastavnik_app.rules.states import PARTICIPANT

# what leads on from a person to further records about the person
THROUGH = frozenset(("Pair", "Individual Plan", "Pair Meeting", "Mentoring Award"))
# what is about one person and goes whole
OWN = ("Mentee Support Profile", "Competency Assessment", "Mentoring Questionnaire Response")
# where people are named who are not destroyed: DocType and its field of a whole name
OTHERS_NAMED = (
	("Mentee Representative", "full_name"),
	("User", "full_name"),
	("Educational Organization", "director_name"),
	("Acting Director", "person_name"),
	("Program Leader", "person_name"),
	("Program Curator", "person_name"),
)
FREE_ROLES = frozenset((PARTICIPANT, "All", "Guest", "Desk User"))


@dataclass
class Subject:
	"""A mentor or mentee whose data are destroyed. `login`: the user who goes too; `kept_login`: who works on in
	another role."""

	doctype: str
	name: str
	way: str
	traces: Traces
	about: set[Record]
	login: str | None = None
	kept_login: str | None = None
	done: dict[str, int] = field(default_factory=dict)
	left: dict[Record, str] = field(default_factory=dict)

	@property
	def record(self) -> Record:
		return self.doctype, self.name

	def count(self, what: str, many: int) -> None:
		if many:
			self.done[what] = self.done.get(what, 0) + many


def of_person(doctype: str, person: Record) -> dict[str, str]:
	"""Which records of a DocType are this person's, as filters."""
	if doctype == OWN[0]:
		return {"mentee": person[1]}
	return {"party_type": person[0], "party": person[1]}


def subjects_of(people: Collection[tuple[str, str, str]], links: Links) -> list[Subject]:
	"""Subjects of (DocType, name, way) of a person each; all of them leave together, so none is a namesake of
	another."""
	leaving = {name for _doctype, name, _way in people}
	return [_subject(*one, leaving, links) for one in people]


def _subject(doctype: str, name: str, way: str, leaving: set[str], links: Links) -> Subject:
	person = frappe.get_doc(doctype, name)
	login, kept_login = _logins(person, leaving)
	mark = retention.mark(name)
	named = _names(person, mark)
	others = [(text, _nearest(text, leaving, login)) for text in named]
	own = given_cases(person, "name")
	listed = [(text, like, own if text == person.full_name else {}) for text, like in others]
	contacts = _contacts(person, leaving) - {kept_login}
	return Subject(
		doctype,
		name,
		way,
		traces(mark, listed, [*contacts, *([login] if login else [])]),
		links.records_about((doctype, name), THROUGH),
		login,
		kept_login,
	)


def _names(person: frappe._dict, mark: str) -> list[str]:
	"""Names of the person and the representatives, as the card and the consents have them."""
	consents = frappe.get_all(
		CONSENT,
		filters=of_person(CONSENT, (person.doctype, person.name)),
		fields=["party_name", "representative_name"],
	)
	names = [person.full_name, *(row.full_name for row in person.representatives)]
	names += [name for row in consents for name in (row.party_name, row.representative_name)]
	return [name for name in dict.fromkeys(names) if name and name != mark and len(name.split()) > 1]


def _nearest(name: str, leaving: Collection[str], login: str | None) -> int:
	"""The likeness of a name to that of whoever stays."""
	surname = name.split()[0]
	like = f"{surname}%"
	nearest = UNLIKE
	for doctype in PEOPLE:
		filters = {"last_name": ["like", like], "name": ["not in", sorted(leaving)]}
		rows = frappe.get_all(doctype, filters=filters, fields=["last_name", "first_name", "middle_name"])
		for row in rows:
			nearest = max(nearest, likeness(name, full_name(row.last_name, row.first_name, row.middle_name)))
	for doctype, fieldname in OTHERS_NAMED:
		filters = [[fieldname, "like", f"%{surname}%"]]
		if doctype == "Mentee Representative":
			filters.append(["parent", "not in", sorted(leaving)])
		elif doctype == "User" and login:
			filters.append(["name", "!=", login])
		for other in frappe.get_all(doctype, filters=filters, pluck=fieldname):
			nearest = max(nearest, likeness(name, other))
		if nearest == SAME:
			break
	return nearest


def _contacts(person: frappe._dict, leaving: Collection[str]) -> set[str]:
	"""Telephones and addresses of mail of the person and the representatives that nobody else has."""
	given = {person.phone, person.email}
	for row in person.representatives:
		given |= {row.phone, row.email}
	given = {one.strip() for one in given if one and one.strip()}
	shared = set()
	for doctype in ("Mentor", "Mentee", "Mentee Representative"):
		holder = "parent" if doctype == "Mentee Representative" else "name"
		for fieldname in ("phone", "email"):
			filters = {fieldname: ["in", sorted(given) or [""]], holder: ["not in", sorted(leaving)]}
			shared.update(frappe.get_all(doctype, filters=filters, pluck=fieldname))
	offices = frappe.get_all("Educational Organization", fields=["phone", "email"])
	shared.update(value for row in offices for value in row.values())
	return given - shared


def _logins(person: frappe._dict, leaving: Collection[str]) -> tuple[str | None, str | None]:
	"""(The login that goes with the person, the one that stays because it is at work elsewhere)."""
	user = person.user
	if not user or not frappe.db.exists("User", user):
		return None, None
	roles = set(frappe.get_all("Has Role", filters={"parent": user, "parenttype": "User"}, pluck="role"))
	others = [
		name
		for doctype in PEOPLE
		for name in frappe.get_all(doctype, filters={"user": user}, pluck="name")
		if name not in leaving
	]
	return (None, user) if roles - FREE_ROLES or others else (user, None)
