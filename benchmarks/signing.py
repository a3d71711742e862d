"""Sending and signing an order that assigns so many pairs, beside a loop that loads and saves each of them."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.lines import Line
from benchmarks.site import taken_back
from benchmarks.timing import Rounds, queries

OF = "pairs"
SIZES = (50, 150, 500)
LOOP = "loop of save"


def lines(size: int, rounds: Rounds) -> Iterator[Line]:
	"""The signature checks every consent and place again, and leaves a version and a comment on each pair."""
	import frappe
	from frappe.model.workflow import apply_workflow

	from benchmarks.pairs_fill import names, school_with_pairs
	from nastavnik_app.tests.builders import as_user

	with taken_back():
		school, pairs = school_with_pairs(size), names("Pair", size)
		order = school.order(*(frappe.get_doc("Pair", name) for name in pairs))

		def sent() -> None:
			with as_user(school.curator):
				apply_workflow(frappe.get_doc(order.doctype, order.name), "Send for Approval")

		def signed() -> None:
			with as_user(school.director):
				doc = frappe.get_doc(order.doctype, order.name)
				doc.order_number, doc.order_date = "1-п", "2026-09-14"
				doc.save()
				apply_workflow(doc, "Sign")

		def saved() -> None:
			with as_user(school.curator):
				for name in pairs:
					doc = frappe.get_doc("Pair", name)
					doc.end_date = "2027-05-24"
					doc.save()

		sending, saving = rounds.shortest(sent, saved, undone=True)
		yield Line("sending an order", size, sending, LOOP, saving)
		sent()
		signing, saving = rounds.shortest(signed, saved, undone=True)
		asked = queries(signed)
		assert frappe.db.count("Pair", {"program": school.program, "workflow_state": "Assigned"}) == size
		yield Line("signing an order", size, signing, LOOP, saving, queries=asked)
