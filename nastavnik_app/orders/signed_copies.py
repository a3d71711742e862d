"""What a director signed, kept as it stood: the order with its annexes as PDF, whatever the records become later."""

from __future__ import annotations

from hashlib import sha256

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.translate import get_user_lang
from frappe.utils import add_days, nowdate

from nastavnik_app.attachments import attach
from nastavnik_app.documents.binding import file_name

ORDER = "Mentoring Order"
MISSED_DAYS = 30  # later the records may have become others than those that were signed


def ask_for(order: Document) -> None:
	"""Has the copy printed when the signature is committed, as the person who signed."""
	_ask_for(order.name)


def _ask_for(order: str) -> None:
	frappe.enqueue(
		"nastavnik_app.orders.signed_copies.keep", queue="short", enqueue_after_commit=True, order=order
	)


def ask_for_missing() -> None:
	"""Asks once more for the copies that a stopped worker or a full disk left out; called daily."""
	missed = {
		"docstatus": 1,
		"signed_copy": ["is", "not set"],
		"signed_at": [">=", add_days(nowdate(), -MISSED_DAYS)],
	}
	for order in frappe.get_all(ORDER, filters=missed, pluck="name", order_by="signed_at asc"):
		_ask_for(order)


def keep(order: str) -> None:
	"""Prints a signed order and attaches the PDF with its SHA-256; does nothing the second time."""
	record = frappe.get_doc(ORDER, order, for_update=True)
	if record.docstatus != 1 or record.signed_copy:
		return
	pdf = frappe.get_print(ORDER, order, ORDER, as_pdf=True)
	name = file_name(_("Order {0}", get_user_lang()).format(record.order_number.replace("/", "-")), "pdf")
	file = attach(name, pdf, ORDER, order, "signed_copy")
	record.db_set({"signed_copy": file.file_url, "signed_copy_sha256": sha256(pdf).hexdigest()})
