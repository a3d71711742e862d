"""What an indicator says on a day: who of a population counts, what share that is, and how it stands to its target.

A population is a set of keys, so that nobody counts twice, however many pairs there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from operator import eq, ge, gt, le, lt

from nastavnik_app.rules.messages import Message, _

Number = int | float | Decimal

# the signs of a roadmap's thresholds: with the first two more is better, with the next two less
AT_LEAST, MORE, AT_MOST, LESS, EXACTLY = ">=", ">", "<=", "<", "=="
_COMPARED = {AT_LEAST: ge, MORE: gt, AT_MOST: le, LESS: lt, EXACTLY: eq}
REACHED, NEARLY, MISSED = "Reached", "Within Tolerance", "Missed"
OF_THEM_ALL, OF_HEADCOUNT, IN_PIECES = "Share of Them All", "Share of the Headcount", "Number"


# what may be asked of what

_OF_PEOPLE = (
	"In the Register",
	"In the Bank",
	"In a Pair",
	"In the Bank or in a Pair",
	"Consent Holds",
	"Assessed",
	"Measured at Entry and Exit",
	"Grown",
	"Asked About Satisfaction",
	"Satisfied",
)
MARKS_OF: dict[str, tuple[str, ...]] = {
	"Mentees": (*_OF_PEOPLE, "Has a Tutor", "Off the Register"),
	"Mentors": (*_OF_PEOPLE, "Trained"),
	"Participants": _OF_PEOPLE,
	"Persons": _OF_PEOPLE,
	"Attendance": ("Held",),
	"Pairs": ("At Work or Completed", "Plan Approved", "Plan Completed", "Has Met"),
	"Plan Activities": ("Of an Approved Plan", "Carried Out"),
	"Roadmap Tasks": ("Not Cancelled", "Judged", "Done", "In Time"),
	"Questionnaires": ("Answered",),
	"Events": ("Held",),
	"Publications": ("Published",),
	"Rubrics": ("Published",),
	"Partners": ("Partner on the Day", "Gave a Mentor"),
	"Best Practices": ("Added",),
	"Awards": ("Granted",),
}
PEOPLE = ("Mentees", "Mentors", "Participants", "Persons", "Attendance")
WITH_KIND = ("Events", "Attendance", "Publications", "Rubrics", "Awards", "Mentors")


def refusal_of_definition(
	thing: str,
	of_those: str,
	counted: str,
	out_of: str,
	*,
	cohort: bool,
	over: bool,
	kind: bool,
	ground: bool,
) -> Message | None:
	"""None where a definition can be counted, otherwise what does not fit; `ground`: the cohort has one."""
	if not thing or not counted:
		return _("Choose of what the indicator is counted, and when something counts.")
	for mark in (of_those, counted):
		if mark and mark not in MARKS_OF[thing]:
			return _("“{0}” is not asked of “{1}”. Choose another mark.").format(_(mark), _(thing))
	if thing not in PEOPLE and (cohort or out_of == OF_HEADCOUNT):
		return _("A cohort and a headcount are of people. Leave them empty for “{0}”.").format(_(thing))
	if ground and thing != "Mentees":
		return _("A ground is asked of mentees alone. Choose another cohort for “{0}”.").format(_(thing))
	if over and (thing != "Mentors" or "In a Pair" not in (of_those, counted)):
		return _("Whom they mentor is asked of mentors in a pair alone.")
	if kind and thing not in WITH_KIND:
		return _("“{0}” have no kinds. Leave the kind empty.").format(_(thing))
	return None


# who counts


@dataclass(frozen=True)
class Tally:
	"""How many count. `whole` is None for pieces; of a headcount, more than those known by name. `by_number`: of those
	who count the people of whom no list was kept."""

	number: int
	whole: int | None = None
	by_number: int = 0
	problem: Message | None = None

	@property
	def value(self) -> Value:
		"""The count as a value: a share where there is a whole."""
		return Value(self.number, self.whole, is_share=self.whole is not None)


@dataclass(frozen=True)
class Headcount:
	"""How many people a target group counts; `later`: entered only after the day that is asked for."""

	number: int
	later: bool = False


def headcount_of(
	groups: Iterable[str], entered: Mapping[str, Headcount], titles: Mapping[str, str]
) -> tuple[int | None, Message | None]:
	"""The sum of the headcounts of some groups, None where nobody counted any of them; and what is doubtful in it."""
	groups = sorted(groups)
	known = [group for group in groups if group in entered]
	if not known:
		return None, _("No headcount is entered by this day. Enter it in the organization.")
	number = sum(entered[group].number for group in known)
	missing = [titles.get(group, group) for group in groups if group not in entered]
	if missing:
		return number, _("No headcount is entered of: {0}.").format(", ".join(missing))
	later = [titles.get(group, group) for group in known if entered[group].later]
	if later:
		return number, _("The headcount was entered only after this day: {0}.").format(", ".join(later))
	return number, None


def tally(
	counted: int,
	members: int,
	*,
	out_of: str = OF_THEM_ALL,
	headcount: tuple[int | None, Message | None] = (None, None),
	by_number: int = 0,
) -> Tally:
	"""Those who count of a population, out of its members, of a headcount (with what is doubtful in it), or as pieces.
	A share can exceed 100 %, and then the problem says what to correct."""
	number = counted + by_number
	if out_of == OF_HEADCOUNT:
		found = Tally(number, headcount[0] or 0, by_number, headcount[1])
	else:
		found = Tally(number, members if out_of == OF_THEM_ALL else None, by_number)
	if found.whole and number > found.whole:
		said = _("{0} were counted out of {1}. Correct the headcount or the number of those present.")
		return replace(found, problem=said.format(number, found.whole))
	return found


# what it comes to


@dataclass(frozen=True)
class Value:
	"""A share in % or a number of pieces, counted or entered by a person; `entered` is a value without its parts.

	`exact` is None where there is nothing to divide by."""

	numerator: int | None = None
	denominator: int | None = None
	is_share: bool = True
	entered: Decimal | None = None
	by_hand: bool = False

	@property
	def exact(self) -> Fraction | None:
		"""What was entered, the count, or the share in per cent, before any rounding; None with nothing to show or to
		divide by."""
		if self.entered is not None:
			return Fraction(self.entered)
		if self.numerator is None or not self.is_share:
			return None if self.numerator is None else Fraction(self.numerator)
		return Fraction(100 * self.numerator, self.denominator) if self.denominator else None

	def shown(self, decimals: int = 1) -> float | None:
		"""Rounded down: 100 % means everybody. What was entered stands as it was entered."""
		if self.entered is not None:
			return float(self.entered)
		return None if self.exact is None else _down(self.exact, decimals)


def by_hand(number: Number, *, is_share: bool = True) -> Value:
	"""A value that a person entered, of whose parts nothing is known."""
	return Value(is_share=is_share, entered=_decimal(number), by_hand=True)


def _down(number: Fraction, decimals: int) -> float:
	scale = 10**decimals
	return float(Decimal(number.numerator * scale // number.denominator) / scale)


def _decimal(number: Number | Fraction) -> Decimal:
	if isinstance(number, Fraction):
		return Decimal(number.numerator) / Decimal(number.denominator)
	return Decimal(str(number))


# how it stands


@dataclass(frozen=True)
class Target:
	"""What is to be reached in a year; `base` is a value from which the plan starts, and no target."""

	year: int
	value: Number
	base: bool = False


@dataclass(frozen=True)
class Goal:
	"""The target that a year is held against. `ahead`: of a later year; `historical`: its year has passed."""

	year: int
	value: Number
	ahead: bool = False
	historical: bool = False

	@property
	def binds(self) -> bool:
		"""Whether it is a target of the year itself, so that missing it counts."""
		return not self.ahead and not self.historical


def goal_of(targets: Iterable[Target], year: int) -> Goal | None:
	"""The target of a year; where it has none the next one ahead, else the last one that has passed."""
	by_year = {target.year: target for target in targets if not target.base}
	if year in by_year:
		return Goal(year, by_year[year].value)
	ahead = min((one for one in by_year if one > year), default=None)
	if ahead:
		return Goal(ahead, by_year[ahead].value, ahead=True)
	passed = max(by_year, default=None)
	return Goal(passed, by_year[passed].value, historical=True) if passed else None


def base_of(targets: Iterable[Target]) -> Target | None:
	"""The base value, of several the earliest."""
	return min((target for target in targets if target.base), key=lambda target: target.year, default=None)


def standing(value: Value, target: Number | None, op: str = AT_LEAST, tolerance: Number = 0) -> str | None:
	"""Reached, missed by no more than the tolerance (points of the value), or missed; None without value or target.

	The exact value is judged, not the rounded one. Whether more is better says the sign, never the plan: a plan that
	falls because fewer need help is no error.
	"""
	if target is None or value.exact is None:
		return None
	goal = Fraction(_decimal(target))
	if _COMPARED[op](value.exact, goal):
		return REACHED
	return NEARLY if tolerance and abs(value.exact - goal) <= Fraction(_decimal(tolerance)) else MISSED


def way_gone(value: Value, base: Number | None, target: Number | None) -> float | None:
	"""Part of the way from the base to the target in %, rounded down; below 0 when it went the other way. None where
	there is no way to go."""
	if base is None or target is None or value.exact is None:
		return None
	start, end = Fraction(_decimal(base)), Fraction(_decimal(target))
	return None if start == end else _down(100 * (value.exact - start) / (end - start), 1)


# over the years


@dataclass(frozen=True)
class Reported:
	"""A value of a year, and the definition by which it was counted (any text that changes with it)."""

	year: int
	value: Value
	definition: str = ""


@dataclass(frozen=True)
class YearOfIndicator:
	"""A year of an indicator: `change` is in points from the last year with a value, `better` says which way.

	`comparable` is false where the definition had changed meanwhile: then there is no change to tell."""

	year: int
	value: Value | None
	goal: Goal | None
	standing: str | None
	change: float | None = None
	better: bool | None = None
	comparable: bool = True


def over_years(
	years: Iterable[int],
	reported: Iterable[Reported],
	targets: Collection[Target],
	op: str = AT_LEAST,
	tolerance: Number = 0,
) -> list[YearOfIndicator]:
	"""An indicator year by year: a year without a value stays, and binds where it has a target of its own."""
	by_year = {one.year: one for one in reported}
	found, before, exact_before = [], None, None
	for year in sorted(years):
		one, goal = by_year.get(year), goal_of(targets, year)
		exact = one.value.exact if one else None
		if exact is None:
			found.append(YearOfIndicator(year, one and one.value, goal, None))
			continue
		comparable = before is None or before.definition == one.definition
		delta = exact - exact_before if before and comparable else None
		judged = standing(one.value, goal.value, op, tolerance) if goal and goal.binds else None
		change = None if delta is None else float(round(_decimal(delta), 3))
		found.append(
			YearOfIndicator(year, one.value, goal, judged, change, _is_better(delta, op), comparable)
		)
		before, exact_before = one, exact
	return found


def _is_better(delta: Fraction | None, op: str) -> bool | None:
	if not delta or op == EXACTLY:
		return None
	return (delta > 0) == (op in (AT_LEAST, MORE))


@dataclass(frozen=True)
class ProgramYear:
	"""A year of a programme of several years: a plan is made for it, and its indicators are reported on its last day."""

	start: date
	end: date


def years_of(start: date, end: date, *, first_month: int = 9) -> list[ProgramYear]:
	"""The years that a programme runs through, each from the first day of a month, the first and the last cut to the
	programme's own days: 9 for school years, 1 for calendar years."""
	found = []
	while start <= end:
		turn = date(start.year + (start.month >= first_month), first_month, 1)
		last = min(turn - timedelta(days=1), end)
		found.append(ProgramYear(start, last))
		start = last + timedelta(days=1)
	return found


def refusal_to_change(year: int, reason: str | None, reported_years: AbstractSet[int]) -> Message | None:
	"""None where the target of a year may be changed, otherwise what is wrong: a year that has been reported stands,
	and every change has a reason."""
	if year in reported_years:
		return _("{0} has been reported: its target stands. Change a later year.").format(year)
	if not (reason or "").strip():
		return _("Enter the reason of the change.")
	return None
