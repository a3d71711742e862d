"""Consents and the papers of a worker's extra duty: the words that the law asks for, and who signs."""

from __future__ import annotations

import frappe
from frappe.utils import getdate

from nastavnik_app.tests.builders import make_user, record_consent
from nastavnik_app.tests.papers import KINDS, PapersTestCase, pages

# 152-ФЗ, art. 9, part 4, and приказ Роскомнадзора от 24.02.2021 № 18, with what follows the number of each point
NINE_ELEMENTS = (
	"1. Субъект персональных данных",
	"2. Согласие",
	"3. Оператор, который получает согласие",
	"4. Цель обработки",
	"5. ",
	"6. Лицо, которое обрабатывает персональные данные по поручению",
	"7. Перечень действий",
	"8. Срок действия согласия и способ его отзыва",
	"9. Подпись",
)
NINE_OF_DISSEMINATION = (
	"1. Субъект персональных данных",
	"2. Контакты: телефон",
	"3. Оператор",
	"4. Информационные ресурсы",
	"5. Цель",
	"6. Категория",
	"7. Условия и запреты",
	"8. Полученные персональные данные Оператор передаёт",
	"9. Согласие действует",
)


class TestConsents(PapersTestCase):
	def test_processing_has_the_nine_elements_of_the_law(self) -> None:
		for kind in ("Personal Data Processing", "Special Categories"):
			self.printed(self.blank(self.pupil(9), kind), "Consent Sheet", *NINE_ELEMENTS)

	def test_dissemination_has_the_nine_elements_of_the_regulators_order(self) -> None:
		text = self.printed(
			self.blank(self.pupil(9), "Dissemination"), "Consent Sheet", *NINE_OF_DISSEMINATION
		)
		self.assertIn("ИНН 0000000001, ОГРН 0000000000002", text)
		self.assertIn("строка без слова «да» распространять не разрешает", text)

	def test_each_consent_is_one_page_whoever_signs(self) -> None:
		for person in (self.pupil(9), self.pupil(16), self.worker()):
			for kind in KINDS:
				self.assertEqual(len(pages(self.blank(person, kind), "Consent Sheet")), 1, kind)

	def test_consent_is_for_one_purpose(self) -> None:
		person = self.pupil(16)
		text = self.printed(self.blank(person, "Personal Data Processing"), "Consent Sheet")
		self.assertIn("Распространение персональных данных этим согласием не разрешается", text)
		text = self.printed(self.blank(person, "Dissemination"), "Consent Sheet")
		self.assertIn("Специальные категории и биометрические персональные данные не распространяются", text)

	def test_for_a_child_the_representative_alone_signs(self) -> None:
		for kind in KINDS[:3]:
			text = self.printed(
				self.blank(self.pupil(9), kind),
				"Consent Sheet",
				"представляемого лица",
				"законный представитель: Ромашкина Ольга Игоревна (мать)",
				"Законный представитель ________________ О. И. Ромашкина",
				lacks=("П. И. Ромашкин",),
			)
			self.assertIn("даю согласие", text)

	def test_a_teenager_signs_with_the_representative(self) -> None:
		for kind in KINDS[:3]:
			self.printed(
				self.blank(self.pupil(16), kind),
				"Consent Sheet",
				"даём согласие",
				"Субъект персональных данных ________________ П. И. Ромашкин",
				"Законный представитель ________________ О. И. Ромашкина",
				lacks=("представляемого",),
			)

	def test_an_adult_signs_alone(self) -> None:
		for kind in KINDS:
			self.printed(
				self.blank(self.worker(), kind),
				"Consent Sheet",
				"даю",
				"________________ И. С. Тополев",
				lacks=("редставител", "представляемого"),
			)

	def test_who_processes_on_the_schools_behalf_is_named(self) -> None:
		consent = self.blank(self.worker(), "Personal Data Processing")
		self.printed(consent, "Consent Sheet", "если обработка никому не поручена, пишется «нет»): ____")
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.data_processor = "ООО «Вычислитель», ул. Дальняя, 2"
		organization.save()
		text = self.printed(
			consent, "Consent Sheet", "по поручению Оператора: ООО «Вычислитель», ул. Дальняя, 2."
		)
		self.assertNotIn("если обработка никому не поручена", text)

	def test_dissemination_names_its_pages_and_prohibitions(self) -> None:
		consent = self.blank(
			self.worker(),
			"Dissemination",
			page_addresses="https://school.example/mentoring",
			prohibitions="Не передавать печати",
			data_list="Портрет\nОтзыв",
		)
		words = ("https://school.example/", "Не передавать печати.", "Портрет", "Отзыв")
		self.printed(consent, "Consent Sheet", *words, lacks=("Класс или должность",))

	def test_additional_work_is_described_by_the_mentors_pair(self) -> None:
		pair = self.worker_pair(work_content="Разбор уроков", work_form="Очно", work_pay="Доплата 15 %")
		mentor = frappe.get_doc("Mentor", pair.mentor)
		self.printed(
			self.blank(mentor, "Additional Work"),
			"Consent Sheet",
			"Директору",
			"Берёзовой Полине Игоревне",
			"от учителя физики Тополева Ильи Сергеевича",
			"Липина Анна Олеговна, учитель математики",
			"Содержание работы по наставничеству: Разбор уроков.",
			"с 15 сентября 2026 г. по 25 мая 2027 г.",
			"Форма выполнения работы: Очно.",
			"Размер и условия оплаты: Доплата 15 %.",
			"к трудовому договору от 27 августа 2018 г. № 15/2018",
			"не менее чем за три рабочих дня",
		)

	def test_additional_work_without_a_pair_leaves_lines(self) -> None:
		self.school.pair(self.worker())  # of another form: no work for another worker
		mentor = self.worker(position=None, contract_number=None, contract_date=None)
		words = ("Содержание работы по наставничеству: ____", "Размер и условия оплаты: ____", "от ____")
		self.printed(self.blank(mentor, "Additional Work"), "Consent Sheet", *words)


