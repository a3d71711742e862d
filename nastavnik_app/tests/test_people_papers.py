"""Papers about people as they come off the printer: whose names in which case, what is left blank, who may print."""

from __future__ import annotations

import frappe
from frappe.model.workflow import apply_workflow

from nastavnik_app.documents.people_methods import support_plans
from nastavnik_app.tests.builders import as_user, consent_for, make_school, make_user, record_consent
from nastavnik_app.tests.papers import KINDS, PapersTestCase, pages

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}"
PAIR_PAPERS = ("Contract Addendum", "Notice of Early End", "Mentoring Agreement", "Pair Notice")
PLAN_PAPERS = ("Individual Plan", "Mentor Report")
MET = {"evidence": "Запись в журнале встреч"}


class TestPlanAndReport(PapersTestCase):
	def done(self, pair):
		return self.school.plan(
			pair,
			deficits="Дисциплина на уроке",
			recommendations="Посещать уроки коллег.",
			activities=[
				{"activity": "Знакомство", "due_date": "2026-09-20", **MET, "done_on": "2026-09-19"},
				{"activity": "Посещение уроков", "due_date": "2026-10-20", **MET, "done_on": "2026-11-01"},
				{"activity": "Открытый урок", "due_date": "2027-03-20", "expected_result": "Урок проведён"},
			],
		)

	def test_between_workers_the_plan_is_a_personalised_programme(self) -> None:
		pair = self.worker_pair(
			role_model="Опытный учитель — молодой специалист", meeting_schedule="по вторникам"
		)
		frappe.db.set_value("Pair", pair.name, "order", self.assigning_order("12-од"))
		self.printed(
			self.done(pair),
			"Individual Plan",
			"ПЕРСОНАЛИЗИРОВАННАЯ ПРОГРАММА НАСТАВНИЧЕСТВА",
			"Тополев Илья Сергеевич, учитель физики",
			"приказ о закреплении от",
			"№ 12-од",
			"Опытный учитель — молодой специалист",
			"по вторникам",
			"Дисциплина на уроке",
			"№ Мероприятие, задание Срок Планируемый результат Фактический результат Отметка наставника",
			"Выполнено 19.09.2026",
			lacks=("ИНДИВИДУАЛЬНЫЙ ПЛАН",),
		)

	def assigning_order(self, number: str) -> str:
		return self.school.signed(self.school.order(self.school.pair()), number).name

	def test_parents_are_shown_the_plan_of_a_minor(self) -> None:
		plan = self.school.plan(self.school.pair(mentees=[self.pupil(9)]))
		words = ("ИНДИВИДУАЛЬНЫЙ ПЛАН работы наставника с наставляемым", "Ромашкина Ольга Игоревна Законный")
		self.printed(plan, "Individual Plan", *words)

	def test_report_tells_what_was_done_in_time_and_what_late(self) -> None:
		program = frappe.get_doc("Mentoring Program", self.school.program)
		program.append("curators", {"user": self.school.curator, "person_name": "Орехова Дарья Андреевна"})
		program.save()
		self.printed(
			self.done(self.worker_pair()),
			"Mentor Report",
			"ОТЧЁТ НАСТАВНИКА",
			"В срок 19.09.2026",
			"С опозданием 01.11.2026",
			"Не выполнено",
			"на 67 %: мероприятий всего 3, выполнено 2 (из них с опозданием 1), не выполнено 1",
			"Подготовиться к итоговому собеседованию",
			"Посещать уроки коллег.",
			"И. С. Тополев",
			"Куратор программы ________________ Д. А. Орехова",
		)


