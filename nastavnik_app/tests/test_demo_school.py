"""The demonstration school: its files hold what the demonstration counts on, and its rules match people soundly."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from demo.matching import Match, match
from demo.roster import MENTEE, MENTOR, Roster, read_roster
from nastavnik_app.roadmap.reader import read_roadmap

SCHOOL = Path(__file__).parents[2] / "demo" / "school"


@pytest.fixture(scope="module")
def roster() -> Roster:
	return read_roster(SCHOOL / "roster.xlsx")


@pytest.fixture(scope="module")
def matches(roster: Roster) -> list[Match]:
	return match(roster)


def test_the_school_has_600_pupils_and_45_teachers_each_with_a_name_of_their_own(roster: Roster) -> None:
	assert (len(roster.pupils), len(roster.teachers)) == (600, 45)
	names = [person.full_name for person in (*roster.pupils, *roster.teachers)]
	assert len(set(names)) == len(names)


def test_no_telephone_of_the_school_can_be_called(roster: Roster) -> None:
	assert all(person.phone.startswith("+7 (000) ") for person in (*roster.pupils, *roster.teachers))


def test_its_roadmap_has_22_tasks_and_two_doubts() -> None:
	roadmap = read_roadmap(SCHOOL / "roadmap.docx")
	assert len(roadmap.rows) == 22
	doubtful = [row.title for row in roadmap.rows if row.problems]
	assert doubtful == [
		"Пригласить выпускников и родителей",
		"Провести итоговую встречу «Что мы сумели вместе»",
	]
	assert {row.recurrence for row in roadmap.rows} >= {"monthly", "quarterly"}


def test_nobody_is_mentored_twice_and_no_mentor_gets_more_than_there_are_places(matches: list[Match]) -> None:
	assert len(matches) == 60
	mentored = Counter(mentee.full_name for one in matches for mentee in one.mentees)
	assert set(mentored.values()) == {1}
	mentors = Counter(one.mentor.full_name for one in matches)
	assert set(mentors.values()) == {1}
	assert all(len(one.mentees) <= one.mentor.places for one in matches)


def test_people_are_matched_in_the_role_the_roster_gives_them(matches: list[Match]) -> None:
	for one in matches:
		assert one.mentor.role == MENTOR
		assert all(mentee.role == MENTEE for mentee in one.mentees)


def test_a_pupil_mentors_only_younger_pupils(matches: list[Match]) -> None:
	for one in matches:
		if one.form == "pupil-pupil":
			assert all(mentee.grade < one.mentor.grade for mentee in one.mentees)
