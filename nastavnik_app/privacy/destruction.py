"""What an approved act does: those whom it names are destroyed, everywhere and at once, in one transaction.

Files leave the disk after its commit (`carrying_out`).
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from nastavnik_app.integrations.fields import LINKS
from nastavnik_app.on_behalf import speaking
from nastavnik_app.privacy import files
from nastavnik_app.privacy.kept import CONSENT, Kept
from nastavnik_app.privacy.records import Links, erase, erase_about, leaving
from nastavnik_app.privacy.subjects import OWN, Subject, of_person, subjects_of
from nastavnik_app.privacy.sweep import note_left, sweep
from nastavnik_app.rules import retention
from nastavnik_app.workflow import LAYOUT

# rows in other people's records that are nothing without the person
ROWS = (
	"Mentor Wish",
	"Mentee Wish",
	"Pair Matching Decision",
	"Pair Matching Proposal",
	"Pair Matching Leftover",
	"Publication Person",
)
# what stays of a card, and what else stays of one that is depersonalized
STAYS = frozenset(
	"organization workflow_state target_group joined_on left_on blocked_on blocked_because destroy_by".split()
)
STAYS_NAMELESS = frozenset("gender class_number low_results years_of_service from_outside capacity".split())
TABLES_NAMELESS = frozenset(("Mentee Need", "Mentor Competency", "Mentor Form", "Meeting Time"))
# free text about the mentees of a pair
NOTES = {
	"Pair": ("results", "end_reason", "case_url"),
	"Individual Plan": ("deficits", "remark", "end_reason", "recommendations"),
	"Pair Meeting": ("topic", "notes", "lesson", "lesson_analysis"),
	"Plan Activity": ("actual_result", "evidence"),
	"Pair Meeting Activity": ("result",),
	"Pair Meeting Attendance": ("note",),
}
NAMELESS = {
	"Competency Assessment": ("assessor_name", "conclusion"),
	"Mentoring Questionnaire Response": ("source", "token_hash", "submission"),
	"Mentoring Award": (
		"recipient_genitive",
		"recipient_dative",
		"recipient_accusative",
		"recipient_instrumental",
		"post",
		"characteristic",
		"education",
		"earlier_awards",
		"enclosures",
		"detail",
	),
}
OPEN_ANSWERS = ("Open", "Persons")


def carry_out(act: Document) -> list[str]:
	"""Destroys those whom an approved act names, and enters in each row what was done and what stays; the files that
	leave the disk after the commit, as places in the site's folder."""
	rows = {(row.party_type, row.party): row for row in act.persons if row.party_type and row.party}
	for doctype, name in sorted(rows):
		frappe.get_doc(doctype, name, for_update=True)
	kept, links = Kept(), Links()
	people = [(*person, row.way or retention.DESTROY) for person, row in rows.items()]
	subjects = subjects_of(people, links)
	with speaking("ru"), leaving() as places:
		for subject in subjects:
			_destroy_records(subject, kept, links)
		files.delete_files(subjects, kept)
		files.delete_orphans(subjects)
		files.delete_letters(subjects)
		sweep(subjects, kept)
		for subject in subjects:
			outcome = {"outcome": told(subject), "destroyed_at": now_datetime()}
			rows[subject.record].db_set(outcome, update_modified=False)
	return list(dict.fromkeys(places))


def _destroy_records(subject: Subject, kept: Kept, links: Links) -> None:
	_close_tasks(subject)
	_erase_consents(subject, kept)
	if subject.way == retention.DESTROY:
		for doctype in OWN:
			subject.count(doctype, erase(doctype, _of_subject(subject, doctype)))
	else:
		subject.count(OWN[0], erase(OWN[0], _of_subject(subject, OWN[0])))
		_make_nameless(subject)
	_take_awards(subject)
	_take_rows(subject, links)
	_clear_notes(subject)
	_empty_card(subject)
	erase_about(*_one(subject))
	_take_login(subject, links)


def _one(subject: Subject) -> tuple[str, list[str]]:
	return subject.doctype, [subject.name]


def _of_subject(subject: Subject, doctype: str, **filters: Any) -> list[str]:
	return frappe.get_all(doctype, filters={**of_person(doctype, subject.record), **filters}, pluck="name")


def _close_tasks(subject: Subject) -> None:
	about = {"reference_type": CONSENT, "reference_name": ["in", [*_of_subject(subject, CONSENT), ""]]}
	frappe.db.set_value("ToDo", {**about, "status": "Open"}, "status", "Closed")


def _erase_consents(subject: Subject, kept: Kept) -> None:
	"""Consents that are still within their term stay as evidence; drafts and those past it go."""
	over = [name for name in _of_subject(subject, CONSENT) if not kept.until(CONSENT, name)]
	if over:
		# an act names the consent that was withdrawn
		_set_all("Data Destruction Person", {"consent": ["in", over]}, {"consent": None})
		subject.count(CONSENT, erase(CONSENT, over))


def _make_nameless(subject: Subject) -> None:
	mark = subject.traces.mark
	for doctype in OWN[1:]:
		names = _of_subject(subject, doctype)
		if names:
			nameless = {"person_name": mark, **dict.fromkeys(NAMELESS[doctype])}
			_set_all(doctype, of_person(doctype, subject.record), nameless)
			erase_about(doctype, names)
			subject.count(doctype, len(names))
	answers = {"parent": ["in", [*_of_subject(subject, OWN[2]), ""]], "answer_kind": ["in", OPEN_ANSWERS]}
	_set_all("Questionnaire Answer", answers, {"answer": None})
	scores = {"parent": ["in", [*_of_subject(subject, OWN[1]), ""]]}
	_set_all("Competency Score", scores, {"note": None})


