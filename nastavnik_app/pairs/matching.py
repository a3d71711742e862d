"""Pairs proposed for a Pair Matching, kept in its tables, and what becomes of them: pairs, and a task for the rest.

The tables of proposals and of people left over are written here alone, past the document; see `keep_what_is_stored`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, flt, getdate, now_datetime

from nastavnik_app.pairs import candidates
from nastavnik_app.rules.match_model import HUNDREDTHS, TOGETHER, Decision, DecisionRefused, Found
from nastavnik_app.rules.messages import Message
from nastavnik_app.rules.states import OPEN_PAIRS, OPEN_TASKS
from nastavnik_app.translation import translated

MATCHING = "Pair Matching"
PROPOSALS, LEFTOVERS = "Pair Matching Proposal", "Pair Matching Leftover"
WRITTEN_HERE = {"proposals": PROPOSALS, "unmatched": LEFTOVERS}
DECIDED = ("decision", "mentor", "mentee", "reason")
MOST_WEIGHT = 1000
SEARCH_STAGE = "pair-work"  # of the seeds; left out where a school has removed it
SEARCH_DAYS = 30


def keep_what_is_stored(doc: Document) -> None:
	"""Whatever a caller sent, the app's own tables stay as stored, and a decision is of whoever made or changed it."""
	before = doc.get_doc_before_save() or frappe._dict()
	for table in WRITTEN_HERE:
		doc.set(table, before.get(table) or [])
	doc.matched_at = before.get("matched_at")
	stored = {row.name: row for row in before.get("decisions") or ()}
	for row in doc.decisions:
		same = stored.get(row.name)
		if same and all(row.get(field) == same.get(field) for field in DECIDED):
			row.decided_by, row.decided_on = same.decided_by, same.decided_on
		else:
			row.decided_by, row.decided_on = frappe.session.user, getdate()


def refuse_contradiction(doc: Document) -> None:
	"""Two decisions about the same people, or two mentors for one mentee."""
	about: dict[tuple[str, str], int] = {}
	mentors: dict[str, int] = {}
	for row in doc.decisions:
		earlier = about.setdefault((row.mentor, row.mentee), row.idx)
		if row.decision == TOGETHER:
			earlier = min(earlier, mentors.setdefault(row.mentee, row.idx))
		if earlier != row.idx:
			frappe.throw(
				_("Decisions {0} and {1} are about the same mentee, {2}. Leave one of them.").format(
					earlier, row.idx, frappe.db.get_value("Mentee", row.mentee, "full_name")
				)
			)


def refuse_weights(doc: Document) -> None:
	for df in doc.meta.fields:
		if df.fieldname.startswith("weight_") and flt(doc.get(df.fieldname)) > MOST_WEIGHT:
			frappe.throw(_("{0}: a weight is from 0 to {1}.").format(_(df.label), MOST_WEIGHT))


def refuse_removal(doc: Document) -> None:
	"""Who was given to whom, and by whose decision, stays on file."""
	if any(row.pair for row in doc.proposals):
		frappe.throw(_("Pairs were made of “{0}”, so that it stays on file.").format(doc.title))


def release(record: Document, event: str) -> None:
	"""Lets a pair or a task go, when it is removed, from the rows that name it."""
	table, field = (PROPOSALS, "pair") if record.doctype == "Pair" else (LEFTOVERS, "roadmap_task")
	frappe.db.set_value(table, {field: record.name}, field, None)


def propose(name: str) -> dict[str, int]:
	"""Matches the people anew around what was decided and around the pairs made: {"proposals", "unmatched"}."""
	from nastavnik_app.rules import matching as rules  # scipy loads for long: only who matches waits for it

	doc = _locked(name)
	people = candidates.of_matching(doc)
	try:
		found = rules.match(people.offers, people.needs, people.search, _decisions(doc, people))
	except DecisionRefused as refusal:
		frappe.throw(translated(refusal.message))
	names = {one.id: one.name for one in (*people.offers, *people.needs)}
	kept = [row for row in doc.proposals if (row.mentor, row.mentee) in people.open_pairs and row.pair]
	_rewrite(doc, "proposals", [_copied(row) for row in kept] + _proposed(found, names))
	_rewrite(doc, "unmatched", _left(found, names, doc))
	doc.db_set("matched_at", now_datetime())
	left = sum(not one.is_mentor for one in found.leftovers)
	return {"proposals": len(kept) + len(found.proposals), "unmatched": left}


