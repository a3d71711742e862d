"""Who may be shown or named in public, and what must be taken down (152-FZ, art. 10.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.translate import get_user_lang
from frappe.utils import getdate

from nastavnik_app.people.consents import DISSEMINATION, Person, with_consent

PUBLISHED = "Published"


def refusal_to_publish(people: set[Person], day: date) -> str | None:
	"""None where everybody consented to dissemination on a day and still does, otherwise who did not."""
	holding = with_consent(DISSEMINATION, people, day) & with_consent(DISSEMINATION, people)
	without = people - holding
	if not without:
		return None
	names = sorted(frappe.db.get_value(*person, "full_name") for person in without)
	return _(
		"No valid consent to dissemination: {0}. Record the consents, or take these people off the publication."
	).format(", ".join(names))


def ask_to_take_down(consent: Document) -> None:
	"""After a withdrawal: tells which publications show the person, and opens a task for their curators."""
	person = (consent.party_type, consent.party)
	if consent.kind != DISSEMINATION or with_consent(DISSEMINATION, {person}):
		return
	publications = [publication for publication, _person in _published({person})]
	for publication in publications:
		_open_tasks(publication, consent.party_name)
	if publications:
		frappe.msgprint(
			_("Take down what shows {0}: {1}.").format(
				consent.party_name, "; ".join(one.title for one in publications)
			)
		)


def look_for_ended_consents() -> None:
	"""Opens the same task where a consent has run out; called daily."""
	shown = _published()
	people = {person for _publication, person in shown}
	holding = with_consent(DISSEMINATION, people)
	for publication, person in shown:
		if person not in holding:
			_open_tasks(publication, frappe.db.get_value(*person, "full_name"))


def _published(people: set[Person] | None = None) -> list[tuple[Any, Person]]:
	"""What is published and whom it shows: of these people, or of all."""
	person = frappe.qb.DocType("Publication Person")
	publication = frappe.qb.DocType("Mentoring Publication")
	query = (
		frappe.qb.from_(person)
		.join(publication)
		.on(publication.name == person.parent)
		.select(publication.name, publication.title, publication.program, person.party_type, person.party)
		.where(publication.status == PUBLISHED)
		.orderby(publication.published_on, publication.name)
	)
	if people:
		query = query.where(person.party.isin([name for _type, name in people]))
	rows = [(row, (row.party_type, row.party)) for row in query.run(as_dict=True)]
	return [(row, shown) for row, shown in rows if people is None or shown in people]


def _open_tasks(publication: Any, full_name: str) -> None:
	curators = frappe.get_all(
		"Program Curator", filters={"parent": publication.program}, order_by="idx asc", pluck="user"
	)
	about = {"reference_type": "Mentoring Publication", "reference_name": publication.name}
	for user in dict.fromkeys(curators or [frappe.session.user]):
		if frappe.db.exists("ToDo", {**about, "status": "Open", "allocated_to": user}):
			continue
		text = _("Take down “{0}”: the consent of {1} to dissemination has ended.", get_user_lang(user))
		todo = {
			"doctype": "ToDo",
			**about,
			"allocated_to": user,
			"assigned_by": frappe.session.user,
			"date": getdate(),
			"priority": "High",
			"description": text.format(publication.title, full_name),
		}
		frappe.get_doc(todo).insert(ignore_permissions=True)