class TestSupportCard(PapersTestCase):
	def profile(self, **values):
		mentee = self.pupil(9, school_class="3 «Б»")
		record_consent(mentee, kind="Special Categories")
		return frappe.get_doc(
			{
				"doctype": "Mentee Support Profile",
				"mentee": mentee.name,
				"organization": self.school.organization,
			}
			| values
		).insert()

	def test_card_names_grounds_registers_mentor_and_measures(self) -> None:
		profile = self.profile(
			disability=1,
			commission_conclusion="Вариант 7.1",
			hard_life=1,
			registers=[{"register": "Внутришкольный учёт", "entered_on": "2026-09-10", "relapse": 1}],
			measures=[{"measure": "Занятия с психологом", "specialist": "Педагог-психолог"}],
			family_work="Беседы с матерью",
			result="Тревожность снизилась",
		)
		mentor = self.worker()
		pair = self.school.pair(mentor, [frappe.get_doc("Mentee", profile.mentee)])
		self.printed(profile, "Support Card", lacks=(mentor.full_name,))  # not assigned yet
		self.school.signed(self.school.order(pair))
		self.printed(
			profile,
			"Support Card",
			"Конфиденциально",
			"Ромашкин Пётр Ильич, 3 «Б»",
			"Ромашкина Ольга Игоревна (мать)",
			mentor.full_name,
			"ограниченные возможности здоровья или инвалидность; трудная жизненная ситуация",
			"Вариант 7.1",
			"Внутришкольный учёт",
			"повторно",
			"Занятия с психологом",
			"Беседы с матерью",
			"Тревожность снизилась",
		)

	def test_card_shows_the_mentors_plan_with_steps_and_results(self) -> None:
		profile = self.profile(disability=1, tutor_name="Тополев Илья Сергеевич", opened_on="2026-09-01")
		mentee = frappe.get_doc("Mentee", profile.mentee)
		pair = self.school.pair(self.worker(), [mentee])
		self.school.signed(self.school.order(pair))
		plan = self.school.plan(
			pair,
			goal="Привыкнуть к новому классу",
			activities=[
				{"activity": "Знакомство", "due_date": "2026-09-20", "expected_result": "Доверие"},
				{"activity": "Прогулка по школе", "due_date": "2026-10-20"},
			],
		)
		words = (
			"План тьютора (наставника): Тополев Илья Сергеевич",
			"Привыкнуть к новому классу",
			"Знакомство",
		)
		self.printed(profile, "Support Card", "Утверждённого плана ещё нет", lacks=words)
		self.approve(plan)
		plan.reload()
		plan.activities[0].update({"done_on": "2026-09-19", "actual_result": "Гуляли во дворе"})
		plan.recommendations = "Ходить в школу вместе с одноклассником"
		plan.save()
		done = (
			"приказом от",
			"Выполнен на 50 %",
			"Доверие",
			"Гуляли во дворе",
			"Выполнено 19.09.2026",
			"Прогулка по школе",
			"Рекомендации наставника: Ходить в школу вместе с одноклассником.",
		)
		self.printed(profile, "Support Card", *words, *done, lacks=("Утверждённого плана ещё нет",))

	def approve(self, plan) -> None:
		apply_workflow(plan, "Declare Ready")
		self.school.signed(self.school.plans_order(plan))

	def test_plans_that_ended_before_the_card_and_others_pupils_plans_are_left_out(self) -> None:
		profile = self.profile(opened_on="2027-06-01")
		pair = self.school.pair(self.worker(), [frappe.get_doc("Mentee", profile.mentee)])
		self.school.signed(self.school.order(pair))
		self.approve(self.school.plan(pair, goal="Прошлогодняя цель"))
		other = self.school.pair()
		self.school.signed(self.school.order(other))
		self.approve(self.school.plan(other, goal="Чужая цель"))
		self.printed(profile, "Support Card", lacks=("Прошлогодняя цель", "Чужая цель"))
		profile.opened_on = None
		profile.save()
		self.printed(profile, "Support Card", "Прошлогодняя цель", lacks=("Чужая цель",))

	def test_a_plan_stands_in_the_card_for_whoever_may_read_it(self) -> None:
		profile = self.profile()
		pair = self.school.pair(self.worker(), [frappe.get_doc("Mentee", profile.mentee)])
		self.school.signed(self.school.order(pair))
		self.approve(self.school.plan(pair))
		self.assertEqual([one["pair"].name for one in support_plans(profile)], [pair.name])
		with as_user(self.school.curator):
			self.assertEqual(len(support_plans(profile)), 1)
		with as_user(make_school("Чужая школа").curator):
			self.assertEqual(support_plans(profile), [])

	def test_director_and_participants_print_no_card(self) -> None:
		profile = self.profile()
		for user in (self.school.director, make_user("pupil", "Mentoring Participant")):
			with as_user(user), self.assertRaises(frappe.PermissionError):
				frappe.get_print("Mentee Support Profile", profile.name, "Support Card", as_pdf=True)

	def test_empty_card_has_rows_to_fill(self) -> None:
		self.printed(self.profile(), "Support Card", "Основания сопровождения ____", " 5 ")


