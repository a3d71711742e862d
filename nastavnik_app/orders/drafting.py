"""An order made from what it is about, with one action."""

from __future__ import annotations

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app.pairs import between_schools
from nastavnik_app.permissions import organizations_of
from nastavnik_app.system_moves import label


@dataclass(frozen=True)
class Subject:
	"""Where an order lists records of a DocType, and the effects that such an order may have."""

	table: str
	link: str
	effects: tuple[str, ...]


SUBJECTS = {
	"Pair": Subject("pairs", "pair", ("Assign Pairs", "Entrust Duty", "Terminate Pairs")),
	"Individual Plan": Subject("plans", "plan", ("Approve Plans",)),
	"Mentoring Award": Subject("awards", "award", ("Grant Awards",)),
}
# what is made from the programme alone
PROGRAM_EFFECTS = ("", "Appoint Curator", "Start Program", "Close Program")


def order_types_for(doctype: str) -> list[dict[str, str]]:
	"""`name` and `title` of the kinds of orders that are made from records of a DocType, the usual ones first."""
	effects = SUBJECTS[doctype].effects if doctype in SUBJECTS else PROGRAM_EFFECTS
	kinds = frappe.get_list(
		"Mentoring Order Type",
		filters={"disabled": 0},
		fields=["name", "title", "effect"],
		order_by="title asc",
		limit_page_length=0,
	)
	suitable = [kind for kind in kinds if (kind.effect or "") in effects]
	suitable.sort(key=lambda kind: effects.index(kind.effect or ""))
	return [{"name": kind.name, "title": kind.title} for kind in suitable]


def make_order(order_type: str, doctype: str, names: list[str], **values: object) -> Document:
	"""The draft of an order about records of one programme, in the wording of its type.

	Refused where there is no record, where one may not be read, or where they belong to several programmes.
	"""
	records = _readable_records(doctype, names)
	program = _one_program(doctype, records)
	order = {"doctype": "Mentoring Order", "order_type": order_type, "program": program, **values}
	if doctype in SUBJECTS:
		subject = SUBJECTS[doctype]
		order[subject.table] = [{subject.link: record.name} for record in records]
	return frappe.get_doc(order).insert()


def _program_of(doctype: str, record: Document) -> str | None:
	if doctype == "Mentoring Program":
		return record.name
	if doctype == "Pair":
		return between_schools.program_for_order(record, organizations_of(frappe.session.user))
	return record.get("program")


def replace_mentor(pair_name: str, mentor: str, reason: str | None = None) -> Document:
	"""The draft of an order that gives a pair's mentees to another mentor and changes the earlier order.

	The new pair waits as a draft; when the order is signed, the one pair ends and the other is assigned.
	"""
	pair = frappe.get_doc("Pair", pair_name)
	pair.check_permission("read")
	if pair.workflow_state != "Assigned":
		frappe.throw(
			_("{0} is in the state “{1}”: an order can replace only the mentor of an assigned pair.").format(
				label(pair), _(pair.workflow_state)
			)
		)
	if between_schools.is_between_schools(pair):
		frappe.throw(
			_(
				"{0} is between two schools: end it by an order, and make a new pair with the other mentor."
			).format(label(pair))
		)
	if pair.mentor == mentor:
		frappe.throw(_("{0} is the mentor already. Choose another one.").format(pair.mentor_name))
	successor = _successor(pair, mentor)
	return make_order(_replacing_type(), "Pair", [successor.name], amends_order=pair.order, reason=reason)


KEPT_BY_SUCCESSOR = (
	"program",
	"form",
	"role_model",
	"end_date",
	"meeting_schedule",
	"work_content",
	"work_form",
	"work_pay",
)


def _successor(pair: Document, mentor: str) -> Document:
	"""The same mentees with another mentor; what the sides agreed on with the earlier one does not pass on."""
	successor = frappe.get_doc(
		{
			"doctype": "Pair",
			**{field: pair.get(field) for field in KEPT_BY_SUCCESSOR},
			"mentor": mentor,
			"mentees": [{"mentee": row.mentee} for row in pair.mentees],
			"start_date": max(getdate(pair.start_date), getdate()),
		}
	).insert()
	successor.db_set("replaces", pair.name)
	return successor


def _replacing_type() -> str:
	kind = frappe.db.get_value("Mentoring Order Type", {"effect": "Replace Mentor", "disabled": 0}, "name")
	if not kind:
		frappe.throw(_("No order type replaces a mentor. Enable one, or add one with this effect."))
	return kind


def _readable_records(doctype: str, names: list[str]) -> list[Document]:
	records = [frappe.get_doc(doctype, name) for name in dict.fromkeys(names)]
	for record in records:
		record.check_permission("read")
	if not records:
		frappe.throw(_("Choose at least one {0} for the order.").format(_(doctype)))
	return records


def _one_program(doctype: str, records: list[Document]) -> str:
	programs = {_program_of(doctype, record) for record in records}
	if None in programs:
		frappe.throw(_("Your school has no open program for this order. Make one first."))
	if len(programs) > 1:
		frappe.throw(_("The chosen records belong to several programs. Make an order for each program."))
	return programs.pop()