class TestContract(PapersTestCase):
	def test_addendum_says_what_the_labour_code_asks_for(self) -> None:
		pair = self.worker_pair(
			addendum_number="3",
			addendum_date="2026-09-10",
			work_content="Разбор уроков",
			work_form="Очно",
			work_pay="Доплата 15 %",
		)
		record_consent(frappe.get_doc("Mentor", pair.mentor), kind="Additional Work", signed_on="2025-09-01")
		self.printed(
			pair,
			"Contract Addendum",
			"ДОПОЛНИТЕЛЬНОЕ СОГЛАШЕНИЕ № 3 к трудовому договору от 27 августа 2018 г. № 15/2018",
			"10 сентября 2026 г.",
			"в лице директора Берёзовой Полины Игоревны (основание полномочий: устав)",
			"письменного согласия от 1 сентября 2025 г.",
			"другому работнику: Липиной Анне Олеговне, учителю математики.",
			"2. Содержание работы по наставничеству: Разбор уроков.",
			"3. Срок выполнения работы: с 15 сентября 2026 г. по 25 мая 2027 г.",
			"4. Форма выполнения работы: Очно.",
			"объёма): Доплата 15 %.",
			"не менее чем за три рабочих дня",
			"Работник ________________ И. С. Тополев",
		)

	def test_acting_director_signs_on_the_ground_of_the_order_that_named_him(self) -> None:
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.append(
			"acting_directors",
			{
				"user": make_user("acting"),
				"person_name": "Кедрова Зоя Львовна",
				"person_name_genitive": "Кедровой Зои Львовны",
				"post": "И. о. директора",
				"post_genitive": "И. о. директора",
				"from_date": getdate(),
				"to_date": getdate(),
				"basis": "приказ от 31.08.2026 № 50",
			},
		)
		organization.save()
		words = (
			"в лице и. о. директора Кедровой Зои Львовны (основание полномочий: приказ от 31.08.2026 № 50)"
		)
		self.printed(self.worker_pair(addendum_date=getdate()), "Contract Addendum", words)

	def test_notice_counts_its_working_days(self) -> None:
		pair = self.worker_pair(notice_given_on="2026-10-01")  # a Thursday
		sheets = pages(pair, "Notice of Early End")
		self.assertEqual(len(sheets), 2)
		for sheet, words in zip(
			sheets,
			(
				("Учителю физики Тополеву Илье Сергеевичу", "о досрочной отмене поручения", "П. И. Берёзова"),
				("Директору", "Берёзовой Полине Игоревне", "от учителя физики Тополева Ильи Сергеевича"),
			),
			strict=True,
		):
			last_day = "Последний день выполнения работы по наставничеству: 6 октября 2026 г."
			for word in (
				*words,
				last_day,
				"не менее чем за три рабочих дня",
				"статьёй 351.8",
				"Анне Олеговне",
			):
				self.assertIn(word, sheet)

	def test_notice_takes_the_schools_term_and_a_later_end(self) -> None:
		frappe.db.set_single_value("Mentoring Settings", "notice_working_days", 5)
		pair = self.worker_pair(notice_given_on="2026-10-01")
		self.printed(pair, "Notice of Early End", "8 октября 2026 г.", "не менее чем за пять рабочих дней")
		frappe.db.set_value("Pair", pair.name, "ended_on", "2026-10-30")
		self.printed(pair.reload() or pair, "Notice of Early End", "наставничеству: 30 октября 2026 г.")
