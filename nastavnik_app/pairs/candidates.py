"""Who looks for a pair: mentors with free places and mentees without one, as the rules of matching take them.

The number of queries is the same for three people and for three thousand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app.program.dictionaries import titles_of
from nastavnik_app.rules.consents import age_on
from nastavnik_app.rules.match_model import Need, Offer, Search, Weights, grade_of, interests_of
from nastavnik_app.rules.states import IN_BANK, OPEN_PAIRS

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS = ("Morning", "Afternoon", "Evening")
OF_BOTH = ["name", "full_name", "birth_date", "target_group", "school_class", "interests"]
OF_MENTORS = ["capacity", "wished_age_from", "wished_age_to", "from_outside", "clearance"]

Rows = dict[str, list[tuple]]  # of a table, by the person they stand in


@dataclass(frozen=True)
class Candidates:
	"""Mentors of the bank (`places` may be 0), mentees without an open pair of the form, and what is looked for."""

	offers: list[Offer]
	needs: list[Need]
	search: Search
	open_pairs: set[tuple[str, str]] = field(default_factory=set)  # (mentor, mentee) of this form


def of_matching(doc: Document) -> Candidates:
	"""Everybody of the organization who may be matched on the day on which the pairs begin, today by default."""
	form = frappe.db.get_value("Mentoring Form", doc.form, ["name", "worker_to_worker"], as_dict=True)
	day, organization = getdate(doc.start_date), doc.organization
	pupils = set(frappe.get_all("Mentoring Target Group", filters={"is_pupil": 1}, pluck="name"))
	titles = titles_of("Mentoring Competency")
	taken, earlier, open_pairs = _pairs(organization, doc.form)
	paired = {mentee for _mentor, mentee in open_pairs}
	offers = _offers(organization, day, pupils, titles, taken)
	mentees = [
		mentee
		for mentee in _people("Mentee", organization)
		if mentee.name not in paired and _is_meant(mentee, doc.target_group, form.worker_to_worker, pupils)
	]
	search = Search(
		form=doc.form,
		role_model=_same(doc.role_model),
		between_workers=bool(form.worker_to_worker),
		weights=weights_of(doc),
		earlier=frozenset(earlier),
		slots=slot_names(),
	)
	return Candidates(offers, _needs(mentees, organization, day, pupils, titles), search, open_pairs)


def weights_of(doc: Document) -> Weights:
	return Weights(
		competencies=doc.weight_competencies,
		interests=doc.weight_interests,
		age=doc.weight_age,
		time=doc.weight_time,
		earlier=doc.weight_earlier,
	)


def slot_names() -> list[str]:
	"""Times of a week by their numbers, in the reader's language."""
	return [_("{0}, {1}").format(_(day), _(part)) for day in DAYS for part in PARTS]


def _is_meant(mentee: Document, group: str | None, between_workers: int, pupils: set[str]) -> bool:
	if group:
		return mentee.target_group == group
	if not mentee.target_group:
		return True
	return (mentee.target_group in pupils) != bool(between_workers)


def _pairs(organization: str, form: str) -> tuple[Counter, set, set]:
	"""Places taken by mentor; (mentor, mentee) of completed pairs; (mentor, mentee) of open pairs of the form."""
	pair, row = frappe.qb.DocType("Pair"), frappe.qb.DocType("Pair Mentee")
	person = frappe.qb.DocType("Mentor")
	mentors = frappe.qb.from_(person).select(person.name).where(person.organization == organization)
	rows = (
		frappe.qb.from_(pair)
		.join(row)
		.on(row.parent == pair.name)
		.select(pair.mentor, row.mentee, pair.workflow_state, pair.form)
		.where((pair.organization == organization) | pair.mentor.isin(mentors))
		.where(pair.workflow_state.isin([*OPEN_PAIRS, "Completed"]))
		.run()
	)
	is_open = [one for one in rows if one[2] in OPEN_PAIRS]
	taken = Counter(mentor for mentor, _mentee, _state, _form in is_open)
	earlier = {(mentor, mentee) for mentor, mentee, state, _form in rows if state == "Completed"}
	return taken, earlier, {(mentor, mentee) for mentor, mentee, _state, its in is_open if its == form}


def _people(doctype: str, organization: str) -> list[Document]:
	return frappe.get_all(
		doctype,
		filters={"organization": organization, "workflow_state": IN_BANK},
		fields=[*OF_BOTH, *(OF_MENTORS if doctype == "Mentor" else [])],
		order_by="name asc",
	)


def _rows(table: str, doctype: str, organization: str, *fields: str) -> Rows:
	row, person = frappe.qb.DocType(table), frappe.qb.DocType(doctype)
	query = (
		frappe.qb.from_(row)
		.join(person)
		.on(row.parent == person.name)
		.select(row.parent, *(row[field] for field in fields))
		.where(row.parenttype == doctype)
		.where(person.organization == organization)
		.where(person.workflow_state == IN_BANK)
		.orderby(row.parent)
		.orderby(row.idx)
	)
	found: Rows = defaultdict(list)
	for parent, *values in query.run():
		found[parent].append(tuple(values))
	return found


def _offers(organization: str, day: date, pupils: set[str], titles: dict, taken: Counter) -> list[Offer]:
	forms = _rows("Mentor Form", "Mentor", organization, "form", "role_model")
	competencies = _rows("Mentor Competency", "Mentor", organization, "competency")
	times = _rows("Meeting Time", "Mentor", organization, "weekday", "part")
	wishes = _rows("Mentor Wish", "Mentor", organization, "mentee")
	return [
		Offer(
			one.name,
			one.full_name,
			places=max((one.capacity or 0) - taken[one.name], 0),
			forms=frozenset((form, _same(model)) for form, model in forms[one.name]),
			competencies=frozenset(titles[name] for (name,) in competencies[one.name]),
			age_from=one.wished_age_from or None,
			age_to=one.wished_age_to or None,
			from_outside=bool(one.from_outside),
			clearance=one.clearance or "",
			wishes=tuple(mentee for (mentee,) in wishes[one.name]),
			**_common(one, day, pupils, times),
		)
		for one in _people("Mentor", organization)
	]


def _needs(
	mentees: list[Document], organization: str, day: date, pupils: set[str], titles: dict
) -> list[Need]:
	needs = _rows("Mentee Need", "Mentee", organization, "competency")
	times = _rows("Meeting Time", "Mentee", organization, "weekday", "part")
	wishes = _rows("Mentee Wish", "Mentee", organization, "mentor")
	return [
		Need(
			one.name,
			one.full_name,
			needs=frozenset(titles[name] for (name,) in needs[one.name]),
			wishes=tuple(mentor for (mentor,) in wishes[one.name]),
			**_common(one, day, pupils, times),
		)
		for one in mentees
	]


def _common(person: Document, day: date, pupils: set[str], times: Rows) -> dict:
	return {
		"interests": interests_of(person.interests),
		"times": frozenset(
			DAYS.index(on) * len(PARTS) + PARTS.index(part) for on, part in times[person.name]
		),
		"age": age_on(getdate(person.birth_date), day) if person.birth_date else None,
		"is_pupil": person.target_group in pupils,
		"grade": grade_of(person.school_class),
	}


def _same(role_model: str | None) -> str:
	"""A role model, written so that the same ones are equal."""
	return " ".join((role_model or "").casefold().split())