class TestGroup(PapersTestCase):
	"""A mentor with a child, a teenager and an adult: each is addressed, and signs, as the age asks for."""

	def setUp(self) -> None:
		super().setUp()
		child = self.pupil(9, school_class="3 «Б»")
		father = {"full_name": "Клёнов Павел Андреевич", "relation": "отец"}
		teenager = self.pupil(
			16, last_name="Клёнова", first_name="Вера", middle_name="Павловна", representatives=[father]
		)
		adult = self.pupil(
			26, last_name="Ясенев", first_name="Олег", middle_name="Игоревич", representatives=[]
		)
		self.pair = self.school.pair(
			self.worker(capacity=3), [child, teenager, adult], meeting_schedule="два раза в месяц"
		)

	def test_agreement_is_signed_by_all(self) -> None:
		text = self.printed(
			self.pair,
			"Mentoring Agreement",
			"в лице директора Берёзовой Полины Игоревны",
			"Тополев Илья Сергеевич, учитель физики (далее — Наставник);",
			"Ромашкин Пётр Ильич, 3 «Б», в лице законного представителя: Ромашкиной Ольги Игоревны (мать);",
			"Клёнова Вера Павловна, с согласия законного представителя: Клёнова Павла Андреевича (отец);",
			"Ясенев Олег Игоревич (далее — Наставляемый, каждый в отдельности).",
			"1. Предмет и цель 1.1. Наставник помогает",
			"Режим встреч: два раза в месяц.",
			"5. Законный представитель",
			"10. Заключительные положения",
		)
		signatures = text[text.index("Подписи сторон") :]
		for words in (
			"Наставляемый Клёнова Вера",
			"Наставляемый Ясенев Олег",
			"Ромашкина Ольга",
			"Клёнов Павел",
		):
			self.assertIn(words, signatures)
		self.assertNotIn("Наставляемый Ромашкин", signatures)

	def test_adults_agree_without_representatives(self) -> None:
		self.printed(
			self.worker_pair(),
			"Mentoring Agreement",
			"дополнительным соглашением к его трудовому договору",
			"не менее чем за три рабочих дня",
			lacks=("редставител", "есплатн"),
		)

	def test_notice_is_a_sheet_for_each(self) -> None:
		self.school.signed(self.school.order(self.pair), "12-од")
		sheets = pages(self.pair.reload() or self.pair, "Pair Notice")
		for sheet, words in zip(
			sheets,
			(
				("Тополеву Илье Сергеевичу, учителю физики", "Вы назначены наставником"),
				("Ромашкиной Ольге Игоревне, законному представителю Ромашкина Петра Ильича, 3 «Б»",),
				(
					"Клёнову Павлу Андреевичу, законному представителю",
					"за Клёновой Верой Павловной закреплён",
				),
				("Ясеневу Олегу Игоревичу", "за Вами закреплён наставник"),
			),
			strict=True,
		):
			for word in (*words, "№ 12-од", "наставнической группы", "два раза в месяц"):
				self.assertIn(word, sheet)

	def test_plan_is_acknowledged_by_all(self) -> None:
		words = ("групповое", "Клёнов Павел Андреевич Законный", "Ясенев Олег Игоревич Наставляемый")
		self.printed(self.school.plan(self.pair), "Individual Plan", *words)


