"""What the finding of pairs takes and gives: people as plain values, decisions by hand, proposals, who is left over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nastavnik_app.rules.messages import Message

TOGETHER, NEVER = "Together", "Never Together"
BY_DECISION, MUTUAL, BEST = "Decision", "Mutual Choice", "Best Match"
CLEARED, NOT_CLEARED = "Received", "Not Received"
OF_AGE = 18
LAST_GRADE = 11  # of a school; the courses of a college or university follow
HUNDREDTHS = 100  # of a point of score: scores are counted in them, so that sums are exact


@dataclass(frozen=True)
class Offer:
	"""A mentor with free places. `forms` are pairs of a form and a role model of it ("": any); none: any form."""

	id: str
	name: str
	places: int = 1
	forms: frozenset[tuple[str, str]] = frozenset()
	competencies: frozenset[str] = frozenset()
	interests: frozenset[str] = frozenset()
	times: frozenset[int] = frozenset()
	age_from: int | None = None
	age_to: int | None = None
	age: int | None = None
	is_pupil: bool = False
	grade: int | None = None
	from_outside: bool = False
	clearance: str = ""
	wishes: tuple[str, ...] = ()

	@property
	def is_outside_adult(self) -> bool:
		"""Of age and from another organization: who needs a clearance to work with minors. Whose age is not known is of
		age unless a pupil."""
		adult = self.age >= OF_AGE if self.age is not None else not self.is_pupil
		return self.from_outside and adult


@dataclass(frozen=True)
class Need:
	"""A mentee without a pair."""

	id: str
	name: str
	needs: frozenset[str] = frozenset()
	interests: frozenset[str] = frozenset()
	times: frozenset[int] = frozenset()
	age: int | None = None
	is_pupil: bool = False
	grade: int | None = None
	wishes: tuple[str, ...] = ()

	@property
	def is_minor(self) -> bool:
		"""Below the age of 18; whose age is not known is a minor if a pupil."""
		return self.age < OF_AGE if self.age is not None else self.is_pupil


@dataclass(frozen=True)
class Weights:
	"""How much each coincidence counts; 0 leaves it out."""

	competencies: int = 40
	interests: int = 20
	age: int = 15
	time: int = 15
	earlier: int = 10


@dataclass(frozen=True)
class Search:
	"""What pairs are looked for. `slots` names the times by their numbers; `earlier` holds (mentor, mentee)."""

	form: str
	role_model: str = ""
	between_workers: bool = False
	weights: Weights = Weights()
	earlier: frozenset[tuple[str, str]] = frozenset()
	slots: Sequence[str] = ()


@dataclass(frozen=True)
class Decision:
	"""What somebody decided by hand about a mentor and a mentee."""

	decision: str
	mentor: str
	mentee: str
	reason: str


class DecisionRefused(Exception):
	"""A decision by hand that cannot be carried out; `message` says whose, and what to do."""

	def __init__(self, message: Message) -> None:
		super().__init__(message)
		self.message = message


@dataclass(frozen=True)
class Proposal:
	"""A pair that is proposed; `score` in hundredths of a point."""

	mentor: str
	mentee: str
	way: str
	score: int
	reasons: tuple[Message, ...]


@dataclass(frozen=True)
class Leftover:
	"""Somebody who is left without a pair, or a mentor with places left."""

	is_mentor: bool
	person: str
	reasons: tuple[Message, ...]


@dataclass(frozen=True)
class Alternative:
	"""A mentor whom a mentee may have; `free` places are those that no proposal takes."""

	mentor: str
	score: int
	free: int
	reasons: tuple[Message, ...]


@dataclass(frozen=True)
class Found:
	"""Proposals in the order of mentees, then everybody who is left over."""

	proposals: tuple[Proposal, ...] = ()
	leftovers: tuple[Leftover, ...] = ()
	places: Mapping[str, int] = field(default_factory=dict)  # that stay free, by mentor


def grade_of(school_class: str | None) -> int | None:
	"""The number of a class: 7 of «7А»; a course counts on from the last class: 13 of «2 курс»."""
	number = re.search(r"\d{1,2}", school_class or "")
	if not number:
		return None
	return int(number[0]) + (LAST_GRADE if "курс" in school_class.casefold() else 0)


def interests_of(text: str | None) -> frozenset[str]:
	"""What a list of interests names, written so that the same interests are equal."""
	parts = re.split(r"[,;•\n]", (text or "").casefold().replace("ё", "е"))
	return frozenset(theme for part in parts if (theme := " ".join(part.split()).strip(" .–—-")))
