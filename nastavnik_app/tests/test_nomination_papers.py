"""A mentor is nominated for an award or a contest: the letter, the nomination, what the records say of the mentor."""

from __future__ import annotations

from io import BytesIO

import docx
import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from pypdf import PdfReader

from nastavnik_app.documents import nominations
from nastavnik_app.documents.docx import html_to_docx
from nastavnik_app.patches.v1_2 import nominations_have_a_paper
from nastavnik_app.tests.builders import as_user, make_school
from nastavnik_app.tests.papers import PapersTestCase, pages
from nastavnik_app.workflow import ContentLocked

FOR = "Почётная грамота Министерства просвещения Российской Федерации"


class TestNomination(PapersTestCase):
	"""A teacher who mentors a colleague and a pupil."""

	def setUp(self) -> None:
		super().setUp()
		self.mentor = self.worker(
			years_of_service=21,
			category="высшая",
			hired_on="2010-08-25",
			joined_on="2026-09-01",
			achievements="Победитель районного конкурса уроков",
			capacity=5,
		)
		pupil, classmate = self.pupil(12), self.pupil(12, last_name="Секретов")
		self.pairs = [
			self.school.pair(self.mentor, [pupil]),
			self.school.pair(self.mentor, [pupil, classmate]),
		]
		self.school.signed(self.school.order(*self.pairs))
		plan = self.school.plan(self.pairs[0])
		apply_workflow(plan, "Declare Ready")
		self.school.signed(self.school.plans_order(plan))
		plan.reload()
		plan.activities[0].update({"done_on": "2026-09-20", "actual_result": "Познакомились"})
		plan.save()

	def nomination(self, **values) -> Document:
		return self.school.award(
			self.mentor,
			**{
				"kind": "award-nomination",
				"reason": "многолетнюю работу с учениками",
				"nominated_for": FOR,
				"nominated_to": "Начальнику управления образования\nСнежинской А. С.",
				"education": "высшее, Вымышленский педагогический институт, 2004 г.",
				"enclosures": "Копия диплома.\nСогласие на обработку персональных данных.",
				**values,
			},
		)

	def test_letter_and_nomination_are_filled_from_the_records(self) -> None:
		council = self.school.event(protocol_number="3", held_on="2026-10-02")
		award = self.nomination(discussed_at=council.name)
		text = self.printed(
			award,
			"Award",
			"Начальнику управления образования Снежинской А. С.",
			"О представлении Тополева Ильи Сергеевича",
			"За многолетнюю работу с учениками представляем к награде Тополева Илью Сергеевича (учитель физики).",
			f"Награда: {FOR}.",
			"Приложение: 1. Представление. 2. Копия диплома. 3. Согласие на обработку персональных данных.",
			"ПРЕДСТАВЛЕНИЕ к ведомственной или государственной награде",
			"Вымышленский педагогический институт",
			"Стаж, лет 21",
			"25 августа 2010 г.",
			"Наставнических пар и групп: 2, наставляемых: 2. Формы наставничества:",
			"Утверждено планов: 1. Выполнено мероприятий: 1 из 2.",
			"Победитель районного конкурса уроков",
			"15.09.2026 – 25.05.2027 1 50",
			"Представляется за многолетнюю работу с учениками.",
			"Педагогический совет, протокол от 02.10.2026 № 3",
			"Директор",
			lacks=("Ромашкин", "Секретов"),
		)
		self.assertEqual(text.count("15.09.2026 – 25.05.2027"), 2)
		letter, nomination = pages(award, "Award")[:2]
		self.assertIn("Приложение:", letter)
		self.assertTrue(nomination.lstrip("2 ").startswith("ПРЕДСТАВЛЕНИЕ"), nomination[:60])

	def test_word_says_the_same(self) -> None:
		award = self.nomination()
		document = docx.Document(BytesIO(html_to_docx(frappe.get_print(award.doctype, award.name, "Award"))))
		text = "\n".join(paragraph.text for paragraph in document.paragraphs)
		for words in ("О представлении Тополева", "ПРЕДСТАВЛЕНИЕ", "Утверждено планов: 1"):
			self.assertIn(words, text)
		content = frappe.get_print(award.doctype, award.name, "Award", as_pdf=True)
		self.assertEqual(len(PdfReader(BytesIO(content)).pages), 2)

	def test_what_somebody_wrote_stays(self) -> None:
		award = self.nomination(characteristic="Свои слова о наставнике.", earlier_awards="нет")
		award.save()
		self.assertEqual((award.characteristic, award.earlier_awards), ("Свои слова о наставнике.", "нет"))
		award.characteristic = ""
		award.save()
		self.assertIn("Стаж, лет: 21. Категория: высшая.", award.characteristic)

	def test_awards_granted_here_and_hours_of_training_are_told(self) -> None:
		thanks = self.school.award(self.mentor, kind="award-mentor-thanks")
		self.school.award(self.mentor, kind="award-honour")  # proposed only
		order = self.school.order(
			order_type="grant-awards",
			heading="О поощрении",
			awards=[{"award": thanks.name}],
			effect="Grant Awards",
		)
		year = self.school.signed(order).order_date.year
		row = {"party_type": "Mentor", "party": self.mentor.name, "person_name": self.mentor.full_name}
		trainings = ({"hours": 16}, {"hours": 8, "status": "Planned", "held_on": "2027-02-01"})
		for values in trainings:
			self.school.event(kind="event-training", participants=[row], **values)
		award = self.nomination()
		self.assertEqual(award.earlier_awards, f"Благодарственное письмо наставнику ({year})")
		self.assertIn("Обучение наставников, часов: 16.", award.characteristic)

	def test_a_contest_has_a_kind_of_its_own(self) -> None:
		award = self.nomination(kind="award-contest-nomination", nominated_for="«Наставник года» района")
		words = ("ПРЕДСТАВЛЕНИЕ на конкурс наставников", "Конкурс: «Наставник года» района.")
		self.printed(award, "Award", *words)

	def test_who_is_no_mentor_is_nominated_by_hand(self) -> None:
		award = self.school.record(
			"Mentoring Award",
			kind="award-nomination",
			recipient_name="Осокина Валерия Олеговна",
			post="методист",
			reason="методическую помощь",
		)
		self.assertFalse(award.characteristic)
		self.printed(
			award, "Award", "О представлении Осокиной Валерии Олеговны", "____", lacks=("Программа №",)
		)

	def test_only_what_the_reader_may_see(self) -> None:
		award = self.nomination()
		self.assertEqual(len(nominations.record_of(award).works), 2)
		with as_user(self.school.curator):
			self.assertEqual(len(nominations.record_of(award).works), 2)
		stranger = make_school("Чужая школа")
		with as_user(stranger.curator):
			self.assertEqual(nominations.record_of(award).works, ())
			with self.assertRaises(frappe.PermissionError):
				frappe.get_print(award.doctype, award.name, "Award", as_pdf=True)

	def test_the_answer_is_written_down_after_the_order_and_nothing_else(self) -> None:
		award = self.nomination()
		order = self.school.order(
			order_type="grant-awards",
			heading="О поощрении",
			awards=[{"award": award.name}],
			effect="Grant Awards",
		)
		self.school.signed(order)
		award.reload()
		self.assertEqual(award.workflow_state, "Granted")
		award.outcome = "Награждён приказом министерства"
		award.save()
		award.characteristic = "Другие слова"
		with self.assertRefused(error=ContentLocked):
			award.save()

	def test_a_site_that_had_the_kind_before_gets_its_paper(self) -> None:
		award = self.nomination()
		frappe.db.set_value("Mentoring Kind", "award-nomination", {"paper": "", "wording": ""})
		frappe.db.set_value("Mentoring Award", award.name, "paper", "")
		frappe.clear_document_cache("Mentoring Kind", "award-nomination")
		nominations_have_a_paper.execute()
		paper, wording = frappe.db.get_value("Mentoring Kind", "award-nomination", ["paper", "wording"])
		self.assertEqual(paper, "Nomination")
		self.assertIn("представляем к награде", wording)
		self.assertEqual(frappe.db.get_value("Mentoring Award", award.name, "paper"), "Nomination")
