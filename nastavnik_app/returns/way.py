"""The way of a return: counted, frozen as it was counted, sent, received from another site, replaced by a newer one."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timezone

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, get_datetime, getdate, now_datetime

from nastavnik_app.on_behalf import speaking
from nastavnik_app.program import indicator_values
from nastavnik_app.returns import notices
from nastavnik_app.returns.figures import figures_of, scope_of
from nastavnik_app.returns.stored import indicators_of, measures_of
from nastavnik_app.rules.messages import Message
from nastavnik_app.rules.related_counts import ALL
from nastavnik_app.rules.return_files import (
	NEWER,
	UNCHANGED,
	VERSION,
	Received,
	ReturnRefused,
	Stored,
	checksum_of,
	compare_with_stored,
	read,
	sender_of,
)
from nastavnik_app.rules.return_files import write as written
from nastavnik_app.rules.returns import Cell, Indicator, Measure, Return
from nastavnik_app.rules.suppression import percent
from nastavnik_app.steps import passes
from nastavnik_app.system_moves import move
from nastavnik_app.translation import translated

RETURN, PARTNER = "Program Return", "Return Partner"
AT_SCHOOL = ("Draft", "On Approval", "Approved")
AT_AUTHORITY = ("Sent", "Accepted", "Sent Back")
TABLES = ("measures", "indicators", "cells")
COUNTED_WITH = ("computed_at", "bound", "checksum", "schema_version", "organization_code", "authority_code")


def code_of(organization: str) -> str:
	"""What two sites know an organization by: its code for returns or its ОГРН; within one site its name does."""
	known = frappe.db.get_value(
		"Educational Organization", organization, ["return_code", "ogrn"], as_dict=True
	)
	return known.return_code or known.ogrn or organization


def authority_of(organization: str) -> str:
	above = frappe.db.get_value("Educational Organization", organization, "parent_organization")
	if not above:
		frappe.throw(_("Name the authority above the organization first: a return is sent to it."))
	return above


def refuse_second(doc: Document) -> None:
	"""One return of a period is at work at a time."""
	# so that of two at once the second sees the first
	frappe.db.get_value("Educational Organization", doc.organization, "name", for_update=True)
	other = frappe.db.exists(
		RETURN, {**_same_days(doc), "workflow_state": ["in", AT_SCHOOL], "name": ["!=", doc.name or ""]}
	)
	if other:
		frappe.throw(
			_("There is a return for these days already: {0}. Go on with it.").format(
				frappe.db.get_value(RETURN, other, "title")
			)
		)


def _same_days(doc: Document) -> dict[str, object]:
	fields = ("organization", "authority", "period_start", "period_end", "direction")
	return {field: doc.get(field) for field in fields}


def compute(doc: Document) -> None:
	"""Counts a draft's figures anew; what is withheld is not stored either. ValidationError where records contradict
	each other."""
	settings = frappe.get_single("Mentoring Settings")
	doc.bound = max(settings.suppression_bound or 1, 1)
	# a return is a paper and goes to other sites
	with speaking("ru"):
		figures = figures_of(
			doc.organization, getdate(doc.period_start), getdate(doc.period_end), doc.program
		)
	try:
		cells = figures.protected(doc.bound)
	except ValueError as error:
		frappe.throw(_told(error, {one.code: one.title for one in figures.measures}))
	moment = datetime.now(timezone.utc).replace(microsecond=0)
	doc.organization_code = doc.authority_code = None
	fill(doc, _return_of(doc, moment, figures.measures, tuple(figures.indicators), cells))
	# a history of counts that hardly differ would tell what each of them withholds
	doc.flags.ignore_version = True
	doc.flags.counted = True


def _told(error: ValueError, titles: dict[str, str]) -> str:
	"""A refusal of the rules with the places of the return in words."""
	message = error.args[0]
	if not isinstance(message, Message):
		raise error
	args = tuple(_place(one, titles) if isinstance(one, tuple) else one for one in message.args)
	return _("The records contradict each other: {0}. Correct them and count again.").format(
		translated(Message(message.source, args))
	)


def _place(place: tuple[str, str, str], titles: dict[str, str]) -> str:
	measure, form, group = place
	narrowed = [title_of("Mentoring Form", form), title_of("Mentoring Target Group", group)]
	return " / ".join(one for one in (titles.get(measure, measure), *narrowed) if one)


def title_of(doctype: str, name: str) -> str:
	"""The title of a form or a target group; what this site does not know keeps its code."""
	return (name and frappe.get_cached_value(doctype, name, "title")) or name


def _return_of(
	doc: Document,
	moment: datetime,
	measures: tuple[Measure, ...],
	indicators: tuple[Indicator, ...],
	cells: tuple[Cell, ...],
) -> Return:
	return Return(
		# by which it was counted: a code that is entered later does not change what was counted
		doc.organization_code or code_of(doc.organization),
		doc.authority_code or code_of(doc.authority),
		getdate(doc.period_start),
		getdate(doc.period_end),
		moment,
		doc.bound,
		measures,
		indicators,
		cells,
	)


def fill(doc: Document, content: Return) -> None:
	"""Writes a return into its document."""
	known = {cell.place: cell.value for cell in content.cells}
	doc.bound, doc.schema_version = content.bound, VERSION
	doc.organization_code, doc.authority_code = content.organization, content.authority
	doc.computed_at = content.computed_at.replace(tzinfo=None)
	doc.checksum = checksum_of(content)
	for table in TABLES:
		doc.set(table, [])
	for measure in content.measures:
		row = {"code": measure.code, "title": measure.title, "people": int(measure.people)}
		doc.append("measures", {**row, "public": int(measure.public)})
	decimals = dict(frappe.get_all("Mentoring Indicator", fields=["name", "decimals"], as_list=True))
	for one in content.indicators:
		value = value_of(one, known, decimals.get(one.code, 1))
		doc.append(
			"indicators",
			{
				"code": one.code,
				"title": one.title,
				"unit": one.unit,
				"numerator": one.numerator,
				"denominator": one.denominator,
				"by_hand": int(one.by_hand),
				"has_value": int(value is not None),
				"value": value or 0,
			},
		)
	for cell in content.cells:
		doc.append(
			"cells",
			{
				"measure": cell.measure,
				"form": cell.form,
				"target_group": cell.target_group,
				"withheld": int(cell.value is None),
				"value": cell.value or 0,
			},
		)


def value_of(one: Indicator, known: dict, decimals: int = 1) -> float | None:
	"""What an indicator says of the whole organization, out of what is published."""
	part = known.get((one.numerator, ALL, ALL))
	if not one.denominator:
		return part
	return percent(part, known.get((one.denominator, ALL, ALL)), decimals)


def content_of(doc: Document) -> Return:
	"""The return that a document holds."""
	return _return_of(
		doc,
		get_datetime(doc.computed_at).replace(tzinfo=timezone.utc),
		measures_of(doc.measures),
		indicators_of(doc.indicators),
		tuple(
			Cell(row.measure, row.form or "", row.target_group or "", None if row.withheld else row.value)
			for row in doc.cells
		),
	)


def is_as_counted(doc: Document) -> bool:
	"""Whether the figures are those that the checksum was made of; of a file with fields that this version does not
	know, nobody can tell any more."""
	if doc.unknown_fields:
		return True
	return bool(doc.computed_at and doc.checksum) and hmac.compare_digest(
		checksum_of(content_of(doc)), doc.checksum
	)


def keep_figures(doc: Document) -> None:
	"""Figures are counted from records; nobody types them."""
	if doc.flags.pop("counted", None):
		return
	before = doc.get_doc_before_save()
	for field in (*TABLES, *COUNTED_WITH):
		doc.set(field, before.get(field) if before else None)


def freeze_indicators(doc: Document) -> None:
	"""Keeps what the indicators of the programmes said at the end of the days that an approved return is about."""
	scope = scope_of(doc.organization, doc.period_start, doc.period_end, doc.program)
	for program in scope.programs:
		if program:
			# those of a return that was sent back since
			indicator_values.release(program, scope.day)
			indicator_values.freeze(program, scope.day)
	doc.db_set("frozen_on", scope.day)


def release_indicators(doc: Document) -> None:
	"""What a cancelled return kept, and nothing else rests on, is counted anew for the next one."""
	if not doc.frozen_on:
		return
	about = {"name": doc.program} if doc.program else {"organization": doc.organization}
	for program in frappe.get_all("Mentoring Program", filters=about, pluck="name"):
		indicator_values.release(program, getdate(doc.frozen_on))


def follow_up(doc: Document) -> None:
	"""What a step of a submitted return brings about."""
	before = doc.get_doc_before_save()
	if passes(doc, "Approved", "Sent"):
		doc.db_set("sent_at", now_datetime())
		_replace_older(doc)
		notices.tell_sent(doc)
	elif passes(doc, "Sent", "Sent Back"):
		notices.tell_sent_back(doc)
	elif passes(doc, "Sent", "Accepted"):
		notices.settle(doc)
	notices.tell_recommendations(doc, before)


def _replace_older(doc: Document) -> None:
	filters = {**_same_days(doc), "workflow_state": ["in", AT_AUTHORITY], "name": ["!=", doc.name]}
	for name in frappe.get_all(RETURN, filters=filters, pluck="name"):
		move(frappe.get_doc(RETURN, name), "Replaced", because=doc)


# between two sites


def partner_of(organization: str, other: str) -> Document | None:
	"""With what secret an organization exchanges files with another; None where they do not."""
	name = frappe.db.exists(PARTNER, {"organization": organization, "partner": other, "enabled": 1})
	return frappe.get_doc(PARTNER, name) if name else None


def secret_of(partner: Document) -> bytes:
	return bytes.fromhex(partner.get_password("secret"))


def as_text(doc: Document) -> str:
	"""The signed file of an approved return."""
	if doc.docstatus != 1 or not is_as_counted(doc):
		frappe.throw(_("A return becomes a file once it is approved, with the figures as they were counted."))
	for organization in (doc.organization, doc.authority):
		if code_of(organization) == organization:
			frappe.throw(
				_("Enter the OGRN of {0} first: another site knows it by that.").format(
					frappe.db.get_value("Educational Organization", organization, "title")
				)
			)
	partner = partner_of(doc.organization, doc.authority)
	if not partner:
		frappe.throw(
			_(
				"Agree with the authority on a shared secret first: enter it as a Return Partner on both sites."
			)
		)
	codes = {"organization": code_of(doc.organization), "authority": code_of(doc.authority)}
	return _refusing(lambda: written(replace(content_of(doc), **codes), secret_of(partner)))


def receive(text: str, origin: str, organizations: set[str]) -> tuple[str, str]:
	"""Takes the file of a return to one of these authorities: what was done (New, Newer, Unchanged) and the name of
	the return. The same file again changes nothing."""
	sender = _refusing(lambda: sender_of(text))
	partner = _sending_partner(sender, organizations)
	received = _refusing(
		lambda: read(
			text,
			secret_of(partner),
			sender,
			code_of(partner.organization),
			frappe.db.get_single_value("Mentoring Settings", "least_bound") or 1,
		)
	)
	doc = _document_of(received, partner, origin)
	frappe.db.get_value("Educational Organization", doc.organization, "name", for_update=True)
	stored = frappe.db.get_value(
		RETURN,
		{**_same_days(doc), "workflow_state": ["in", AT_AUTHORITY]},
		["name", "checksum", "computed_at"],
		as_dict=True,
	)
	decision = _refusing(lambda: compare_with_stored(received, _stored(stored)))
	if decision == UNCHANGED:
		return decision, stored.name
	doc.insert(ignore_permissions=True)
	move(doc, "Sent", because=partner)
	doc.db_set("docstatus", 1)
	if decision == NEWER:
		_replace_older(doc)
	return decision, doc.name


def _sending_partner(sender: str, organizations: set[str]) -> Document:
	for row in frappe.get_all(
		PARTNER,
		filters={"organization": ["in", sorted(organizations) or [""]], "enabled": 1},
		fields=["name", "partner"],
	):
		if code_of(row.partner) == sender:
			return frappe.get_doc(PARTNER, row.name)
	frappe.throw(
		_(
			"No Return Partner has the OGRN {0}: agree with that organization on a shared secret first."
		).format(sender),
		frappe.PermissionError,
	)


def _document_of(received: Received, partner: Document, origin: str) -> Document:
	content = received.content
	doc = frappe.get_doc(
		{
			"doctype": RETURN,
			"direction": "From Another Site",
			"organization": partner.partner,
			"authority": partner.organization,
			"period_start": content.start,
			"period_end": content.end,
			"origin": origin,
			"received_at": now_datetime(),
			"unknown_fields": ", ".join(received.unknown),
		}
	)
	fill(doc, content)
	doc.checksum = received.checksum
	doc.flags.counted = True
	return doc


def _stored(row: dict | None) -> Stored | None:
	return Stored(row.checksum, get_datetime(row.computed_at).replace(tzinfo=timezone.utc)) if row else None


def _refusing(read_or_write: Callable):
	try:
		return read_or_write()
	except ReturnRefused as refused:
		frappe.throw(translated(refused.message))


def title_for(doc: Document) -> str:
	return _("{0}, {1} – {2}").format(
		frappe.db.get_value("Educational Organization", doc.organization, "title"),
		formatdate(doc.period_start),
		formatdate(doc.period_end),
	)
