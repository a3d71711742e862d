"""What each kind of question takes, what it counts as, and who is satisfied."""

from __future__ import annotations

import pytest

from nastavnik_app.rules import questionnaires as rules
from nastavnik_app.rules.questionnaires import (
	CHOICE,
	OPEN,
	PERSONS,
	SCALE,
	SEVERAL,
	YES_NO,
	Answer,
	Question,
	UnfitAnswer,
	read_answer,
	read_answers,
)

YES_OR_NO = (("Yes", "Да"), ("No", "Нет"))
COLOURS = (("красный", "красный"), ("синий", "синий"))
PEOPLE = (("a1", "Липова Анна"), ("b2", "Тополев Пётр"), ("c3", "Тополев Пётр"))


def asked(kind: str, choices: tuple = (), **values) -> Question:
	return Question("q", "Вопрос?", kind, choices, **values)


@pytest.mark.parametrize(
	("question", "given", "answer"),
	[
		(asked(SCALE), "7", Answer("7", 7.0, ("7",))),
		(asked(SCALE), 10, Answer("10", 10.0, ("10",))),
		(asked(SCALE), " 1 ", Answer("1", 1.0, ("1",))),
		(asked(YES_NO, YES_OR_NO), "Yes", Answer("Да", 1.0, ("Yes",))),
		(asked(YES_NO, YES_OR_NO), "Нет", Answer("Нет", 0.0, ("No",))),
		(asked(CHOICE, COLOURS), ["синий"], Answer("синий", None, ("синий",))),
		(
			asked(SEVERAL, COLOURS),
			["синий", "красный", "синий"],
			Answer("синий\nкрасный", None, ("синий", "красный")),
		),
		(asked(OPEN), "  своими словами ", Answer("своими словами")),
		(
			asked(PERSONS, PEOPLE),
			["b2", "Липова Анна"],
			Answer("Тополев Пётр\nЛипова Анна", None, ("b2", "a1")),
		),
		(asked(OPEN), "", None),
		(asked(SEVERAL, COLOURS), [], None),
		(asked(SCALE), None, None),
	],
)
def test_answers_that_fit(question: Question, given: object, answer: Answer | None) -> None:
	assert read_answer(question, given) == answer


@pytest.mark.parametrize(
	("question", "given", "why"),
	[
		(asked(SCALE), "0", "from 1 to 10"),
		(asked(SCALE), "11", "from 1 to 10"),
		(asked(SCALE), "7.5", "from 1 to 10"),
		(asked(SCALE), "²", "from 1 to 10"),
		(asked(SCALE), "семь", "from 1 to 10"),
		(asked(SCALE), ["7", "8"], "one answer"),
		(asked(YES_NO, YES_OR_NO), "может быть", "none of the choices"),
		(asked(CHOICE, COLOURS), "зелёный", "none of the choices"),
		(asked(CHOICE, COLOURS), ["синий", "красный"], "one answer"),
		(asked(OPEN), "а" * (rules.LONGEST + 1), "longer"),
		(asked(PERSONS, PEOPLE, most=1), ["a1", "b2"], "choose 1 at most"),
		(asked(PERSONS, PEOPLE), ["Тополев Пётр"], "none of the choices"),  # there are two of this name
		(asked(OPEN, required=True), "  ", "not answered"),
		(asked(SEVERAL, COLOURS, required=True), [], "not answered"),
		(asked(SCALE, required=True), {"a": 1}, "not answered"),
	],
)
def test_answers_that_do_not_fit(question: Question, given: object, why: str) -> None:
	with pytest.raises(UnfitAnswer, match=why) as unfit:
		read_answer(question, given)
	assert "Вопрос?" in unfit.value.message


def test_all_problems_are_told_at_once() -> None:
	questions = [
		Question("one", "Первый?", SCALE, required=True),
		Question("two", "Второй?", OPEN),
		Question("three", "Третий?", SCALE),
	]
	answers, problems = read_answers(questions, {"two": "да", "three": "99", "four": "?"})
	assert list(answers) == ["two"]
	assert set(problems) == {"one", "three", "four"}


@pytest.mark.parametrize(
	("questions", "audience", "purpose", "why"),
	[
		([], "Mentor", "Entry", "no question"),
		([("Цвет?", CHOICE, ["один"], "")], "Mentor", "Entry", "at least two options"),
		([("Цвет?", SEVERAL, ["один", "один"], "")], "Mentor", "Entry", "listed twice"),
		([("Темы?", SEVERAL, [], "")], "Mentor", "Entry", "at least two options"),
		([("С кем?", PERSONS, [], "Wishes")], "Mentee", "Entry", "after the general meeting"),
		(
			[("С кем?", PERSONS, [], "Wishes")],
			"Third Party",
			rules.AFTER_MEETING,
			"after the general meeting",
		),
		([("С кем?", OPEN, [], "Wishes")], "Mentee", rules.AFTER_MEETING, "choice of persons"),
		([("Довольны?", OPEN, [], "Satisfaction")], "Mentee", "Exit", "scale or from yes and no"),
	],
)
def test_what_cannot_be_published(questions: list, audience: str, purpose: str, why: str) -> None:
	assert why in (rules.refusal_to_publish(questions, audience, purpose) or "")


def test_what_can_be_published() -> None:
	questions = [
		("Цвет?", CHOICE, ["красный", "синий"], ""),
		("Темы?", SEVERAL, [], rules.COMPETENCIES),
		("Когда?", SEVERAL, [], rules.TIME),
		("С кем?", PERSONS, [], rules.WISHES),
		("Довольны?", YES_NO, [], rules.SATISFACTION),
	]
	assert rules.refusal_to_publish(questions, "Mentee", rules.AFTER_MEETING) is None


@pytest.mark.parametrize(
	("scales", "words", "satisfied"),
	[
		([], [], None),
		([7, 7], [], True),
		([10, 3], [], False),  # 6.5
		([3], [1], True),  # the person's own word
		([10], [0], False),
		([], [1, 0], False),
	],
)
def test_who_is_satisfied(scales: list, words: list, satisfied: bool | None) -> None:
	assert rules.is_satisfied(scales, words) is satisfied
