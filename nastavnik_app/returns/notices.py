"""Who is told of a return: who sent it, the school's curators, the officers of the authority."""

from __future__ import annotations

from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate

from nastavnik_app.desk.notices import ask, ask_curators, settle
from nastavnik_app.people.office import staff_of
from nastavnik_app.rules.states import OFFICER


def ask_to_correct(doc: Document) -> None:
	settle(doc)
	ask(doc, doc.sent_by, lambda lang: _("The return “{0}” came back with a remark. Correct it.", lang))


def tell_sent(doc: Document) -> None:
	settle(doc)
	for user in staff_of(doc.authority, OFFICER):
		ask(doc, user, lambda lang: _("The return “{0}” has arrived. Accept it, or send it back.", lang))


def tell_sent_back(doc: Document) -> None:
	settle(doc)
	ask_curators(
		doc,
		doc.organization,
		lambda lang: _("The authority sent back the return “{0}”. Make a new one for the same days.", lang),
	)


def tell_recommendations(doc: Document, before: Document) -> None:
	"""The school's curators are told of new recommendations, the officer of an answer."""
	known = {row.name: row for row in before.recommendations}
	for row in doc.recommendations:
		if row.name not in known:
			_ask_to_answer(doc, formatdate(row.due_date))
		elif row.answer and row.answer != known[row.name].answer:
			ask(doc, row.given_by, lambda lang: _("The school answered a recommendation: “{0}”.", lang))


def _ask_to_answer(doc: Document, due: str) -> None:
	ask_curators(
		doc,
		doc.organization,
		lambda lang: (
			_("A recommendation of the authority, due {0}: answer it in “{1}”.", lang)
			.replace("{0}", due)
			.replace("{1}", "{0}")
		),
	)
