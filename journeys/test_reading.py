"""Those who read: the mentor her plan, the curator the reports, the municipal officer what the schools do."""

from collections.abc import Callable
from datetime import date

import pytest

from journeys.inspection import inspect
from journeys.person import Person
from journeys.steps import PROGRAM, SCHOOL
from journeys.words import russian


def test_mentor_opens_her_plan(person: Callable[[str], Person]) -> None:
	mentor = person("mentor")
	mentor.open_list("Individual Plan")
	mentor.picture("mentor-plans")
	titles = mentor.titles()
	assert titles
	mentor.open_record("Individual Plan", titles[0])
	assert mentor.state() == russian("Approved")
	mentor.picture("mentor-plan")
	assert mentor.printed("PDF").startswith(b"%PDF")


def test_curator_reads_fulfilment_as_it_was_on_a_day(curator: Person) -> None:
	today = curator.report("Roadmap Fulfilment", program=PROGRAM)
	assert today and curator.has_chart()
	first_day = curator.report("Roadmap Fulfilment", program=PROGRAM, on_date=date(2026, 9, 1))
	assert any(russian("Overdue") in row for row in today)
	assert len(first_day) == len(today) and not any(russian("Overdue") in row for row in first_day)


def test_curator_reads_who_has_not_consented(curator: Person) -> None:
	missing = curator.report("Consent Coverage")
	everybody = curator.report("Consent Coverage", only_missing=False)
	assert 0 < len(missing) < len(everybody) and curator.has_chart()


@pytest.mark.parametrize("doctype", ["Mentoring Order", "Pair", "Mentee", "Mentoring Program"])
def test_officer_sees_no_records_of_schools(person: Callable[[str], Person], doctype: str) -> None:
	officer = person("officer")
	with officer.refused():
		officer.open_list(doctype)
	inspect(officer, "officer-refused")


def test_officer_reads_the_schools_and_changes_nothing(person: Callable[[str], Person]) -> None:
	officer = person("officer")
	officer.home("Municipal Mentoring")
	assert "Наставничество" in officer.text()
	assert not officer.may_create("Educational Organization")
	assert SCHOOL in officer.titles()
	officer.open_record("Educational Organization", SCHOOL)
	assert not set(officer.buttons()) - {russian("Print")}
	inspect(officer, "officer-school")