def alternatives(name: str, mentee: str, count: int = 5) -> list[dict[str, Any]]:
	"""Mentors whom a mentee may have, the best first: {mentor, mentor_name, score, free, reason}."""
	from nastavnik_app.rules import matching as rules

	doc = frappe.get_doc(MATCHING, name)
	doc.check_permission("read")
	people = candidates.of_matching(doc)
	need = next((one for one in people.needs if one.id == mentee), None)
	if not need:
		frappe.throw(_("This mentee does not look for a pair in this matching: choose another one."))
	free = {one.id: one.places for one in people.offers}
	for row in doc.proposals:
		if row.mentor in free and not row.pair and row.mentee != mentee:
			free[row.mentor] -= 1
	found = rules.alternatives(
		need, people.offers, people.search, _decisions(doc, people), free=free, count=count
	)
	names = {one.id: one.name for one in people.offers}
	return [
		{
			"mentor": one.mentor,
			"mentor_name": names[one.mentor],
			"score": one.score / HUNDREDTHS,
			"free": one.free,
			"reason": _in_words(one.reasons),
		}
		for one in found
	]


def create_pairs(name: str) -> int:
	"""Draft pairs of the proposals that have none yet; how many pairs."""
	doc = _locked(name)
	if not doc.proposals:
		frappe.throw(_("There are no proposals. Match first."))
	waiting = [row for row in doc.proposals if not row.pair]
	_refuse_paired(doc, waiting)
	groups: dict[str, list[Document]] = {}
	for row in waiting:
		groups.setdefault(row.mentor if doc.as_groups else row.name, []).append(row)
	for rows in groups.values():
		pair = frappe.get_doc({"doctype": "Pair", **_pair_values(doc, rows)}).insert()
		for row in rows:
			frappe.db.set_value(PROPOSALS, row.name, "pair", pair.name)
	return len(groups)


def create_search_task(name: str) -> int:
	"""One task of the roadmap for the mentees who are left over: the search goes on; how many it takes up.

	It names nobody, because a roadmap is published: their names stand in the matching.
	"""
	doc = _locked(name)
	mentees = [row for row in doc.unmatched if row.party_type == "Mentee"]
	waiting = [row for row in mentees if not row.roadmap_task]
	if waiting:
		task = _open_task(mentees) or _new_task(doc, len(waiting))
		for row in waiting:
			frappe.db.set_value(LEFTOVERS, row.name, "roadmap_task", task)
	return len(waiting)


def _locked(name: str) -> Document:
	"""The matching as it stands; whoever comes at the same time waits and sees what was done."""
	doc = frappe.get_doc(MATCHING, name, for_update=True)
	doc.check_permission("write")
	return doc


def _decisions(doc: Document, people: candidates.Candidates) -> list[Decision]:
	"""Those still to be carried out; refused where somebody does not look for a pair."""
	places, without = {one.id: one.places for one in people.offers}, {one.id for one in people.needs}
	found = []
	for row in doc.decisions:
		if row.decision == TOGETHER:
			if (row.mentor, row.mentee) in people.open_pairs:
				continue
			if row.mentee not in without:
				_refuse_decision(
					row,
					"Mentee",
					_(
						"{0} has a pair of this form, or is not among the mentees in the bank who are meant here."
					),
				)
			if not places.get(row.mentor):
				_refuse_decision(row, "Mentor", _("{0} has no free place, or is not in the bank."))
		found.append(Decision(*(row.get(field) for field in DECIDED)))
	return found


def _refuse_decision(row: Document, party_type: str, text: str) -> None:
	person = row.mentor if party_type == "Mentor" else row.mentee
	told = text.format(frappe.db.get_value(party_type, person, "full_name"))
	frappe.throw(_("Decision {0}: {1} Remove it, or correct the record.").format(row.idx, told))


def _in_words(reasons: Iterable[Message]) -> str:
	return ". ".join(translated(one) for one in reasons) + "."


