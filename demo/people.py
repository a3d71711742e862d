"""The bases of mentors and mentees, and their consents."""

from __future__ import annotations

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_years, getdate

from demo.matching import Match
from demo.roster import MENTEE, MENTOR, Person, Roster
from demo.staff import School, target_group, working_day

PROCESSING, ADDITIONAL_WORK = "Personal Data Processing", "Additional Work"
FORM_OF_PUPILS, FORMS_OF_TEACHERS = "pupil-pupil", ("teacher-teacher", "teacher-pupil")

Records = dict[Person, tuple[str, str]]  # person → DocType and name


def load_people(school: School, roster: Roster) -> Records:
	"""Inserts those of the roster who take part, and admits them to the bank.

	The other pupils stay in the school's own lists: without a purpose their data are not kept here.
	"""
	competencies = {
		row.title: row.name for row in frappe.get_all("Mentoring Competency", fields=["name", "title"])
	}
	records = {person: _mentor(school, person, competencies) for person in roster.of_role(MENTOR)}
	records |= {person: _mentee(school, person, competencies) for person in roster.of_role(MENTEE)}
	return records


def _mentor(school: School, person: Person, competencies: dict[str, str]) -> tuple[str, str]:
	forms = (FORM_OF_PUPILS,) if person.is_pupil else FORMS_OF_TEACHERS
	return _admitted(
		{
			"doctype": "Mentor",
			**_common(school, person),
			"capacity": person.places,
			"category": person.category,
			"workplace": "",
			"forms": [{"form": form} for form in forms],
			"competencies": [{"competency": competencies[theme]} for theme in person.themes],
		}
	)


def _mentee(school: School, person: Person, competencies: dict[str, str]) -> tuple[str, str]:
	representatives = [
		{
			"full_name": person.representative,
			"relation": person.relation,
			"phone": person.phone,
		}
	]
	return _admitted(
		{
			"doctype": "Mentee",
			**_common(school, person),
			"main_request": "; ".join(person.themes),
			"needs": [{"competency": competencies[theme]} for theme in person.themes],
			"representatives": representatives if person.is_pupil else [],
		}
	)


def _common(school: School, person: Person) -> dict[str, object]:
	return {
		"organization": school.organization,
		"last_name": person.last_name,
		"first_name": person.first_name,
		"middle_name": person.middle_name,
		"gender": person.gender,
		"birth_date": person.birth_date,
		"target_group": target_group(person),
		"school_class": person.school_class,
		"position": person.position,
		"hired_on": person.hired_on,
		"years_of_service": person.years_of_service,
		"phone": "" if person.is_pupil else person.phone,
		"joined_on": working_day(),
	}


def _admitted(values: dict[str, object]) -> tuple[str, str]:
	record = apply_workflow(frappe.get_doc(values).insert(), "Admit to Bank")
	return record.doctype, record.name


def without_consent(matches: list[Match]) -> list[Person]:
	"""Five people whose consents are left out on purpose: a senior pupil, three of the mentored and one of a group."""
	pairs = [match for match in matches if match.form == "pupil-pupil"]
	groups = [match for match in matches if match.form == "teacher-pupil"]
	mentees = [pairs[index].mentees[0] for index in (2, 12, 22)]
	return [pairs[30].mentor, *mentees, groups[-1].mentees[0]]


def collect_consents(school: School, records: Records, matches: list[Match], missing: list[Person]) -> int:
	"""Records the consents of everybody but the missing; returns how many."""
	signed = [
		_consent(school, records[person], person, PROCESSING) for person in records if person not in missing
	]
	workers = [match.mentor for match in matches if match.form == "teacher-teacher"]
	signed += [_consent(school, records[mentor], mentor, ADDITIONAL_WORK) for mentor in workers]
	return len(signed)


def _consent(school: School, record: tuple[str, str], person: Person, kind: str) -> str:
	party_type, party = record
	consent = frappe.get_doc(
		{
			"doctype": "Consent",
			"party_type": party_type,
			"party": party,
			"organization": school.organization,
			"kind": kind,
			"purpose": "Участие в программе наставничества школы",
			"data_list": "Фамилия, имя, отчество, дата рождения, класс или должность, телефон, результаты анкет",
			"signed_on": getdate(),
			"valid_until": add_years(getdate(), 1),
			"representative_name": person.representative if person.age_on(getdate()) < 18 else "",
		}
	).insert()
	return apply_workflow(consent, "Record Signature").name