class TestAnyPaper(PapersTestCase):
	def test_own_forms_of_names_win(self) -> None:
		pair = self.worker_pair()
		frappe.db.set_value("Mentor", pair.mentor, "name_dative", "Тополеву-Особому И. С.")
		self.assertIn("Тополеву-Особому И. С.", pages(pair, "Pair Notice")[0])

	def test_a_record_with_nothing_filled_in_prints(self) -> None:
		bare = dict.fromkeys(("birth_date", "middle_name", "target_group"))
		mentor, mentee = self.school.mentor(**bare), self.school.mentee(**bare)
		pair = self.school.pair(mentor, [mentee], end_date=None)
		plan = self.school.plan(pair, goal="Цель", activities=[{"activity": "Встреча"}])
		for doc, papers in ((pair, PAIR_PAPERS), (plan, PLAN_PAPERS)):
			for paper in papers:
				self.assertIn("____", self.printed(doc, paper))
		for person, kinds in ((mentor, KINDS), (mentee, KINDS[:3])):
			for kind in kinds:
				self.assertIn("____", self.printed(self.blank(person, kind), "Consent Sheet"))

	def test_another_schools_curator_prints_nothing(self) -> None:
		pair = self.worker_pair()
		plan, consent = self.school.plan(pair), consent_for(self.worker())
		papers = [(pair, paper) for paper in PAIR_PAPERS] + [(plan, paper) for paper in PLAN_PAPERS]
		stranger = make_school("Чужая школа")
		for doc, paper in [*papers, (consent, "Consent Sheet")]:
			with as_user(stranger.curator), self.assertRaises(frappe.PermissionError, msg=paper):
				frappe.get_print(doc.doctype, doc.name, paper, as_pdf=True)

	def test_participant_sees_on_paper_no_more_than_the_pair_tells(self) -> None:
		user = make_user("mentor", "Mentoring Participant")
		pair = self.school.pair(self.worker(user=user), [self.pupil(9)])
		with as_user(user):
			for paper in PAIR_PAPERS:
				self.printed(pair, paper, lacks=("15/2018", "Ольг", "учител"))

	def test_whatever_somebody_types_is_printed_as_text(self) -> None:
		pair = self.worker_pair()
		plan = self.school.plan(pair)
		mentor, mentee = pair.mentor, pair.mentees[0].mentee
		consents = [self.blank(frappe.get_doc("Mentor", mentor), kind) for kind in KINDS]
		self.spoil(
			"Educational Organization", self.school.organization, "full_name", "address", "data_processor"
		)
		self.spoil(
			"Educational Organization", self.school.organization, "director_name", "director_post", "city"
		)
		self.spoil("Mentor", mentor, "position", "phone", "contract_number")
		self.spoil("Mentee", mentee, "position")
		fields = ("mentor_name", "role_model", "addendum_number", "work_content", "work_form", "work_pay")
		self.spoil("Pair", pair.name, *fields, "meeting_schedule", "end_reason")
		self.spoil("Pair Mentee", pair.mentees[0].name, "mentee_name", "school_class")
		self.spoil("Individual Plan", plan.name, "goal", "deficits", "recommendations", "end_reason")
		self.spoil("Plan Activity", plan.activities[0].name, "activity", "expected_result", "actual_result")
		fields = ("party_name", "purpose", "data_list", "page_addresses", "prohibitions", "subject_address")
		for consent in consents:
			self.spoil("Consent", consent.name, *fields, "subject_document", "representative_document")
		papers = [(pair, paper) for paper in PAIR_PAPERS] + [(plan, paper) for paper in PLAN_PAPERS]
		for doc, paper in papers + [(consent, "Consent Sheet") for consent in consents]:
			page = frappe.get_print(doc.doctype, doc.name, paper)
			self.assertGreater(page.count(ESCAPED), 3, paper)
			self.assertNotIn("<script>alert", page, paper)

	def test_whatever_a_specialist_types_is_printed_as_text(self) -> None:
		mentee = self.pupil(9)
		record_consent(mentee, kind="Special Categories")
		profile = frappe.get_doc(
			{
				"doctype": "Mentee Support Profile",
				"mentee": mentee.name,
				"organization": self.school.organization,
				"disability": 1,
				"registers": [{"register": "x"}],
				"measures": [{"measure": "x"}],
			}
		).insert()
		fields = (
			"mentee_name",
			"specialist_name",
			"commission_conclusion",
			"tutor_name",
			"grounds_note",
			"aim",
		)
		self.spoil("Mentee Support Profile", profile.name, *fields, "family_work", "result")
		self.spoil("Support Register Entry", profile.registers[0].name, "register", "basis")
		self.spoil("Support Measure", profile.measures[0].name, "measure", "specialist", "result")
		self.spoil("Mentee Representative", mentee.representatives[0].name, "full_name", "relation")
		page = frappe.get_print(profile.doctype, profile.name, "Support Card")
		self.assertGreater(page.count(ESCAPED), 12)
		self.assertNotIn("<script>alert", page)

	def spoil(self, doctype: str, name: str, *fields: str) -> None:
		"""Writes markup past the clean-up that Frappe does when a form is saved."""
		frappe.db.set_value(doctype, name, dict.fromkeys(fields, HOSTILE))
		frappe.clear_document_cache(doctype, name)