def _take_awards(subject: Subject) -> None:
	granted = _of_subject(subject, "Mentoring Award", workflow_state="Granted")
	proposed = [name for name in _of_subject(subject, "Mentoring Award") if name not in granted]
	rows = {"award": ["in", [*proposed, ""]], "docstatus": 0}
	frappe.db.delete("Mentoring Order Award", rows)
	subject.count("Mentoring Award", erase("Mentoring Award", proposed))
	nameless = {"recipient_name": subject.traces.mark, **dict.fromkeys(NAMELESS["Mentoring Award"])}
	_set_all("Mentoring Award", of_person("Mentoring Award", subject.record), nameless)
	subject.count("Mentoring Award", len(granted))


def _take_rows(subject: Subject, links: Links) -> None:
	for doctype, _field, row in list(links.rows(*_one(subject))):
		if doctype in ROWS:
			frappe.db.delete(doctype, {"name": row.name})
			subject.count(doctype, 1)
		elif doctype == "Mentoring Event Participant":
			frappe.db.set_value(doctype, row.name, "post", None, update_modified=False)


def _clear_notes(subject: Subject) -> None:
	"""What was written about a mentee in the pair goes once none of its mentees is left; a mentor leaves it."""
	if subject.doctype != "Mentee":
		return
	pairs = [name for doctype, name in subject.about if doctype == "Pair"]
	for pair in pairs:
		mentees = frappe.get_all(
			"Pair Mentee", filters={"parent": pair, "parenttype": "Pair"}, pluck="mentee"
		)
		others = [name for name in mentees if name != subject.name]
		if frappe.db.exists("Mentee", {"name": ["in", [*others, ""]], "destroyed_on": ["is", "not set"]}):
			continue
		_set_all("Pair", {"name": pair}, dict.fromkeys(NOTES["Pair"]))
		for doctype, table in (
			("Individual Plan", "Plan Activity"),
			("Pair Meeting", "Pair Meeting Activity"),
		):
			names = frappe.get_all(doctype, filters={"pair": pair}, pluck="name")
			_set_all(doctype, {"name": ["in", [*names, ""]]}, dict.fromkeys(NOTES[doctype]))
			_set_all(table, {"parent": ["in", [*names, ""]]}, dict.fromkeys(NOTES[table]))
	attended = {"mentee": subject.name}
	_set_all("Pair Meeting Attendance", attended, dict.fromkeys(NOTES["Pair Meeting Attendance"]))


def _set_all(doctype: str, filters: dict, values: dict) -> None:
	frappe.db.set_value(doctype, filters, values, update_modified=False)


def _empty_card(subject: Subject) -> None:
	nameless = subject.way == retention.DEPERSONALIZE
	stays = STAYS | STAYS_NAMELESS if nameless else STAYS
	values = _links_to_other_apps(subject.doctype)
	for df in frappe.get_meta(subject.doctype).fields:
		if df.fieldtype == "Table":
			if not (nameless and df.options in TABLES_NAMELESS):
				frappe.db.delete(df.options, {"parenttype": subject.doctype, "parent": subject.name})
			elif df.options == "Mentee Need":
				_set_all(df.options, {"parent": subject.name}, {"note": None})
		elif df.fieldtype not in LAYOUT and df.fieldname not in stays:
			values[df.fieldname] = 0 if df.fieldtype in ("Int", "Check", "Float", "Percent") else None
	mark = subject.traces.mark
	values |= {
		"last_name": mark,
		"first_name": "",
		"full_name": mark,
		"person_key": sha256(subject.name.encode()).hexdigest(),
		"destroyed_on": getdate(),
	}
	frappe.db.set_value(subject.doctype, subject.name, values)
	subject.count(subject.doctype, 1)


def _links_to_other_apps(doctype: str) -> dict[str, None]:
	"""Fields whose columns stay when Education or ERPNext is removed, and would find the person again."""
	columns = {row["name"] for row in frappe.db.get_table_columns_description(f"tab{doctype}")}
	return {field: None for ours, field, *_rest in LINKS if ours == doctype and field in columns}


def _take_login(subject: Subject, links: Links) -> None:
	if subject.kept_login:
		note_left(subject, ("User", subject.kept_login), _("a login that is at work in another role"))
	login = subject.login
	if not login:
		return
	links.cut("User", login)
	_close_sessions(login)
	frappe.db.delete("Mentoring Digest Preference", {"user": login})
	if frappe.db.table_exists("Contact"):
		erase("Contact", frappe.get_all("Contact", filters={"user": login}, pluck="name"))
	if frappe.db.table_exists("Personal Data Deletion Request"):
		_set_all("Personal Data Deletion Request", {"email": login}, {"status": "Deleted"})
	frappe.delete_doc("User", login, force=True, ignore_permissions=True)
	subject.count("User", 1)


def _close_sessions(login: str) -> None:
	"""Past the framework, which commits after each of them."""
	if frappe.db.table_exists("Sessions"):
		frappe.db.delete("Sessions", {"user": login})


def told(subject: Subject) -> str:
	"""What was done and what stays, in lines, without the person's name."""
	done = ", ".join(f"{_(what)} — {many}" for what, many in sorted(subject.done.items()))
	lines = [_("Destroyed or made nameless: {0}.").format(done or _("nothing"))]
	stays: dict[tuple[str, str], int] = {}
	for (doctype, _record), reason in subject.left.items():
		stays[doctype, reason] = stays.get((doctype, reason), 0) + 1
	lines += [f"{_(doctype)} ({many}): {reason}" for (doctype, reason), many in sorted(stays.items())]
	return "\n".join(lines)
