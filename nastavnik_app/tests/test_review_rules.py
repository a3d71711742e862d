"""Points and levels of a programme's card, and what its answers say in the SWOT analysis."""

from __future__ import annotations

import pytest

from nastavnik_app.rules import review as rules
from nastavnik_app.rules.review import Answer

LEVELS = (("Допустимый", 9), ("Оптимальный", 15), ("Недопустимый", 0))


@pytest.mark.parametrize(
	("total", "level"),
	[
		(18, "Оптимальный"),
		(15, "Оптимальный"),
		(14, "Допустимый"),
		(9, "Допустимый"),
		(8, "Недопустимый"),
		(0, "Недопустимый"),
	],
)
def test_a_level_begins_at_its_bound(total: int, level: str) -> None:
	assert rules.level_of(total, LEVELS) == level


def test_below_the_lowest_level_there_is_none() -> None:
	assert rules.level_of(4, [("Допустимый", 5)]) == ""


def test_bounds_leave_no_gap_and_no_doubt() -> None:
	assert rules.problem_of_levels([15, 9, 0]) is None
	assert rules.problem_of_levels([15, 9, 1]) == "The lowest level begins at 0 points."
	assert rules.problem_of_levels([9, 9, 0]) == "Two levels begin at the same number of points."
	assert rules.problem_of_levels([]) is None


@pytest.mark.parametrize(("points", "fit"), [(-1, False), (0, True), (2, True), (3, False)])
def test_a_criterion_gives_no_more_points_than_the_card(points: int, fit: bool) -> None:
	problem = rules.problem_of_points("Охват", points, 2)
	assert problem == (None if fit else f"“Охват”: from 0 to 2 points, not {points}.")


def scale(question: str, *numbers: int, used_for: str = "Satisfaction") -> list[Answer]:
	return [Answer(question, "Scale 1-10", used_for, str(number), number) for number in numbers]


def test_a_good_mean_is_a_strength_a_poor_one_a_weakness_and_the_middle_neither() -> None:
	found = rules.swot([*scale("Комфорт", 7, 7), *scale("Польза", 4, 4), *scale("Ясность", 4, 5)])
	assert [str(line) for line in found["Strength"]] == ["Комфорт: mean 7.0 of 10"]
	assert [str(line) for line in found["Weakness"]] == ["Польза: mean 4.0 of 10"]
	assert not found["Opportunity"] and not found["Threat"]


def test_a_mean_is_told_to_one_digit_beside_what_was_said_in_words() -> None:
	found = rules.swot([*scale("Польза", 7, 7, 8), Answer("Что помогло?", "Open", "Strength", "Занятия")])
	assert [str(line) for line in found["Strength"]] == ["Польза: mean 7.3 of 10", "Занятия"]


def test_what_says_nothing_and_what_is_asked_for_something_else_is_in_no_field() -> None:
	answers = [Answer("Что мешает?", "Open", "Weakness", " — "), Answer("С кем?", "Open", "Wishes", "Анна")]
	assert not any(rules.swot(answers).values())


def test_scales_about_what_comes_from_outside_stay_outside() -> None:
	found = rules.swot(
		[*scale("Помощь партнёров", 9, used_for="Opportunity"), *scale("Нагрузка", 2, used_for="Threat")]
	)
	assert len(found["Opportunity"]) == len(found["Threat"]) == 1


def test_equal_open_answers_are_counted_the_most_frequent_first() -> None:
	texts = ["Мало времени", "нет кабинета", "мало  времени.", "Мало времени!"]
	found = rules.swot([Answer("Что мешает?", "Open", "Weakness", text) for text in texts])
	assert found["Weakness"] == ["Мало времени (3)", "нет кабинета"]
	often = [Answer("Что мешает?", "Open", "Weakness", text) for text in ("Всё", "Ещё урок", "еще  урок")]
	assert rules.swot(often)["Weakness"] == ["Ещё урок (2)", "Всё"]


def test_a_choice_says_which_question_it_answers() -> None:
	answers = [Answer("Мешает расписание?", "Yes or No", "Threat", "Да", 1.0)] * 2
	assert rules.swot(answers)["Threat"] == ["Мешает расписание?: Да (2)"]
