"""Whom an indicator is about on a day: bounds of age, service, class and ground, one key for one person, and whether
a pair still counts."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from nastavnik_app.rules.consents import age_on
from nastavnik_app.rules.messages import Message, _

Key = Hashable


@dataclass(frozen=True)
class Cohort:
	"""Bounds of a kind of participants, both included; what is not given binds nobody. `grounds`: one is enough."""

	groups: frozenset[str] = frozenset()
	age_from: int | None = None
	age_to: int | None = None
	service_below: int | None = None  # full years at work
	class_from: int | None = None
	class_to: int | None = None
	grounds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Person:
	"""What of a participant decides about cohorts."""

	group: str | None = None
	birth_date: date | None = None
	hired_on: date | None = None
	years_of_service: int | None = None
	school_class: int | None = None
	grounds: frozenset[str] = frozenset()


def why_outside(person: Person, cohort: Cohort, day: date) -> Message | None:
	"""Why somebody is not of a cohort on a day; None for who is. What is not known of a person never counts."""
	if cohort.groups and person.group not in cohort.groups:
		return _("Of another target group")
	if cohort.age_from is not None or cohort.age_to is not None:
		if person.birth_date is None:
			return _("The birth date is not known")
		if not _within(age_on(person.birth_date, day), cohort.age_from, cohort.age_to):
			return _("{0} years old on the reporting day").format(age_on(person.birth_date, day))
	if cohort.service_below is not None:
		service = years_at_work(person, day)
		if service is None:
			return _("The years of service are not known")
		if service >= cohort.service_below:
			return _("{0} years of service on the reporting day").format(service)
	if cohort.class_from is not None or cohort.class_to is not None:
		if person.school_class is None or not _within(
			person.school_class, cohort.class_from, cohort.class_to
		):
			return _("Of another class")
	if cohort.grounds and not cohort.grounds & person.grounds:
		return _("Without such a ground on the reporting day")
	return None


def years_at_work(person: Person, day: date) -> int | None:
	"""Full years of service on a day: since the hiring, unless more were entered, as of other schools."""
	hired = age_on(person.hired_on, day) if person.hired_on else None
	known = [years for years in (hired, person.years_of_service) if years is not None]
	return max(known, default=None)


def birth_dates(day: date, age_from: int | None, age_to: int | None) -> tuple[date | None, date | None]:
	"""First and last birth date of those whose full years of age on a day lie within the bounds: the same question
	for a query."""
	earliest = None if age_to is None else _last_birth_date(day, age_to + 1) + timedelta(days=1)
	return earliest, None if age_from is None else _last_birth_date(day, age_from)


def _last_birth_date(day: date, age: int) -> date:
	"""The latest birth date of those who are this old on a day."""
	return day - relativedelta(years=age)


def _within(number: int, lowest: int | None, highest: int | None) -> bool:
	return (lowest is None or lowest <= number) and (highest is None or number <= highest)


def same_person(organization: str, full_name: str, birth_date: date | None, record: str) -> Key:
	"""One key for the mentee and the mentor that one pupil is; the record's own where no birth date tells."""
	if not birth_date:
		return record
	return organization, " ".join(full_name.casefold().replace("ё", "е").split()), birth_date


def takes_part(day: date, *, start: date, ended_on: date | None, completed: bool) -> bool:
	"""Whether a pair under an order counts on a day: it is at work, or has worked to its end. One broken off by then
	does not."""
	if start > day:
		return False
	return ended_on is None or ended_on > day or completed
