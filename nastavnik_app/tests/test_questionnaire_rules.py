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
		(
			asked(PERSONS, PEOPLE, most=2),
			["a1", "c3"],
			Answer("Липова Анна\nТополев Пётр", None, ("a1", "c3")),
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
		(asked(SCALE), "0", ": a whole number from 1 to 10 is expected."),
		(asked(SCALE), "11", ": a whole number from 1 to 10 is expected."),
		(asked(SCALE), "7.5", ": a whole number from 1 to 10 is expected."),
		(asked(SCALE), "²", ": a whole number from 1 to 10 is expected."),
		(asked(SCALE), "семь", ": a whole number from 1 to 10 is expected."),
		(asked(SCALE), ["7", "8"], " takes one answer."),
		(asked(YES_NO, YES_OR_NO), "может быть", ": “может быть” is none of the choices."),
		(asked(CHOICE, COLOURS), "зелёный", ": “зелёный” is none of the choices."),
		(asked(CHOICE, COLOURS), "я" * 101, f": “{'я' * 100}” is none of the choices."),
		(asked(CHOICE, COLOURS), ["синий", "красный"], " takes one answer."),
		(asked(OPEN), "а" * (rules.LONGEST + 1), ": the answer is longer than 5000 characters. Shorten it."),
		(asked(PERSONS, PEOPLE, most=1), ["a1", "b2"], ": choose 1 at most."),
		(
			asked(PERSONS, PEOPLE),
			["Тополев Пётр"],
			": “Тополев Пётр” is none of the choices.",
		),  # there are two of this name
		(asked(OPEN, required=True), "  ", " is not answered."),
		(asked(SEVERAL, COLOURS, required=True), [], " is not answered."),
		(asked(SCALE, required=True), {"a": 1}, " is not answered."),
	],
)
def test_answers_that_do_not_fit(question: Question, given: object, why: str) -> None:
	with pytest.raises(UnfitAnswer) as unfit:
		read_answer(question, given)
	assert str(unfit.value) == unfit.value.message == f"“Вопрос?”{why}"


def test_all_problems_are_told_at_once() -> None:
	questions = [
		Question("one", "Первый?", SCALE, required=True),
		Question("two", "Второй?", OPEN),
		Question("three", "Третий?", SCALE),
	]
	answers, problems = read_answers(questions, {"two": "да", "three": "99", "four": "?"})
	assert answers == {"two": Answer("да")}
	assert problems == {
		"one": "“Первый?” is not answered.",
		"three": "“Третий?”: a whole number from 1 to 10 is expected.",
		"four": "There is no such question in this questionnaire. Open the link again.",
	}


def test_the_longest_answer_is_taken() -> None:
	assert read_answer(asked(OPEN), "а" * rules.LONGEST) == Answer("а" * rules.LONGEST)


def test_options_are_listed_one_a_line() -> None:
	assert rules.options_of(" красный \n\n  синий") == ["красный", "синий"]
	assert rules.options_of(None) == []


NOT_SHOWN = (
	"“С кем?”: names are shown only after the general meeting, to mentors and mentees. Ask another way."
)


@pytest.mark.parametrize(
	("questions", "audience", "purpose", "why"),
	[
		([], "Mentor", "Entry", "There is no question. Add one before you publish."),
		(
			[("Цвет?", CHOICE, ["один"], "")],
			"Mentor",
			"Entry",
			"“Цвет?”: list at least two options, one per line.",
		),
		(
			[("Цвет?", SEVERAL, ["один", "один"], "")],
			"Mentor",
			"Entry",
			"“Цвет?”: an option is listed twice.",
		),
		(
			[("Темы?", SEVERAL, [], "")],
			"Mentor",
			"Entry",
			"“Темы?”: list at least two options, one per line.",
		),
		([("С кем?", PERSONS, [], "Wishes")], "Mentee", "Entry", NOT_SHOWN),
		(
			[("С кем?", PERSONS, [], "Wishes")],
			"Third Party",
			rules.AFTER_MEETING,
			NOT_SHOWN,
		),
		(
			[("С кем?", OPEN, [], "Wishes")],
			"Mentee",
			rules.AFTER_MEETING,
			"“С кем?”: wishes are a choice of persons.",
		),
		(
			[("Довольны?", OPEN, [], "Satisfaction")],
			"Mentee",
			"Exit",
			"“Довольны?”: satisfaction is read from the scale or from yes and no.",
		),
	],
)
def test_what_cannot_be_published(questions: list, audience: str, purpose: str, why: str) -> None:
	assert rules.refusal_to_publish(questions, audience, purpose) == why


def test_what_can_be_published() -> None:
	questions = [
		("Цвет?", CHOICE, ["красный", "синий"], ""),
		("Темы?", SEVERAL, [], rules.COMPETENCIES),
		("Когда?", SEVERAL, [], rules.TIME),
		("С кем?", PERSONS, [], rules.WISHES),
		("Довольны?", YES_NO, [], rules.SATISFACTION),
	]
	for audience in ("Mentor", "Mentee"):
		assert rules.refusal_to_publish(questions, audience, rules.AFTER_MEETING) is None


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
