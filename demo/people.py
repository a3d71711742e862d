"""The bases of mentors and mentees, and their consents."""

from __future__ import annotations

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_years, getdate

from demo.matching import Match
from demo.roster import MENTEE, MENTOR, Person, Roster
from demo.staff import School, mentor_with_login, target_group, working_day
from nastavnik_app.people import consent_collection

PROCESSING, ADDITIONAL_WORK = "Personal Data Processing", "Additional Work"
SPECIAL, DISSEMINATION = "Special Categories", "Dissemination"
FORMS = FORM_OF_WORKERS, FORM_OF_PUPILS, FORM_OF_GROUPS = "teacher-teacher", "pupil-pupil", "teacher-pupil"

Records = dict[Person, tuple[str, str]]  # person → DocType and name


def load_people(school: School, roster: Roster) -> Records:
	"""Inserts those of the roster who take part, and admits them to the bank.

	The other pupils stay in the school's own lists: without a purpose their data are not kept here.
	"""
	competencies = {
		row.title: row.name for row in frappe.get_all("Mentoring Competency", fields=["name", "title"])
	}
	users = {mentor_with_login(roster): school.logins["mentor"]}
	records = {
		person: _mentor(school, person, competencies, users.get(person)) for person in roster.of_role(MENTOR)
	}
	records |= {person: _mentee(school, person, competencies) for person in roster.of_role(MENTEE)}
	return records


def _mentor(
	school: School, person: Person, competencies: dict[str, str], user: str | None
) -> tuple[str, str]:
	forms = (FORM_OF_PUPILS,) if person.is_pupil else (FORM_OF_WORKERS, FORM_OF_GROUPS)
	return _admitted(
		{
			"doctype": "Mentor",
			**_common(school, person),
			"user": user,
			"capacity": person.places,
			"category": person.category,
			"workplace": "",
			"contract_number": f"{person.hired_on:%m/%Y}" if person.hired_on else "",
			"contract_date": person.hired_on,
			"forms": [{"form": form} for form in forms],
			"competencies": [{"competency": competencies[theme]} for theme in person.themes],
		}
	)


def _mentee(school: School, person: Person, competencies: dict[str, str]) -> tuple[str, str]:
	return _admitted(
		{
			"doctype": "Mentee",
			**_common(school, person),
			"main_request": "; ".join(person.themes),
			"needs": [{"competency": competencies[theme]} for theme in person.themes],
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
		"representatives": [_representative(person)] if person.is_pupil else [],
	}


def _representative(person: Person) -> dict[str, str]:
	return {"full_name": person.representative, "relation": person.relation, "phone": person.phone}


def _admitted(values: dict[str, object]) -> tuple[str, str]:
	record = apply_workflow(frappe.get_doc(values).insert(), "Admit to Bank")
	return record.doctype, record.name


def without_consent(matches: list[Match]) -> list[Person]:
	"""Those whose consents are left out on purpose: a senior pupil and three of the mentored in the many pairs of
	pupils, and one of the last group."""
	pairs = [match for match in matches if match.form == FORM_OF_PUPILS]
	groups = [match for match in matches if match.form == FORM_OF_GROUPS]
	mentors = [pair.mentor for pair in pairs[30:31]]
	mentees = [pair.mentees[0] for pair in pairs[2:30:10]]
	return [*mentors, *mentees, groups[-1].mentees[0]]


def collect_consents(school: School, records: Records, matches: list[Match], missing: list[Person]) -> int:
	"""Records the consents of everybody but the missing; returns how many."""
	signed = [_consent(records[person], person, PROCESSING) for person in records if person not in missing]
	workers = [match.mentor for match in matches if match.form == FORM_OF_WORKERS]
	signed += [_consent(records[mentor], mentor, ADDITIONAL_WORK) for mentor in workers]
	return len(signed)


def collect_other_consents(school: School, teacher: tuple[str, str], pupil: tuple[str, str]) -> None:
	"""Sheets are printed and come back signed: a pupil's special categories, a teacher's dissemination; of the pupil's
	class those of dissemination are still at home."""
	for (party_type, party), kind in ((pupil, SPECIAL), (teacher, DISSEMINATION)):
		sheets = consent_collection.prepare(school.organization, kind, party_type, people=[party])
		consent_collection.record_collected(sheets, getdate())
	school_class = frappe.db.get_value(*pupil, "school_class")
	consent_collection.prepare(school.organization, DISSEMINATION, "Mentee", school_class=school_class)


def _consent(record: tuple[str, str], person: Person, kind: str) -> str:
	representative = person.representative if person.age_on(getdate()) < 18 else ""
	return sign_consent(*record, kind, representative, endless=kind == ADDITIONAL_WORK)


def sign_consent(
	party_type: str, party: str, kind: str, representative: str = "", endless: bool = False
) -> str:
	"""Records a consent signed today, by the representative where there is one, for a year; its name."""
	consent = frappe.get_doc(
		{
			"doctype": "Consent",
			"party_type": party_type,
			"party": party,
			"kind": kind,
			"signed_on": getdate(),
			"valid_until": None if endless else add_years(getdate(), 1),
			"representative_name": representative,
		}
	).insert()
	return apply_workflow(consent, "Record Signature").name
