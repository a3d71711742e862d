"""Terms of a roadmap's rows: what a school wrote in «Сроки» → dates, recurrence, doubts.

Nothing is repaired silently: a term that cannot be read has no dates and a problem; a date that looks wrong is kept as
it is written, with a problem.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from nastavnik_app.rules.document_period import MentionedDates, infer_period, mentioned_dates
from nastavnik_app.rules.messages import Message, _
from nastavnik_app.rules.recurrence import Occurrence, is_school, occasions, years_of
from nastavnik_app.rules.school_year import Period
from nastavnik_app.rules.term_dates import Dater
from nastavnik_app.rules.term_model import Mark, Phrase, Reading, Rhythm
from nastavnik_app.rules.term_phrases import read_phrases
from nastavnik_app.rules.term_words import MAX_LENGTH, clean, tokens, without_list_number

__all__ = [
	"MentionedDates",
	"Occurrence",
	"Rhythm",
	"Span",
	"Term",
	"infer_period",
	"mentioned_dates",
	"occurrences",
	"read_begin_end",
	"read_term",
]

_LONG_UNITS = ("plan", "year", "years", "school_year")
_SAME = {  # (every, times, interval) → the usual name of the same rhythm
	("yearly", 2, 1): ("half-yearly", 1, 1),
	("yearly", 4, 1): ("quarterly", 1, 1),
	("yearly", 12, 1): ("monthly", 1, 1),
	("half-yearly", 1, 2): ("yearly", 1, 1),
	("quarterly", 1, 2): ("half-yearly", 1, 1),
	("monthly", 1, 3): ("quarterly", 1, 1),
	("monthly", 1, 6): ("half-yearly", 1, 1),
	("monthly", 1, 12): ("yearly", 1, 1),
	("weekly", 1, 2): ("every two weeks", 1, 1),
}


@dataclass(frozen=True)
class Span:
	"""A stretch of days, both included. A deadline has no start; an end that lies before the start is left out."""

	start: date | None
	end: date | None


@dataclass(frozen=True)
class Term:
	"""One term as read.

	`text`: as written, without a leaked list number. `recurrence`: daily, weekly, every two weeks, monthly,
	quarterly (calendar), every school quarter, every trimester, half-yearly, yearly, continuous (all the time, no
	single occasion) or None.
	`relative`: hangs on an event, a need or another plan, so it has no dates of its own.
	`kind`: empty, unreadable, relative, open, date, deadline, span, list, recurring or continuous.
	`spans`: every stretch that is named, in order of time. `rhythm`: the details of a recurrence.
	`each_year`: the plan has several years and the term comes back in each of them.
	`literal`: start and end exactly as written where they contradict each other. `notes`: how it was understood, no doubt.
	"""

	text: str
	start: date | None = None
	end: date | None = None
	recurrence: str | None = None
	relative: bool = False
	problems: tuple[Message, ...] = ()
	kind: str = "unreadable"
	spans: tuple[Span, ...] = ()
	rhythm: Rhythm | None = None
	each_year: bool = False
	literal: Span | None = None
	notes: tuple[Message, ...] = ()


def read_term(text: str, period: Period | None, *, closing: bool = False) -> Term:
	"""Reads one term cell. `closing`: the row stands in a closing section, where August ends the school year."""
	whole = clean(text)
	written = without_list_number(whole)
	if not re.search(r"\w", written):
		problem = _("No term is written")
		if re.search(r"\d", whole):
			problem = _("Only a list number stands in place of the term: {0}").format(whole)
		return Term("", kind="empty", problems=(problem,))
	cells = [cell for cell in written.split("|") if re.search(r"\w", cell)]
	if len(cells) == 2:
		return read_begin_end(*cells, period, closing=closing)
	if len(text) > MAX_LENGTH:
		return Term(written, problems=(_("This is too long for a term"),))
	return _assemble(written, read_phrases(tokens(written)), period, closing)


def read_begin_end(begin: str, end: str, period: Period | None, *, closing: bool = False) -> Term:
	"""Reads a term given in two columns; its text is «begin | end»."""
	cells = [without_list_number(clean(cell)) for cell in (begin, end)]
	first, last = (cell if re.search(r"\w", cell) else "" for cell in cells)
	if not first and not last:
		return read_term("", period)
	if first == last:
		return read_term(first, period, closing=closing)
	text = f"{first} | {last}"
	if not first:
		term = read_term(last, period, closing=closing)
		return replace(term, text=text, problems=(_("The beginning is not written"), *term.problems))
	if not last:
		term = read_term(first, period, closing=closing)
		if term.recurrence or not term.start:
			return replace(term, text=text)
		problems = (_("The end is not written"), *term.problems)
		return replace(term, text=text, end=None, spans=(Span(term.start, None),), problems=problems)
	readings = [read_phrases(tokens(cell)) for cell in (first, last)]
	both = Reading(
		phrases=readings[0].phrases + readings[1].phrases,
		unread=readings[0].unread + readings[1].unread,
		guessed=readings[0].guessed + readings[1].guessed,
		other_year=readings[0].other_year or readings[1].other_year,
	)
	if all(len(reading.phrases) == 1 and reading.phrases[0].mark for reading in readings):
		opening, ending = both.phrases
		both.phrases = [
			Phrase("range", opening.mark, ending.until or ending.mark, exclusive=ending.exclusive)
		]
	return _assemble(text, both, period, closing)


def occurrences(term: Term, period: Period) -> list[Occurrence]:
	"""One for each occasion in the plan; a continuous, daily or undated term has a single one."""
	rhythm = term.rhythm
	named = [Occurrence(span.start, span.end) for span in term.spans]
	if rhythm is None or rhythm.every == "daily" or len(named) > 1 or not term.end:
		return named or [Occurrence(term.start, term.end)]
	if term.each_year:
		again = [o for year in years_of(period) for o in occurrences(read_term(term.text, year), year)]
		return [o for o in again if o.due and o.due <= period.container_end]
	if not term.start or (rhythm.every == "yearly" and rhythm.times == 1):
		return named
	return occasions(rhythm, Period(term.start, term.end), is_school(period))


def _rhythm(reading: Reading) -> Rhythm | None:
	"""The rhythm of a term, with the day of the month that may stand apart («ежемесячно, до 5 числа»)."""
	found = [phrase.rhythm for phrase in reading.phrases if phrase.kind == "every"]
	days = [phrase.rhythm for phrase in reading.phrases if phrase.kind == "day_of_month"]
	rhythm = found[0] if found else None
	for other in found[1:]:  # «еженедельно, по средам»
		if other.every == rhythm.every:
			weekdays = rhythm.weekdays or other.weekdays
			rhythm = replace(rhythm, weekdays=weekdays, part=rhythm.part or other.part)
	if days and rhythm:
		rhythm = replace(rhythm, day=days[0].day, next_month=days[0].next_month)
	elif days:
		rhythm = days[0]
	if rhythm and (rhythm.every, rhythm.times, rhythm.interval) in _SAME:
		every, times, interval = _SAME[rhythm.every, rhythm.times, rhythm.interval]
		rhythm = replace(rhythm, every=every, times=times, interval=interval)
	return rhythm


def _days_of_named_months(reading: Reading) -> None:
	"""«Сентябрь, до 15 числа» is a deadline in September, not one in each month."""
	months = [p for p in reading.phrases if p.kind == "at" and p.mark.unit == "month" and not p.mark.part]
	days = [p for p in reading.phrases if p.kind == "day_of_month"]
	if months and days and not any(p.kind == "every" for p in reading.phrases):
		day = days[0].rhythm.day
		reading.phrases = [
			Phrase("due", mark=replace(p.mark, unit="day", day=day)) if p in months else p
			for p in reading.phrases
			if p not in days
		]


def _assemble(text: str, reading: Reading, period: Period | None, closing: bool) -> Term:
	_days_of_named_months(reading)
	rhythm = _rhythm(reading)
	dater = Dater(period, closing)
	dated = [p for p in reading.phrases if p.mark]
	explicit = [p for p in dated if not (p.kind == "during" and p.mark == Mark("plan"))]
	through = len(explicit) < len(dated) or any(p.kind == "during" for p in explicit)
	many_years = period is not None and (period.end - period.start).days > 366
	each_year = (
		bool(rhythm)
		and many_years
		and not _have_years(explicit)
		and (bool(explicit) or rhythm.every == "yearly")
	)
	if rhythm and (not explicit or each_year):
		explicit = [Phrase("during", mark=Mark("plan"))]
	elif not explicit and through:
		explicit = [Phrase("during", mark=Mark("plan"))]
	explicit = _in_school_year(_begun(reading, explicit))
	# «с октября, далее постоянно» begins where it says
	if through and any(p.kind == "from" for p in explicit):
		explicit = [p for p in explicit if p.kind == "from"]
	spans = [dater.phrase_days(phrase) for phrase in dater.fill_years(explicit)]
	problems = [*_reading_problems(reading, bool(explicit) or bool(rhythm)), *dater.problems]
	waits = any(p.kind in ("relative", "duration", "open") for p in reading.phrases)
	if reading.other_year:
		spans = []
		problems.append(_("“Next” or “last” is not counted from the plan: write the year"))
	term = Term(
		text,
		recurrence=rhythm.every if rhythm else "continuous" if through else None,
		relative=waits and not explicit,
		kind=_kind(reading, explicit, rhythm, through),
		rhythm=rhythm,
		each_year=each_year,
		notes=tuple(dater.notes),
	)
	if reading.about:
		term = replace(term, notes=(*term.notes, _("The term is approximate")))
	long = all(mark.unit in _LONG_UNITS for p in explicit for mark in (p.mark, p.until) if mark)
	return _with_spans(term, [span for span in spans if span], problems, period, long)


def _in_school_year(explicit: list[Phrase]) -> list[Phrase]:
	"""«2022/2023 уч. г., ноябрь»: the school year says which November is meant."""
	years = [p for p in explicit if p.kind in ("at", "during") and p.mark.unit == "school_year"]
	months = [p for p in explicit if p.mark.unit in ("day", "month") and not p.mark.year]
	if len(years) != 1 or not months or len(months) + 1 != len(explicit):
		return explicit
	first = years[0].mark.school_year
	return [replace(p, mark=replace(p.mark, school_year=first)) for p in months]


def _begun(reading: Reading, explicit: list[Phrase]) -> list[Phrase]:
	"""«Сентябрь, в течение года» begins in September; «в течение года (сентябрь)» is in September."""
	last = reading.phrases[-1] if reading.phrases else None
	whole = last is not None and last.kind == "during" and last.mark == Mark("plan")
	if (
		whole
		and len(explicit) == 1
		and explicit[0].kind == "at"
		and explicit[0].mark.unit in ("day", "month")
	):
		return [Phrase("from", explicit[0].mark)]
	return explicit


def _have_years(phrases: list[Phrase]) -> bool:
	return any(p.mark.year or p.mark.school_year for p in phrases)


def _kind(reading: Reading, explicit: list[Phrase], rhythm: Rhythm | None, through: bool) -> str:
	if rhythm:
		return "recurring"
	if through:
		return "continuous"
	if len(explicit) > 1:
		return "list"
	if explicit:
		phrase = explicit[0]
		if phrase.kind == "due":
			return "deadline"
		return "date" if phrase.kind == "at" and phrase.mark.unit == "day" else "span"
	kinds = [phrase.kind for phrase in reading.phrases]
	if "relative" in kinds or "duration" in kinds:
		return "relative"
	return "open" if kinds else "unreadable"


def _reading_problems(reading: Reading, readable: bool) -> list[Message]:
	problems: list[Message] = []
	if reading.guessed:
		problems.append(_("Check the spelling: {0}").format(", ".join(reading.guessed)))
	if not reading.phrases:
		problems.append(_("The term could not be read"))
	elif reading.unread and readable:
		problems.append(_("A part of the term could not be read: {0}").format(" ".join(reading.unread)))
	if not readable and any(phrase.kind == "duration" for phrase in reading.phrases):
		problems.append(_("It does not say from which day the time is counted"))
	if len({phrase.rhythm.every for phrase in reading.phrases if phrase.kind == "every"}) > 1:
		problems.append(_("Several recurrences are written; the first is taken"))
	return problems


def _with_spans(
	term: Term,
	spans: list[tuple[date | None, date | None]],
	problems: list[Message],
	period: Period | None,
	long: bool,
) -> Term:
	"""The term with its dates, contradictions taken out and doubts said."""
	kept: list[Span] = []
	for start, end in spans:
		if start and end and end < start:
			problems.append(_("The term ends before it starts: {0} – {1}").format(start, end))
			term = replace(term, literal=Span(start, end))
			end = None
		kept.append(Span(start, end))
	kept.sort(key=lambda span: span.start or span.end or date.min)
	starts = [span.start for span in kept if span.start]
	ends = [span.end for span in kept if span.end]
	start, end = min(starts, default=None), max(ends, default=None)
	if start and end and end < start:
		start = None  # a deadline listed before a later event
	if period and kept:
		problems += [problem for span in kept for problem in _outside(span, period, long)]
	return replace(term, start=start, end=end, spans=tuple(kept), problems=tuple(dict.fromkeys(problems)))


def _outside(span: Span, period: Period, long: bool) -> list[Message]:
	"""Doubts about a term that does not lie in the plan. August before a school year belongs to its preparation."""
	first, last = span.start or span.end, span.end or span.start
	begins = period.start.replace(day=1)
	if period.school_year is not None and period.start.month == 9:
		begins = begins.replace(month=8)
	if last < begins:
		return [_("The term lies before the plan starts: {0}").format(last)]
	if first > period.container_end:
		return [_("The term lies after the plan ends: {0}").format(first)]
	if long:
		return []
	if first < begins:
		return [_("The term starts before the plan does: {0}").format(first)]
	if last > period.container_end:
		return [_("The term ends after the plan does: {0}").format(last)]
	return []
