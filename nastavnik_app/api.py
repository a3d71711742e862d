"""What Desk's buttons and scripts of schools call: thin doors, each with the rights of the caller."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from werkzeug.wrappers import Response

from nastavnik_app.documents import print_jobs
from nastavnik_app.documents.binding import disposition, file_name
from nastavnik_app.documents.docx import html_to_docx
from nastavnik_app.orders import acknowledgement, drafting, signing
from nastavnik_app.people import consent_collection

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@frappe.whitelist(methods=["GET"])
def download_word(doctype: str, name: str, print_format: str | None = None) -> Response:
	"""A document as DOCX: the same content as its PDF."""
	record = frappe.get_doc(doctype, name)
	record.check_permission("print")
	html = frappe.get_print(doctype, name, print_jobs.format_of(doctype, print_format))
	# not by frappe.response, which spoils a name that is not Latin
	response = Response(html_to_docx(html), mimetype=DOCX)
	title = f"{_(doctype)} {record.get_title()}"
	response.headers["Content-Disposition"] = disposition(file_name(title, "docx"))
	return response


@frappe.whitelist(methods=["POST"])
def print_many(
	doctype: str, names: list | str, print_format: str | None = None, output: str = "One PDF"
) -> str:
	"""Queues the printing of documents of one organization; the name of the Mentoring Print Job to look at.

	`output`: One PDF, ZIP of PDF, ZIP of Word.
	"""
	return print_jobs.print_many(doctype, frappe.parse_json(names), print_format, output).name


@frappe.whitelist(methods=["POST"])
def prepare_consents(
	organization: str,
	kind: str,
	party_type: str,
	people: list | str | None = None,
	school_class: str | None = None,
) -> list[str]:
	"""Drafts of a consent for those of the people, of a class or of everybody who have none; names of all drafts to
	print."""
	return consent_collection.prepare(
		organization, kind, party_type, people=frappe.parse_json(people), school_class=school_class
	)


@frappe.whitelist(methods=["POST"])
def record_consents(names: list | str, signed_on: str) -> dict[str, list]:
	"""Consents that came back signed on paper: {"recorded": [name], "refused": [{name, title, reason}]}."""
	return consent_collection.record_collected(frappe.parse_json(names), signed_on)


@frappe.whitelist()
def order_types_for(doctype: str) -> list[dict[str, str]]:
	"""`name` and `title` of the kinds of orders that are made from records of a DocType."""
	return drafting.order_types_for(doctype)


@frappe.whitelist(methods=["POST"])
def make_order(order_type: str, doctype: str, names: list | str) -> str:
	"""Drafts an order about records of one programme; its name."""
	return drafting.make_order(order_type, doctype, frappe.parse_json(names)).name


@frappe.whitelist(methods=["POST"])
def replace_mentor(pair: str, mentor: str, reason: str | None = None) -> str:
	"""Drafts the order that gives a pair's mentees to another mentor; its name."""
	return drafting.replace_mentor(pair, mentor, reason).name


@frappe.whitelist()
def what_signing_does(order: str) -> list[str]:
	"""A line for each record that the signature will change; none where the order is only printed and kept."""
	return signing.what_signing_does(_readable_order(order))


@frappe.whitelist(methods=["POST"])
def acknowledge(order: str) -> None:
	"""The caller has read the signed order that names him."""
	acknowledgement.acknowledge(_readable_order(order))


@frappe.whitelist(methods=["POST"])
def collect_acknowledgements(order: str, rows: list | str, day: str) -> None:
	"""Enters the day on which the people of these rows signed the sheet or were informed."""
	acknowledgement.collect(_readable_order(order), frappe.parse_json(rows), day)


def _readable_order(name: str) -> Document:
	order = frappe.get_doc("Mentoring Order", name)
	order.check_permission("read")
	return order
