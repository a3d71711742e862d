"""The year before, where papers are written: people on record, orders, pairs, plans, assessments, publications, review."""

from __future__ import annotations

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, add_years, getdate

from demo import orders
from demo.last_year_people import FORMS, GROUPS, MENTEE, MENTOR, PEOPLE, PUPILS, WORKERS, Participant
from demo.last_year_records import Year
from demo.people import ADDITIONAL_WORK, DISSEMINATION, PROCESSING, sign_consent
from demo.staff import acting
from nastavnik_app.pairs import matching, plan_templates
from nastavnik_app.program import review as reviews

PLAN_TEMPLATES = {
	"teacher-teacher": "plan-novice-master",
	"teacher-pupil": "plan-underachieving",
	"pupil-pupil": "plan-pupil-pupil",
	"employer-pupil": "plan-employer-pupil",
}
READINESS = ("readiness-wish", "readiness-planning", "readiness-dialogue")


def _record(year: Year, doctype: str, **values: object):
	return frappe.get_doc({"doctype": doctype, "program": year.school.program, **values}).insert()


def _sign(
	year: Year, order_type: str, doctype: str = "Mentoring Program", names: list[str] | None = None, **values
):
	order = orders.sign(year.school, orders.make(year.school, order_type, doctype, names, **values))
	year.orders.append(order)
	return order


def gather_materials(year: Year) -> None:
	materials = ("Памятка наставнику: первая встреча", "Сценарий пробной встречи", "Лист обратной связи")
	for title in materials:
		_record(
			year,
			"Mentoring Best Practice",
			title=title,
			kind="Teaching Material",
			author="Методический кабинет",
		)


def start(year: Year) -> None:
	curator = year.roster.holder_of("Заместитель директора по учебной работе")
	_sign(year, "appoint-curator", curator=year.school.logins["curator"], curator_name=curator.full_name)
	_sign(year, "start-program")


def approve_accessibility(year: Year) -> None:
	_sign(year, "accessibility")


def enter_people(year: Year) -> None:
	for one in PEOPLE:
		record = frappe.get_doc({"doctype": one.doctype, **_common(year, one), **_of_part(one)}).insert()
		year.people[one.last_name] = apply_workflow(record, "Admit to Bank")


def _common(year: Year, one: Participant) -> dict[str, object]:
	representatives = [{"full_name": f"{one.last_name} (родитель)", "relation": "родитель"}]
	return {
		"organization": year.school.organization,
		"last_name": one.last_name,
		"first_name": one.first_name,
		"middle_name": one.middle_name,
		"gender": one.gender,
		"birth_date": one.birth_date,
		"target_group": one.target_group,
		"school_class": one.school_class,
		"position": one.position,
		"years_of_service": one.years_of_service,
		"joined_on": getdate(),
		"interests": one.interests,
		"representatives": representatives if one.is_pupil else [],
	}


def _of_part(one: Participant) -> dict[str, object]:
	themes = [{"competency": theme} for theme in one.themes]
	if one.doctype == MENTEE:
		return {"needs": themes}
	return {
		"competencies": themes,
		"capacity": one.places,
		"forms": [{"form": form} for form in one.forms],
		"from_outside": int(one.from_outside),
		"clearance": "Received" if one.from_outside else "",
		"clearance_on": getdate() if one.from_outside else None,
	}


def record_consents(year: Year) -> None:
	for one, person in year.participants():
		_consent(person, PROCESSING, one)
		if WORKERS in one.forms:
			_consent(person, ADDITIONAL_WORK, one)
	_consent(year.person("Барвинкова"), DISSEMINATION, PEOPLE[0])


def _consent(person, kind: str, one: Participant) -> None:
	is_minor = one.is_pupil and add_years(one.birth_date, 18) > getdate()
	representative = f"{one.last_name} (родитель)" if is_minor else ""
	sign_consent(person.doctype, person.name, kind, representative)


def admit_volunteers(year: Year) -> None:
	"""Whoever was noted at the class hours brings what the bank needs to know, and the consent."""
	for volunteer in year.volunteers:
		volunteer.update(
			{
				"birth_date": "2008-02-11",
				"target_group": "pupils-15-19",
				"forms": [{"form": PUPILS}],
				"capacity": 0,
			}
		)
		volunteer.representatives = []
		volunteer.append("representatives", {"full_name": "Вереск Анфиса Павловна", "relation": "мать"})
		apply_workflow(volunteer.save(), "Admit to Bank")
		sign_consent(MENTOR, volunteer.name, PROCESSING, "Вереск Анфиса Павловна")


def open_rubrics(year: Year) -> None:
	"""The plan of publications in two rubrics, a month each."""
	for number, rubric in enumerate(("Наши наставники", "Вместе получилось") * 3, 1):
		_record(
			year,
			"Mentoring Publication",
			title=f"Выпуск {number}",
			kind="publication-site" if number % 2 else "publication-social",
			rubric=rubric,
			planned_on=add_days(getdate(), 40 * number),
		)


