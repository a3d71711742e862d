"""The review of a programme: points of a card, its levels, and answers gathered into a SWOT analysis."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nastavnik_app.rules.messages import Message, _
from nastavnik_app.rules.questionnaires import OPEN, SATISFACTION, SCALE

STRENGTH, WEAKNESS, OPPORTUNITY, THREAT = "Strength", "Weakness", "Opportunity", "Threat"
# what a mean from, or up to, these bounds says
GOOD_FROM, POOR_UP_TO = 7, 4
# where a good and a poor mean of a scale belongs
SIDES = {
	STRENGTH: (STRENGTH, WEAKNESS),
	WEAKNESS: (STRENGTH, WEAKNESS),
	SATISFACTION: (STRENGTH, WEAKNESS),
	OPPORTUNITY: (OPPORTUNITY, THREAT),
	THREAT: (OPPORTUNITY, THREAT),
}


@dataclass(frozen=True)
class Answer:
	"""One answer to one question. `kind` as in rules.questionnaires; `number` of a scale."""

	question: str
	kind: str
	used_for: str
	text: str
	number: float | None = None


def level_of(total: int, levels: Iterable[tuple[str, int]]) -> str:
	"""The level of a sum of points; levels as (title, from how many points), in any order."""
	reached = [(bound, title) for title, bound in levels if total >= bound]
	return max(reached)[1] if reached else ""


def problem_of_levels(bounds: Sequence[int]) -> Message | None:
	"""What is wrong with the bounds of a card's levels."""
	if not bounds:
		return None
	if min(bounds) != 0:
		return _("The lowest level begins at 0 points.")
	if len(set(bounds)) < len(bounds):
		return _("Two levels begin at the same number of points.")
	return None


def problem_of_points(criterion: str, points: int, most: int) -> Message | None:
	"""Why so many points cannot be given; None where they can."""
	if 0 <= points <= most:
		return None
	return _("“{0}”: from 0 to {1} points, not {2}.").format(criterion, most, points)


def swot(answers: Iterable[Answer]) -> dict[str, list[str | Message]]:
	"""Lines of the four fields by Strength, Weakness, Opportunity, Threat.

	A scale is a line with its mean where that is good or poor; other answers are lines, equal ones counted, the most
	frequent first.
	"""
	found: dict[str, list[str | Message]] = {side: [] for side in (STRENGTH, WEAKNESS, OPPORTUNITY, THREAT)}
	said: dict[str, list[Answer]] = {}
	scales: dict[tuple[str, str], list[float]] = {}
	for answer in answers:
		if answer.kind == SCALE and answer.number is not None and answer.used_for in SIDES:
			scales.setdefault((answer.used_for, answer.question), []).append(answer.number)
		elif answer.used_for in found and _plain(answer.text):
			said.setdefault(answer.used_for, []).append(answer)
	for (used_for, question), numbers in scales.items():
		mean = sum(numbers) / len(numbers)
		good, poor = SIDES[used_for]
		side = good if mean >= GOOD_FROM else poor if mean <= POOR_UP_TO else None
		if side:
			found[side].append(_("{0}: mean {1} of 10").format(question.strip(), round(mean, 1)))
	for used_for, listed in said.items():
		found[used_for] += _counted(listed)
	return found


def _counted(answers: list[Answer]) -> list[str]:
	"""Equal answers once, with their number; to a question with choices, after the question."""
	written: dict[str, str] = {}
	counts: Counter[str] = Counter()
	for answer in answers:
		parts = (answer.text,) if answer.kind == OPEN else (answer.question, answer.text)
		shown = ": ".join(" ".join(part.split()) for part in parts)
		counts[_plain(shown)] += 1
		written.setdefault(_plain(shown), shown)
	ranked = sorted(counts, key=lambda key: (-counts[key], key))
	return [f"{written[key]} ({counts[key]})" if counts[key] > 1 else written[key] for key in ranked]


def _plain(text: str) -> str:
	return " ".join(re.findall(r"\w+", text.casefold().replace("ё", "е")))