def _proposed(found: Found, names: dict[str, str]) -> list[dict[str, Any]]:
	return [
		{
			"mentor": one.mentor,
			"mentor_name": names[one.mentor],
			"mentee": one.mentee,
			"mentee_name": names[one.mentee],
			"way": one.way,
			"score": one.score / HUNDREDTHS,
			"reason": _in_words(one.reasons),
			"pair": None,
		}
		for one in found.proposals
	]


def _left(found: Found, names: dict[str, str], doc: Document) -> list[dict[str, Any]]:
	tasks = {row.party: row.roadmap_task for row in doc.unmatched}
	return [
		{
			"party_type": "Mentor" if one.is_mentor else "Mentee",
			"party": one.person,
			"person_name": names[one.person],
			"reason": _in_words(one.reasons),
			"roadmap_task": tasks.get(one.person),
		}
		for one in found.leftovers
	]


def _copied(row: Document) -> dict[str, Any]:
	return {df.fieldname: row.get(df.fieldname) for df in row.meta.fields}


def _rewrite(doc: Document, table: str, rows: list[dict[str, Any]]) -> None:
	"""Rows in place of those that stand there, at once: thousands would take minutes one by one."""
	doctype, now = WRITTEN_HERE[table], now_datetime()
	frappe.db.delete(doctype, {"parent": doc.name, "parenttype": MATCHING})
	if not rows:
		return
	stamps = {"creation": now, "modified": now, "owner": frappe.session.user}
	stamps |= {"modified_by": frappe.session.user, "docstatus": 0}
	place = {"parent": doc.name, "parenttype": MATCHING, "parentfield": table}
	fields = ["name", "idx", *stamps, *place, *rows[0]]
	frappe.db.bulk_insert(
		doctype,
		fields,
		[
			(frappe.generate_hash(length=10), idx, *stamps.values(), *place.values(), *row.values())
			for idx, row in enumerate(rows, 1)
		],
	)


def _refuse_paired(doc: Document, waiting: list[Document]) -> None:
	"""Refuses mentees who have got a pair of this form since they were matched."""
	pair, row = frappe.qb.DocType("Pair"), frappe.qb.DocType("Pair Mentee")
	query = (
		frappe.qb.from_(pair)
		.join(row)
		.on(row.parent == pair.name)
		.select(row.mentee)
		.where(pair.organization == doc.organization)
		.where(pair.form == doc.form)
		.where(pair.workflow_state.isin(OPEN_PAIRS))
		.for_update()
	)
	paired = set(query.run(pluck=True))
	names = [one.mentee_name for one in waiting if one.mentee in paired]
	if names:
		frappe.throw(
			_("A pair of this form has been made meanwhile for: {0}. Match again.").format(
				", ".join(names[:10])
			)
		)


def _pair_values(doc: Document, rows: list[Document]) -> dict[str, Any]:
	starts, ends = frappe.db.get_value("Mentoring Program", doc.program, ["period_start", "period_end"])
	return {
		"program": doc.program,
		"form": doc.form,
		"role_model": doc.role_model,
		"mentoring_way": "Group" if len(rows) > 1 else None,
		"start_date": doc.start_date or max(getdate(starts), getdate()),
		"end_date": doc.end_date or ends,
		"mentor": rows[0].mentor,
		"mentees": [{"mentee": row.mentee} for row in rows],
	}


def _open_task(mentees: list[Document]) -> str | None:
	names = {row.roadmap_task for row in mentees if row.roadmap_task}
	filters = {"name": ["in", [*names, ""]], "status": ["in", OPEN_TASKS]}
	return frappe.db.get_value("Roadmap Task", filters, "name")


def _new_task(doc: Document, count: int) -> str:
	curators = frappe.get_all(
		"Program Curator", filters={"parent": doc.program}, pluck="person_name", order_by="idx asc"
	)
	task = {
		"doctype": "Roadmap Task",
		"program": doc.program,
		"title": _("Go on searching for mentors; psychological support of mentees without a pair or group"),
		"content": _("Mentees without a pair: {0}. Who they are stands in “{1}”.").format(count, doc.title),
		"stage": frappe.db.exists("Mentoring Stage", SEARCH_STAGE),
		"start_date": getdate(),
		"due_date": add_days(getdate(), SEARCH_DAYS),
		"responsible": ", ".join(curator for curator in curators if curator) or None,
	}
	return frappe.get_doc(task).insert().name