def publish(year: Year) -> None:
	"""Two of what was planned; whom they show has consented to it."""
	planned = frappe.get_list(
		"Mentoring Publication",
		filters={"program": year.school.program, "status": "Planned"},
		order_by="planned_on asc",
		pluck="name",
		limit_page_length=2,
	)
	for name in planned:
		publication = frappe.get_doc("Mentoring Publication", name)
		publication.status, publication.published_on = "Published", getdate()
		publication.page_url = f"https://school-zero.example/nastavnichestvo/2026/{publication.title[-1]}"
		publication.append("people", {"party_type": MENTOR, "party": year.person("Барвинкова").name})
		publication.save()


def enter_partner(year: Year) -> None:
	year.events["partner"] = frappe.get_doc(
		{
			"doctype": "Partner Organization",
			"organization": year.school.organization,
			"title": "Вымышленный механический завод",
			"kind": "Enterprise",
			"since": getdate(),
			"part": "Наставник для выбора профессии, экскурсии",
		}
	).insert()
	mentor = frappe.get_doc("Mentor", year.person("Клюквин").name)
	mentor.partner, mentor.workplace = year.events["partner"].name, "Вымышленский механический завод"
	year.people["Клюквин"] = mentor.save()


def match(year: Year) -> None:
	"""Form by form: mutual choice first, then the best assignment; the workers' pair gets its addendum."""
	for form, (role_model, target_group) in FORMS.items():
		record = _record(
			year,
			"Pair Matching",
			title=f"Подбор пар: {role_model}",
			form=form,
			role_model=role_model,
			target_group=target_group,
			start_date="2025-10-01",
			end_date="2026-05-31",
			as_groups=int(form == GROUPS),
		)
		matching.propose(record.name)
		matching.create_pairs(record.name)
		if form == PUPILS:
			matching.create_search_task(record.name)
	year.pairs = frappe.get_list(
		"Pair", filters={"program": year.school.program}, order_by="title asc", pluck="name"
	)
	for name in year.pairs:
		pair = frappe.get_doc("Pair", name)
		pair.mentor_agreed_on = pair.mentees_agreed_on = getdate()
		if pair.form == WORKERS:
			pair.addendum_number, pair.addendum_date = "1/д", getdate()
		pair.save()


def assign(year: Year) -> None:
	_sign(year, "assign-pairs", "Pair", year.pairs)


def approve_plans(year: Year) -> None:
	plans = []
	for pair in year.pairs:
		plan = plan_templates.draw_up(pair, PLAN_TEMPLATES[frappe.db.get_value("Pair", pair, "form")])
		plans.append(plan.insert().name if plan.is_new() else plan.name)
	with acting(year.school.logins["methodist"]):
		for plan in plans:
			apply_workflow(frappe.get_doc("Individual Plan", plan), "Declare Ready")
	_sign(year, "approve-plans", "Individual Plan", plans)


def assess(year: Year, kind: str, points: float) -> None:
	"""Mentors' readiness, and the needs of mentees, of everybody in a pair."""
	for name in year.pairs:
		pair = frappe.get_doc("Pair", name)
		people = [(MENTOR, pair.mentor), *((MENTEE, row.mentee) for row in pair.mentees)]
		for party_type, party in people:
			_assess_one(year, kind, points, party_type, party)


def _assess_one(year: Year, kind: str, points: float, party_type: str, party: str) -> None:
	already = {"party": party, "program": year.school.program, "assessed_on": getdate()}
	if frappe.db.exists("Competency Assessment", already):
		return
	needs = (
		[row.competency for row in frappe.get_doc(MENTEE, party).needs] if party_type == MENTEE else READINESS
	)
	_record(
		year,
		"Competency Assessment",
		party_type=party_type,
		party=party,
		kind=kind,
		assessed_on=getdate(),
		method="Questionnaire",
		scores=[{"competency": need, "score": points} for need in needs],
	)


def complete_plans(year: Year) -> None:
	for name in frappe.get_list("Individual Plan", filters={"program": year.school.program}, pluck="name"):
		plan = frappe.get_doc("Individual Plan", name)
		plan.recommendations = "Продолжать самостоятельно; помогать младшим."
		apply_workflow(plan.save(), "Complete")


def review(year: Year) -> None:
	record = _record(year, "Program Review", card="nine-criteria", reviewed_on=getdate())
	reviews.assemble_swot(record)
	for row in record.criteria:
		row.points = 2 if row.idx % 4 else 1
	for row in record.conditions:
		row.met = "In Full"
	record.conclusion = "Программа выполнена; в следующем году начать подбор пар раньше."
	record.save()


def award(year: Year) -> None:
	proposed = _record(
		year,
		"Mentoring Award",
		kind="award-mentor-certificate",
		party_type=MENTOR,
		party=year.person("Барвинкова").name,
		reason="работу с молодым специалистом",
	)
	_sign(year, "grant-awards", "Mentoring Award", [proposed.name])


def close_program(year: Year) -> None:
	for name in year.pairs:
		pair = frappe.get_doc("Pair", name)
		pair.results = "План выполнен, цель достигнута."
		pair.save()
	_sign(year, "close-program")


def say_goodbye(year: Year) -> None:
	"""Pupils finish school and the others leave: their records go to the archive."""
	leaving = [*(person for _one, person in year.participants()), *year.volunteers]
	for person in leaving:
		apply_workflow(frappe.get_doc(person.doctype, person.name), "Archive")
