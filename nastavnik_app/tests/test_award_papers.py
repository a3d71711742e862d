"""Certificates, diplomas, letters of thanks, and the act of destruction of personal data, as they are printed."""

from __future__ import annotations

from io import BytesIO

import frappe
import pytest
from pypdf import PdfReader

from nastavnik_app.documents import awards
from nastavnik_app.tests.test_prints import page_of
from nastavnik_app.tests.test_program_papers import PaperTestCase


class TestAward(PaperTestCase):
	def test_diploma_is_framed_and_says_what_its_kind_says(self) -> None:
		wording = "награждается\n{{ recipient }}\n{{ post }}\nза {{ reason }}"
		award = self.award(
			self.kind("Почётная грамота", paper="Diploma", wording=wording), post="ученик 9 класса"
		)
		self.assertIn('class="frame"', page_of(award, "Award"))
		self.assertIn('<p class="slogan">Ромашкин Пётр Ильич</p>', page_of(award, "Award"))
		text = self.assertPrinted(
			award,
			"Award",
			"ПОЧЁТНАЯ ГРАМОТА награждается Ромашкин Пётр Ильич ученик 9 класса за помощь товарищам",
			"Директор",
			"П. И. Берёзова",
			"г. Вымышленск",
		)
		self.assertNotIn("Приказ", text)

	def test_granted_award_names_its_order_and_year(self) -> None:
		award = self.ordered(self.award(self.kind("Диплом победителя", paper="Diploma")))
		self.assertPrinted(
			award,
			"Award",
			"ДИПЛОМ победителя награждается Ромашкин Пётр Ильич помощь товарищам",
			"Приказ от 20 мая 2027 г. № 45-од",
			"г. Вымышленск, 2027",
		)

	def test_certificate_is_given_to_somebody_on_a_landscape_page(self) -> None:
		award = self.award(
			self.kind("Сертификат", paper="Certificate"), recipient_dative="Ромашкину Петру Ильичу"
		)
		self.assertPrinted(award, "Award", "СЕРТИФИКАТ вручается Ромашкину Петру Ильичу")
		page = PdfReader(BytesIO(frappe.get_print(award.doctype, award.name, "Award", as_pdf=True))).pages[0]
		self.assertGreater(page.mediabox.width, page.mediabox.height)

	def test_parents_are_thanked_by_name(self) -> None:
		wording = "Благодарим за воспитание: {{ participant }}."
		kind = self.kind("Благодарственное письмо", paper="Letter of Thanks", to_parents=1, wording=wording)
		mentee = self.school.mentee()
		award = self.award(
			kind,
			party_type="Mentee",
			party=mentee.name,
			recipient_name="Ромашкина Ольга Игоревна и Ромашкин Пётр Ильич",
		)
		self.assertPrinted(
			award,
			"Award",
			"БЛАГОДАРСТВЕННОЕ ПИСЬМО",
			"Уважаемые Ольга Игоревна и Пётр Ильич!",
			f"Благодарим за воспитание: {mentee.full_name}.",
		)

	def test_kind_without_a_paper_prints_a_letter(self) -> None:
		award = self.award(self.kind("Ценный подарок"))
		self.assertNotIn('class="frame"', page_of(award, "Award"))
		self.assertPrinted(award, "Award", "ЦЕННЫЙ ПОДАРОК", "Благодарим вас", "помощь товарищам.")

	def test_own_wording_wins(self) -> None:
		kind = self.kind("Диплом", paper="Diploma", wording="Общие слова")
		text = self.assertPrinted(
			self.award(kind, wording="Свои слова о: {{ recipient }}"), "Award", "Свои слова"
		)
		self.assertNotIn("Общие слова", text)
		self.assertEqual(text.count("Ромашкин"), 1)

	def test_nameless_award_leaves_a_line_to_the_hand(self) -> None:
		for paper in ("Certificate", "Diploma", "Letter of Thanks"):
			award = self.award(self.kind("Награда", paper=paper))
			self.assertPrinted(self.emptied(award, "recipient_name", "title"), "Award", "НАГРАДА", "____")


class TestDestructionAct(PaperTestCase):
	def test_act_holds_what_the_order_of_the_authority_asks_for(self) -> None:
		frappe.db.set_value(
			"Educational Organization",
			self.school.organization,
			{"address": "ул. Школьная, 5", "data_processor": "ООО «Хостинг»"},
		)
		frappe.clear_document_cache("Educational Organization", self.school.organization)
		act = self.destruction(act_number="2", information_system="Учёт", carriers="Анкета — 2 л.")
		self.assertPrinted(
			act,
			"Data Destruction Act",
			"АКТ 1 июля 2027 г. № 2",
			"об уничтожении персональных данных",
			"Вымышленная средняя школа",
			"ул. Школьная, 5",
			"ООО «Хостинг»",
			"Анкета — 2 л.",
			"Учёт",
			"измельчение",
			"отзыв субъектом согласия",
			"Ромашкин Пётр Ильич имя; телефон",
			"Липова Ирина Сергеевна заместитель директора",
			"выгрузка из журнала регистрации событий",
		)

	def test_nothing_automated_needs_no_extract_and_gaps_are_lines(self) -> None:
		text = self.assertPrinted(self.destruction(), "Data Destruction Act", "№ ____", "листов каждого ____")
		self.assertNotIn("выгрузка", text)
		self.assertPrinted(
			self.emptied(self.destruction(), "method", "reason"), "Data Destruction Act", "АКТ"
		)


@pytest.mark.parametrize(
	("recipient", "gender", "greeting"),
	[
		("Ромашкина Ольга Игоревна", None, "Уважаемая Ольга Игоревна!"),
		("Ольга Игоревна и Пётр Ильич", None, "Уважаемые Ольга Игоревна и Пётр Ильич!"),
		("Берёзова Анна Львовна, Липов Олег Ильич", None, "Уважаемые Анна Львовна и Олег Ильич!"),
		("Монгуш Сэсэг", "Female", "Уважаемая Сэсэг!"),
		("Монгуш Сэсэг", None, "Уважаемый(ая) Сэсэг!"),
		("ООО «Пример»", None, ""),
		("", None, ""),
	],
)
def test_greeting(recipient: str, gender: str | None, greeting: str) -> None:
	assert awards.greeting(recipient, gender) == greeting
