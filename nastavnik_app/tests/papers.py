"""What tests of papers about people share: the people, and a paper as it is read off the page."""

from __future__ import annotations

import frappe
from frappe.utils import add_days, getdate

from nastavnik_app.tests.builders import WORKER_FORM, SchoolTestCase, consent_for
from nastavnik_app.tests.pdf_text import pages_of

KINDS = ("Personal Data Processing", "Special Categories", "Dissemination", "Additional Work")


class Printed(str):
	"""The text of a paper. Words are looked up in it without blanks, which a reader of PDF puts anywhere."""

	def __contains__(self, words: str) -> bool:
		return squeezed(words) in squeezed(self)


def squeezed(text: str) -> str:
	"""Without blanks and the marks that let a blank line wrap."""
	return "".join(text.replace("\u200b", "").split())


def pages(doc, print_format: str) -> list[Printed]:
	"""The text of each page of the PDF, with single spaces."""
	pdf = frappe.get_print(doc.doctype, doc.name, print_format, as_pdf=True)
	texts = pages_of(pdf)
	return [Printed(" ".join(text.replace("\u200b", "").split())) for text in texts]


def printed(doc, print_format: str) -> Printed:
	"""The text of the PDF."""
	return Printed(" ".join(pages(doc, print_format)))


def with_style(html: str, css: str) -> str:
	"""The page with further rules after the document's own; Frappe's come before and are not printed."""
	before, end, after = html.rpartition("</style>")
	return f"{before}{css}{end}{after}"


class PapersTestCase(SchoolTestCase):
	def setUp(self) -> None:
		super().setUp()
		values = {"address": "ул. Школьная, 1", "inn": "0000000001", "ogrn": "0000000000002"}
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.update(values)
		organization.save()
		self.mother = {
			"full_name": "Ромашкина Ольга Игоревна",
			"relation": "мать",
			"address": "ул. Садовая, 5",
			"identity_document": "паспорт 00 00",
			"authority_document": "свидетельство о рождении 11",
		}

	def pupil(self, years: int, **values):
		values = {
			"first_name": "Пётр",
			"middle_name": "Ильич",
			"birth_date": add_days(getdate(), -366 * years),
			"representatives": [self.mother],
			**values,
		}
		return self.school.consenting("Mentee", **values)

	def worker(self, **values):
		names = {"last_name": "Тополев", "first_name": "Илья", "middle_name": "Сергеевич"}
		contract = {"contract_number": "15/2018", "contract_date": "2018-08-27"}
		values = {**names, **contract, "position": "Учитель физики", **values}
		return self.school.consenting("Mentor", **values)

	def worker_pair(self, **values):
		colleague = self.school.consenting(
			"Mentee",
			last_name="Липина",
			first_name="Анна",
			middle_name="Олеговна",
			birth_date="2001-05-05",
			target_group="teachers",
			position="Учитель математики",
		)
		return self.school.pair(self.worker(), [colleague], form=WORKER_FORM, **values)

	def printed(self, doc, print_format: str, *words: str, lacks: tuple[str, ...] = ()) -> str:
		"""The text of a paper, which holds all these words, and nothing that no paper may show."""
		text = printed(doc, print_format)
		for word in words:
			self.assertIn(word, text, print_format)
		for word in (*lacks, "{{", "{%", "None", "Undefined", ".."):
			self.assertNotIn(word, text, print_format)
		return text

	def blank(self, person, kind: str, **values):
		"""A consent to print and sign: nothing but the person and the kind is known."""
		unknown = dict.fromkeys(("signed_on", "representative_name", "signatory"))
		return consent_for(person, kind=kind, **{**unknown, **values})
