"""Answers to a questionnaire: whether one fits its question, what it says as text and as a number, who is satisfied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nastavnik_app.rules.messages import Message, _

SCALE, YES_NO, CHOICE, SEVERAL = "Scale 1-10", "Yes or No", "Choice", "Several Choices"
OPEN, PERSONS = "Open", "Persons"
YES, NO = "Yes", "No"
LOWEST, HIGHEST = 1, 10
LONGEST = 5000  # characters of an open answer

DRAFT, PUBLISHED, RETIRED = "Draft", "Published", "Retired"
FOLLOWS = {DRAFT: (PUBLISHED,), PUBLISHED: (RETIRED,), RETIRED: ()}

AFTER_MEETING, DIAGNOSIS, EXIT = "After the General Meeting", "Diagnosis", "Exit"
THIRD_PARTY = "Third Party"
SATISFACTION, WISHES, COMPETENCIES, TIME = "Satisfaction", "Wishes", "Competencies", "Time"
REQUEST, INTERESTS = "Request", "Interests"
# what the school's own records offer for a choice that lists no options of its own
FROM_RECORDS = (COMPETENCIES, TIME)

SATISFIED_FROM = 7  # the mean of the answers on the scale from which on a person counts as satisfied

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Question:
	"""A question as it is asked: `choices` are pairs of a value and what is shown, `most` limits several persons
	(0: any number)."""

	name: str
	text: str
	kind: str
	choices: Choices = ()
	required: bool = False
	used_for: str = ""
	most: int = 0


@dataclass(frozen=True)
class Answer:
	"""What was answered: as it is read, as a number for the analysis, and the values that were chosen."""

	text: str
	number: float | None = None
	values: tuple[str, ...] = ()


class UnfitAnswer(ValueError):
	"""An answer that its question does not take; `message` says why."""

	def __init__(self, message: Message) -> None:
		super().__init__(message)
		self.message = message


def read_answers(
	questions: Sequence[Question], given: Mapping[str, object]
) -> tuple[dict[str, Answer], dict[str, Message]]:
	"""Answers and problems, each by the question's name. Questions without an answer are in neither, unless they
	had to be answered."""
	answers: dict[str, Answer] = {}
	problems: dict[str, Message] = {}
	for question in questions:
		try:
			answer = read_answer(question, given.get(question.name))
		except UnfitAnswer as unfit:
			problems[question.name] = unfit.message
			continue
		if answer:
			answers[question.name] = answer
	for name in given.keys() - {question.name for question in questions}:
		problems[name] = _("There is no such question in this questionnaire. Open the link again.")
	return answers, problems


def read_answer(question: Question, given: object) -> Answer | None:
	"""None where nothing was answered; UnfitAnswer for what the question does not take."""
	values = _values(given)
	if not values:
		if question.required:
			raise UnfitAnswer(_("“{0}” is not answered.").format(question.text))
		return None
	if question.kind in (SEVERAL, PERSONS):
		return _several(question, values)
	if len(values) > 1:
		raise UnfitAnswer(_("“{0}” takes one answer.").format(question.text))
	if question.kind == SCALE:
		return _scale(question, values[0])
	if question.kind == OPEN:
		return _open(question, values[0])
	value, label = _chosen(question, values[0])
	number = float(value == YES) if question.kind == YES_NO else None
	return Answer(label, number, (value,))


def _values(given: object) -> list[str]:
	listed = given if isinstance(given, list | tuple) else [given]
	if not all(one is None or isinstance(one, str | int | float) for one in listed):
		return []
	texts = [str(one).strip() for one in listed if one is not None]
	return list(dict.fromkeys(text for text in texts if text))


def _scale(question: Question, value: str) -> Answer:
	if not (value.isascii() and value.isdigit() and LOWEST <= int(value) <= HIGHEST):
		raise UnfitAnswer(
			_("“{0}”: a whole number from {1} to {2} is expected.").format(question.text, LOWEST, HIGHEST)
		)
	return Answer(str(int(value)), float(int(value)), (str(int(value)),))


def _open(question: Question, value: str) -> Answer:
	if len(value) > LONGEST:
		raise UnfitAnswer(
			_("“{0}”: the answer is longer than {1} characters. Shorten it.").format(question.text, LONGEST)
		)
	return Answer(value)


def _several(question: Question, values: list[str]) -> Answer:
	chosen = dict(_chosen(question, value) for value in values)
	if question.most and len(chosen) > question.most:
		raise UnfitAnswer(_("“{0}”: choose {1} at most.").format(question.text, question.most))
	return Answer("\n".join(chosen.values()), None, tuple(chosen))


def _chosen(question: Question, given: str) -> tuple[str, str]:
	"""The choice of this value, or of these words where only one choice reads so."""
	choices = dict(question.choices)
	if given in choices:
		return given, choices[given]
	read_so = [choice for choice in question.choices if choice[1] == given]
	if len(read_so) != 1:
		raise UnfitAnswer(_("“{0}”: “{1}” is none of the choices.").format(question.text, given[:100]))
	return read_so[0]


def options_of(text: str | None) -> list[str]:
	"""The options that a question lists, one per line."""
	return [line.strip() for line in (text or "").splitlines() if line.strip()]


def refusal_to_publish(
	questions: Iterable[tuple[str, str, Sequence[str], str]], audience: str, purpose: str
) -> Message | None:
	"""None where the questions may be asked, otherwise the first fault. Each question is its text, its kind, its
	options and what it is used for."""
	questions = list(questions)
	if not questions:
		return _("There is no question. Add one before you publish.")
	for text, kind, options, used_for in questions:
		if kind in (CHOICE, SEVERAL):
			if len(options) != len(set(options)):
				return _("“{0}”: an option is listed twice.").format(text)
			if len(options) < 2 and not (not options and used_for in FROM_RECORDS):
				return _("“{0}”: list at least two options, one per line.").format(text)
		if kind == PERSONS and (purpose != AFTER_MEETING or audience not in ("Mentor", "Mentee")):
			return _(
				"“{0}”: names are shown only after the general meeting, to mentors and mentees. Ask another way."
			).format(text)
		if used_for == WISHES and kind != PERSONS:
			return _("“{0}”: wishes are a choice of persons.").format(text)
		if used_for == SATISFACTION and kind not in (SCALE, YES_NO):
			return _("“{0}”: satisfaction is read from the scale or from yes and no.").format(text)
	return None


def is_satisfied(scales: Sequence[float], yes_or_no: Sequence[float]) -> bool | None:
	"""Whether a person's answers about satisfaction say so; None where there are none.

	Asked outright (yes 1, no 0), the person's own word decides: satisfied without any “no”. Otherwise the mean of
	the answers on the scale does, from 7 on.
	"""
	if yes_or_no:
		return all(yes_or_no)
	return sum(scales) / len(scales) >= SATISFIED_FROM if scales else None
