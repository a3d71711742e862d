"""Plans for which terms are read, and a term's reading on one line, to compare."""

from __future__ import annotations

from datetime import date

from nastavnik_app.rules.school_year import Period, academic_year, calendar_year
from nastavnik_app.rules.terms import Term, occurrences

SCHOOL = academic_year(2022)
CALENDAR = calendar_year(2023)
PROGRAMME = Period(date(2022, 1, 1), date(2026, 12, 31))
MUNICIPAL = Period(date(2022, 3, 18), date(2023, 8, 1))
SPRING = Period(date(2023, 2, 15), date(2023, 5, 20))


def days(term: Term) -> str:
	"""Every stretch of the term: "2022-09-15", "2022-09-01/2022-09-30", "../2022-09-30" for a deadline."""
	ends = [[day.isoformat() if day else ".." for day in (span.start, span.end)] for span in term.spans]
	return ", ".join(start if start == end else f"{start}/{end}" for start, end in ends)


def first_dues(term: Term, period: Period, number: int = 2) -> str:
	"""The days by which the first occasions are due, and how many occasions there are: "2022-09-30 2022-10-31 of 9"."""
	found = [str(occurrence.due) for occurrence in occurrences(term, period)]
	return f"{' '.join(found[:number])} of {len(found)}"


def doubts(term: Term) -> str:
	"""Problems, without the standing reminder that dates of quarters and holidays are the usual ones."""
	return "; ".join(problem for problem in term.problems if "Usual dates" not in problem)
