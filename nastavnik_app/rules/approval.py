"""Who may approve a document on a day: a person, not whoever holds a role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Signatory:
	"""A person in office: the login, the name and the post as they stand under a document.

	`name_cases` and `post_cases` hold the forms that the school itself gave, by case.
	"""

	user: str | None
	name: str
	post: str
	acting: bool = False
	name_cases: Mapping[str, str] = field(default_factory=dict, compare=False)
	post_cases: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class ActingDirector:
	"""Somebody who signs instead of the director from one day to another, both included."""

	signatory: Signatory
	from_date: date
	to_date: date


def approver_on(day: date, director: Signatory, acting: list[ActingDirector]) -> Signatory:
	"""The director, or the acting one named for that day; of several the one named last begins latest."""
	named = [one for one in acting if one.from_date <= day <= one.to_date]
	return max(named, key=lambda one: one.from_date).signatory if named else director


def prepared_by_approver(user: str, preparers: set[str], approver: Signatory) -> bool:
	"""True where the approver would approve his own work. A director who drafted a document himself may sign it;
	one who only stands in for him may not."""
	return user in preparers and approver.acting
