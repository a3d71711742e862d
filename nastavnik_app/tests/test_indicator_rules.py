"""What a school and its authority read off an indicator: who counts, the share, and how it stands to the target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik_app.rules.cohorts import Cohort, Person, birth_dates, same_person, takes_part, why_outside
from nastavnik_app.rules.consents import age_on
from nastavnik_app.rules.indicators import (
	AT_LEAST,
	AT_MOST,
	EXACTLY,
	IN_PIECES,
	LESS,
	MISSED,
	MORE,
	NEARLY,
	OF_HEADCOUNT,
	OF_THEM_ALL,
	REACHED,
	Goal,
	Headcount,
	ProgramYear,
	Reported,
	Target,
	Value,
	base_of,
	by_hand,
	goal_of,
	headcount_of,
	over_years,
	refusal_of_definition,
	refusal_to_change,
	standing,
	tally,
	way_gone,
	years_of,
)

DAY = date(2027, 5, 31)
CHILDREN = Cohort(age_from=10, age_to=19)


@pytest.mark.parametrize(
	("born", "outside"),
	[
		(date(2017, 5, 31), None),  # ten on the very day
		(date(2017, 6, 1), "9 years old on the reporting day"),
		(date(2007, 6, 1), None),  # twenty tomorrow
		(date(2007, 5, 31), "20 years old on the reporting day"),
		(None, "The birth date is not known"),
	],
)
def test_bounds_of_age_are_asked_on_the_reporting_day(born: date | None, outside: str | None) -> None:
	assert why_outside(Person(birth_date=born), CHILDREN, DAY) == outside


@given(
	st.dates(date(1990, 1, 1), date(2030, 12, 31)),
	st.dates(date(2020, 1, 1), date(2030, 12, 31)),
	st.integers(0, 30),
	st.integers(0, 10),
)
def test_a_query_by_birth_dates_finds_those_of_these_years(
	born: date, day: date, low: int, more: int
) -> None:
	earliest, latest = birth_dates(day, low, low + more)
	assert (earliest <= born <= latest) == (low <= age_on(born, day) <= low + more)


def test_an_open_bound_binds_nobody() -> None:
	assert birth_dates(DAY, None, 34) == (date(1992, 6, 1), None)
	assert birth_dates(DAY, 35, None) == (None, date(1992, 5, 31))


def test_leap_day_is_asked_as_elsewhere() -> None:
	leap = date(2028, 2, 29)
	assert birth_dates(leap, 11, 11) == (date(2016, 3, 1), date(2017, 2, 28))


def test_young_specialists_are_told_by_their_years_of_service() -> None:
	young = Cohort(groups=frozenset({"young-specialists", "teachers"}), service_below=3)
	teacher = {"group": "teachers"}
	assert why_outside(Person(**teacher, hired_on=date(2024, 6, 1)), young, DAY) is None
	assert why_outside(Person(**teacher, hired_on=date(2024, 5, 31)), young, DAY) == (
		"3 years of service on the reporting day"
	)
	# ten years elsewhere were entered by hand
	experienced = Person(**teacher, hired_on=date(2026, 9, 1), years_of_service=10)
	assert "10 years of service" in why_outside(experienced, young, DAY)
	assert why_outside(Person(**teacher), young, DAY) == "The years of service are not known"
	assert why_outside(Person(group="graduates"), young, DAY) == "Of another target group"


def test_one_bound_binds_without_the_other() -> None:
	of_ten = Person(birth_date=date(2017, 5, 31), school_class=4)
	assert (
		why_outside(of_ten, Cohort(age_from=10), DAY) is why_outside(of_ten, Cohort(age_to=10), DAY) is None
	)
	assert why_outside(of_ten, Cohort(age_from=11), DAY) == "10 years old on the reporting day"
	assert why_outside(of_ten, Cohort(age_to=9), DAY) == "10 years old on the reporting day"
	assert (
		why_outside(of_ten, Cohort(class_from=4), DAY) is why_outside(of_ten, Cohort(class_to=4), DAY) is None
	)
	assert why_outside(of_ten, Cohort(class_from=5), DAY) == "Of another class"
	assert why_outside(of_ten, Cohort(class_to=3), DAY) == "Of another class"
	assert why_outside(Person(), Cohort(class_to=3), DAY) == "Of another class"


def test_grounds_and_classes_of_a_cohort() -> None:
	cohort = Cohort(class_from=8, class_to=9, grounds=frozenset({"underachieving"}))
	ground = {"grounds": frozenset({"underachieving", "rural"})}
	assert why_outside(Person(school_class=8, **ground), cohort, DAY) is None
	assert why_outside(Person(school_class=10, **ground), cohort, DAY) == "Of another class"
	assert why_outside(Person(school_class=9), cohort, DAY) == "Without such a ground on the reporting day"


def test_a_child_who_mentors_and_is_mentored_is_one() -> None:
	born = date(2011, 4, 5)
	one = same_person("school", "Ёлкина  Вера", born, "mentee-1")
	assert one == same_person("school", "Елкина Вера", born, "mentor-1")
	assert one == ("school", "елкина вера", born), "keys of it are stored: another shape would part the two"
	assert one != same_person("school", "Елкина Вера", date(2011, 4, 6), "mentor-1")
	assert one != same_person("other", "Елкина Вера", born, "mentor-1")
	assert same_person("school", "Елкина Вера", None, "mentee-1") != same_person(
		"school", "Елкина Вера", None, "mentor-1"
	)


def test_a_pair_broken_off_counts_until_that_day_and_a_finished_one_after_it() -> None:
	pair = {"start": date(2026, 9, 15), "ended_on": date(2027, 2, 10)}
	assert not takes_part(date(2026, 9, 14), **pair, completed=True)
	assert takes_part(date(2026, 9, 15), **pair, completed=False)
	assert takes_part(date(2027, 2, 9), **pair, completed=False)
	assert not takes_part(date(2027, 2, 10), **pair, completed=False)
	assert takes_part(DAY, **pair, completed=True)


def test_a_share_is_of_the_members_or_of_the_headcount() -> None:
	assert tally(1, 4).value == Value(1, 4)
	everybody = tally(3, 4, by_number=1)
	assert (everybody.value.shown(), everybody.by_number, everybody.problem) == (100.0, 1, None)
	said = tally(2, 3, out_of=OF_HEADCOUNT, headcount=(30, None))
	assert (said.value.shown(), said.problem) == (6.6, None)


def test_of_events_without_a_list_the_number_counts() -> None:
	said = tally(2, 2, out_of=OF_HEADCOUNT, headcount=(30, None), by_number=16)
	assert (said.value.shown(), said.by_number, said.problem) == (60.0, 16, None)


def test_more_than_everybody_is_told() -> None:
	assert tally(2, 2, out_of=OF_HEADCOUNT, headcount=(1, None)).problem == (
		"2 were counted out of 1. Correct the headcount or the number of those present."
	)


def test_a_headcount_that_is_doubtful_says_so() -> None:
	entered = {"one": Headcount(5), "two": Headcount(7, later=True)}
	titles = {"one": "Первая", "two": "Вторая", "three": "Третья", "four": "Четвёртая"}
	assert headcount_of(["one"], entered, titles) == (5, None)
	number, later = headcount_of(["one", "two"], entered, titles)
	assert (number, later) == (12, "The headcount was entered only after this day: Вторая.")
	assert tally(1, 1, out_of=OF_HEADCOUNT, headcount=(number, later)).problem == later
	number, missing = headcount_of(["one", "three"], entered, titles)
	assert (number, missing) == (5, "No headcount is entered of: Третья.")
	number, nothing = headcount_of(["three"], entered, titles)
	assert (number, nothing) == (None, "No headcount is entered by this day. Enter it in the organization.")
	both = headcount_of(["four", "one", "three"], entered, titles)[1]
	assert both == "No headcount is entered of: Четвёртая, Третья."


def test_a_target_group_that_has_lost_its_title_is_named_all_the_same() -> None:
	entered = {"one": Headcount(5, later=True), "two": Headcount(7, later=True)}
	assert (
		headcount_of(["one", "two"], entered, {})[1]
		== "The headcount was entered only after this day: one, two."
	)
	assert headcount_of(["one", "three"], entered, {})[1] == "No headcount is entered of: three."


def test_a_target_group_of_nobody_has_no_share() -> None:
	for empty in (tally(0, 0), tally(0, 0, out_of=OF_HEADCOUNT, headcount=(0, None))):
		assert empty.value.shown() is None
		assert standing(empty.value, 10) is None
	assert tally(0, 0, out_of=IN_PIECES).value.shown() == 0


OF_PAIRS = {"thing": "Pairs", "of_those": "", "counted": "Has Met"}
NOT_OF_PEOPLE = "A cohort and a headcount are of people. Leave them empty for “Pairs”."


@pytest.mark.parametrize(
	("asked", "said"),
	[
		({}, None),
		({"ground": True}, None),
		({"thing": "Mentors", "over": True}, None),
		({"thing": "Mentors", "of_those": "In a Pair", "counted": "Trained", "over": True}, None),
		({**OF_PAIRS, "out_of": OF_THEM_ALL, "cohort": False}, None),
		({"counted": "Held"}, "“Held” is not asked of “Mentees”. Choose another mark."),
		({"of_those": "Trained"}, "“Trained” is not asked of “Mentees”. Choose another mark."),
		({**OF_PAIRS, "cohort": False}, NOT_OF_PEOPLE),
		({**OF_PAIRS, "out_of": OF_THEM_ALL}, NOT_OF_PEOPLE),
		(
			{"thing": "Mentors", "ground": True},
			"A ground is asked of mentees alone. Choose another cohort for “Mentors”.",
		),
		({"over": True}, "Whom they mentor is asked of mentors in a pair alone."),
		(
			{"thing": "Mentors", "counted": "Trained", "over": True},
			"Whom they mentor is asked of mentors in a pair alone.",
		),
		({"kind": True}, "“Mentees” have no kinds. Leave the kind empty."),
		({"thing": ""}, "Choose of what the indicator is counted, and when something counts."),
		({"counted": ""}, "Choose of what the indicator is counted, and when something counts."),
	],
)
def test_a_definition_that_cannot_be_counted_is_refused(asked: dict, said: str | None) -> None:
	fits = {"thing": "Mentees", "of_those": "In the Bank", "counted": "In a Pair", "out_of": OF_HEADCOUNT}
	fits |= {"cohort": True, "over": False, "kind": False, "ground": False}
	refusal = refusal_of_definition(**{**fits, **asked})
	assert refusal == said


@pytest.mark.parametrize(
	("part", "whole", "decimals", "shown"),
	[
		(2, 3, 1, 66.6),
		(999, 1000, 0, 99.0),
		(9999, 10000, 1, 99.9),
		(3, 3, 1, 100.0),
		(1, 1538, 3, 0.065),
		(1, 1538, 1, 0.0),
		(0, 5, 1, 0.0),
	],
)
def test_a_share_is_rounded_down(part: int, whole: int, decimals: int, shown: float) -> None:
	assert Value(part, whole).shown(decimals) == shown


@pytest.mark.parametrize(
	("value", "op", "tolerance", "said"),
	[
		(Value(9, 10), AT_LEAST, 0, REACHED),
		(Value(89, 100), AT_LEAST, 0, MISSED),
		(Value(89, 100), AT_LEAST, 1, NEARLY),
		(Value(88, 100), AT_LEAST, 1, MISSED),
		(Value(91, 100), AT_MOST, 0, MISSED),
		(Value(91, 100), AT_MOST, 1, NEARLY),
		(Value(5, 100), AT_MOST, 0, REACHED),
		(Value(91, 100), EXACTLY, 1, NEARLY),
		(Value(9, 10), MORE, 0, MISSED),
		(Value(9, 10), LESS, 0, MISSED),
		(Value(9, 10), LESS, 1, NEARLY),
		(Value(91, 100), MORE, 0, REACHED),
		(Value(90, 100), EXACTLY, 0, REACHED),
		(Value(9004, 10000), AT_MOST, 0, MISSED),  # shown as 90.0
		(by_hand(90), AT_LEAST, 0, REACHED),
		(Value(1, 0), AT_LEAST, 0, None),
	],
)
def test_a_value_stands_to_its_target(value: Value, op: str, tolerance: int, said: str | None) -> None:
	assert standing(value, 90, op, tolerance) == said
	assert standing(value, None, op, tolerance) is None


def test_a_decimal_target_is_met_to_the_point() -> None:
	assert standing(Value(7, 1000), 0.7) == REACHED
	assert standing(by_hand("0.065"), 0.065) == REACHED
	assert standing(Value(17, 10_000), 0.17) == REACHED


def test_a_plan_that_falls_is_no_error() -> None:
	need = [Target(2022, 0.7, base=True), Target(2023, 0.6)]
	value = Value(65, 10_000)
	goal = goal_of(need, 2023)
	assert standing(value, goal.value) == REACHED
	assert standing(value, goal.value, AT_MOST) == MISSED
	assert way_gone(value, base_of(need).value, goal.value) == 50.0


def test_the_way_from_the_base_to_the_target() -> None:
	assert way_gone(by_hand(15), 10, 20) == 50.0
	assert way_gone(by_hand(8), 10, 20) == -20.0
	assert way_gone(by_hand(100), 100, 100) is None
	assert way_gone(by_hand(11), 10, 13) == 33.3
	assert way_gone(by_hand(15), None, 20) is way_gone(by_hand(15), 10, None) is None
	assert way_gone(Value(1, 0), 10, 20) is None, "nothing to divide by is no part of the way"


def test_a_year_is_held_against_its_own_target() -> None:
	targets = [Target(2022, 35), Target(2024, 70), Target(2021, 5, base=True)]
	assert goal_of(targets, 2024) == Goal(2024, 70) and goal_of(targets, 2024).binds
	assert goal_of(targets, 2021) == Goal(2022, 35, ahead=True)
	assert goal_of(targets, 2023) == Goal(2024, 70, ahead=True)
	assert goal_of(targets, 2027) == Goal(2024, 70, historical=True)
	assert not goal_of(targets, 2027).binds
	assert goal_of([Target(2022, 5, base=True)], 2022) is None
	assert base_of([Target(2023, 7, base=True), *targets]).year == 2021
	assert base_of([Target(2024, 70)]) is None


def test_an_indicator_over_the_years_of_a_programme() -> None:
	reported = [
		Reported(2023, Value(30, 100), "10–19"),
		Reported(2025, Value(55, 100), "10–19"),
		Reported(2026, Value(60, 100), "11–18"),
	]
	targets = [Target(2023, 35), Target(2024, 45), Target(2026, 70)]
	rows = over_years([2026, 2023, 2024, 2025], reported, targets)
	assert [row.year for row in rows] == [2023, 2024, 2025, 2026]
	assert [row.standing for row in rows] == [MISSED, None, None, MISSED]
	assert [row.change for row in rows] == [None, None, 25.0, None]
	assert [row.better for row in rows] == [None, None, True, None]
	assert [row.comparable for row in rows] == [True, True, True, False]
	assert rows[2].goal == Goal(2026, 70, ahead=True)
	assert [row.value for row in rows] == [Value(30, 100), None, Value(55, 100), Value(60, 100)]
	assert rows[1].goal == Goal(2024, 45)
	falling = over_years([2023, 2025], reported, targets, AT_MOST)
	assert falling[1].better is False


def test_a_year_with_nothing_to_divide_by_keeps_its_value_and_is_compared_with_none() -> None:
	nobody = Value(0, 0)
	reported = [Reported(2024, Value(1, 2)), Reported(2025, nobody), Reported(2026, Value(101, 200))]
	rows = over_years([2024, 2025, 2026], reported, [Target(2025, 50)])
	assert (rows[1].value, rows[1].goal, rows[1].standing) == (nobody, Goal(2025, 50), None)
	assert (rows[2].change, rows[2].better) == (0.5, True), "half a point more than two years before"


def test_a_year_is_nearly_reached_within_the_tolerance_given_alone() -> None:
	reported, targets = [Reported(2026, Value(69, 100))], [Target(2026, 70)]
	assert over_years([2026], reported, targets)[0].standing == MISSED
	assert over_years([2026], reported, targets, tolerance=1)[0].standing == NEARLY


def test_a_change_is_told_from_the_exact_values() -> None:
	reported = [Reported(2026, Value(1, 3)), Reported(2027, Value(2, 3))]
	assert over_years([2026, 2027], reported, [])[1].change == 33.333


def test_a_programme_of_several_years_has_a_plan_for_each() -> None:
	days = [(year.start, year.end) for year in years_of(date(2022, 9, 1), date(2026, 5, 31))]
	assert days[0] == (date(2022, 9, 1), date(2023, 8, 31))
	assert days[-1] == (date(2025, 9, 1), date(2026, 5, 31))
	assert len(days) == 4
	assert years_of(date(2022, 9, 1), date(2023, 9, 1))[1:] == [
		ProgramYear(date(2023, 9, 1), date(2023, 9, 1))
	]
	calendar = years_of(date(2022, 3, 18), date(2023, 8, 1), first_month=1)
	assert [(year.start, year.end) for year in calendar] == [
		(date(2022, 3, 18), date(2022, 12, 31)),
		(date(2023, 1, 1), date(2023, 8, 1)),
	]


def test_a_target_is_changed_with_a_reason_and_never_for_a_reported_year() -> None:
	assert refusal_to_change(2027, "Новый набор первых классов", {2026}) is None
	for none in ("  ", None):
		assert refusal_to_change(2027, none, {2026}) == "Enter the reason of the change."
	assert refusal_to_change(2026, "Поправка", {2026}) == (
		"2026 has been reported: its target stands. Change a later year."
	)


def test_an_exact_value_keeps_its_fraction() -> None:
	assert Value(1, 3).exact == Fraction(100, 3)
	assert by_hand(Decimal("0.065")).exact == Fraction(65, 1000)
	assert by_hand(0.7).shown(0) == 0.7, "as it was entered"
	assert not by_hand(5, is_share=False).is_share
	assert by_hand(5) == Value(is_share=True, entered=Decimal(5), by_hand=True)
