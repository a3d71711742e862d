"""The period of a roadmap from what its header says and what its rows mention."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from nastavnik_app.rules.school_year import Period, academic_year, calendar_year, month_end
from nastavnik_app.rules.term_model import Phrase
from nastavnik_app.rules.term_phrases import read_phrases
from nastavnik_app.rules.term_words import MAX_LENGTH, Token, clean, tokens, without_list_number

MOST = 0.8  # a year fits the rows when at least this share of their dates lies in it
EARLIEST, LATEST = 2015, 2045  # other years in a header belong to acts and founders
_DATE_OF_AN_ACT = (
	"date",
	"number",
	"ordinal",
	"month",
	"year",
	"unit",
	'"',
	"«",
	"»",
	"“",
	"”",
)  # «12» марта 2021 г.


@dataclass(frozen=True)
class MentionedDates:
	"""What a text says about time: (year, month) pairs, months without a year, and periods that it names."""

	months: tuple[tuple[int, int], ...] = ()
	bare_months: tuple[int, ...] = ()
	periods: tuple[Period, ...] = ()
	school_year_of: int | None = None  # «2023 учебный год»: one year, so it does not say which school year


def mentioned_dates(text: str) -> MentionedDates:
	"""Dates of acts («от 25.12.2019», «№ 15 от 1 марта 2022 г.») are left out."""
	found = tokens(without_list_number(clean(text))[:MAX_LENGTH])
	phrases = [p for p in read_phrases(_without_acts(found)).phrases if p.mark]
	months: list[tuple[int, int]] = []
	bare: list[int] = []
	periods: list[Period] = []
	school_year_of = None
	for phrase in phrases:
		for mark in (phrase.mark, phrase.until):
			if mark and mark.unit in ("day", "month") and 1 <= mark.number <= 12:
				if mark.school_year is not None:
					periods.append(academic_year(mark.school_year, "stated"))
				elif mark.year:
					months.append((mark.year, mark.number))
				else:
					bare.append(mark.number)
			elif mark and mark.school_year is not None:
				periods.append(academic_year(mark.school_year, "stated"))
		if phrase.mark.unit == "plan" and phrase.mark.year:
			school_year_of = phrase.mark.year
		period = _named_period(phrase)
		if period:
			periods.append(period)
	return MentionedDates(tuple(months), tuple(bare), tuple(periods), school_year_of)


def _without_acts(found: list[Token]) -> list[Token]:
	"""Leaves out the date after «от» and the one before «№»."""
	kept: list[Token] = []
	skipping = False
	for token in found:
		if token.kind == "of":
			skipping = True
		elif skipping and token.kind not in _DATE_OF_AN_ACT:
			skipping = False
		if not skipping:
			kept.append(token)
	return kept


def _named_period(phrase: Phrase) -> Period | None:
	"""«2022-2026 гг.», «на 2023 год», «18.03.2022 – 01.08.2023»."""
	mark, until = phrase.mark, phrase.until
	years = [m.year for m in (mark, until) if m and m.year]
	if any(not EARLIEST <= year <= LATEST for year in years):
		return None
	if mark.unit == "years":
		last = mark.last_year
		return (
			Period(date(mark.year, 1, 1), date(last, 12, 31), "stated")
			if mark.year <= last <= LATEST
			else None
		)
	if mark.unit == "year" and phrase.kind != "due":
		last = until.year if until and until.unit == "year" else mark.year
		return Period(date(mark.year, 1, 1), date(last, 12, 31), "stated") if last >= mark.year else None
	if phrase.kind == "range" and len(years) == 2 and {mark.unit, until.unit} <= {"day", "month"}:
		try:
			start = date(mark.year, mark.number, mark.day or 1)
			end = date(until.year, until.number, until.day or month_end(until.year, until.number).day)
		except ValueError:
			return None
		return Period(start, end, "stated") if (end - start).days >= 28 else None
	return None


def infer_period(header_lines: list[str], term_texts: list[str]) -> Period | None:
	"""The plan's period, `basis` "stated" or "inferred"; None when no year is written anywhere.

	`header_lines`: titles, captions and cards, not the rows' contents; `term_texts`: the rows' terms."""
	header = [mentioned_dates(line) for line in header_lines]
	rows = [mentioned_dates(text) for text in term_texts]
	months = [month for row in rows for month in row.months if EARLIEST <= month[0] <= LATEST]
	bare = [month for row in rows for month in row.bare_months]
	stated = [period for line in header for period in line.periods]
	stated += [period for row in rows for period in row.periods if (period.end - period.start).days > 200]
	best = _best(stated, months)
	if best:
		return _doubted_year(best, months, bare)
	if months:
		return _from_months(months)
	school = [line.school_year_of for line in header if line.school_year_of]
	if school:
		return academic_year(school[0], "inferred")
	dated = [month for line in header for month in line.months if EARLIEST <= month[0] <= LATEST]
	return _from_months(dated) if dated and bare else None


def _share(period: Period, months: list[tuple[int, int]]) -> float:
	"""Which share of the months lies in the period, August before a school year and its summer included."""
	first = period.school_year
	start = date(first, 8, 1) if first is not None else period.start.replace(day=1)
	inside = [m for m in months if start <= date(*m, 1) <= period.container_end]
	return len(inside) / len(months) if months else 1.0


def _best(stated: list[Period], months: list[tuple[int, int]]) -> Period | None:
	"""The stated period that most of the rows' dates fit; the first stated when equal; none that few fit."""
	if not stated:
		return None
	best = max(stated, key=lambda period: _share(period, months))
	return best if _share(best, months) >= 0.5 else None


def _doubted_year(stated: Period, months: list[tuple[int, int]], bare: list[int]) -> Period:
	"""«На 2022 год» over rows from September to May means a school year; the rows decide, and it is inferred."""
	one_year = stated.start.year == stated.end.year and (stated.end - stated.start).days >= 364
	if not one_year:
		return stated
	year = stated.start.year
	if months and _share(stated, months) < MOST:
		return _from_months(months)
	if not months and bare and bare[0] in (8, 9, 10) and any(month < 7 for month in bare):
		return academic_year(year, "inferred")
	return stated


def _from_months(months: list[tuple[int, int]]) -> Period:
	"""The school year or calendar year that holds most of the dates, or the whole stretch from first to last."""
	votes = Counter(year if month >= 8 else year - 1 for year, month in months)
	school = academic_year(votes.most_common(1)[0][0], "inferred")
	calendar = calendar_year(Counter(year for year, _ in months).most_common(1)[0][0], "inferred")
	fits = max((school, calendar), key=lambda period: _share(period, months))
	if _share(fits, months) >= MOST:
		return fits
	first, last = min(months), max(months)
	return Period(date(*first, 1), month_end(*last), "inferred")
