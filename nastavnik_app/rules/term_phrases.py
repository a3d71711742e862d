"""Phrases of a term around its marks: deadlines, ranges, recurrences, terms that hang on an event."""

from __future__ import annotations

from dataclasses import replace

from nastavnik_app.rules.term_events import EventReader
from nastavnik_app.rules.term_grammar import BREAKS, FARTHEST, FILLERS, LINKS, NUMBERED_UNITS, RHYTHMS
from nastavnik_app.rules.term_model import Mark, Phrase, Reading
from nastavnik_app.rules.term_words import Token

# What a «период …» may be the period of, when the plan's own is meant.
_WHOLE_OF = (
	"наставнич",
	"программ",
	"проект",
	"персонализ",
	"цмн",
	"целев",
	"модел",
	"план",
	"обучени",
	"работ",
)


EXCEPT = ("кроме", "исключая", "исключением")  # the dates behind them are not meant
REMARK = ("word", "and", ",", "-", "unit")
# From the narrow to the wide.
_WIDTH = {
	"day": 0,
	"holidays": 1,
	"month": 2,
	"season": 3,
	"year": 4,
	"years": 4,
	"school_year": 4,
	"plan": 4,
}


def _explained(before: list[Phrase], inside: list[Phrase]) -> list[Phrase]:
	"""A bracket behind a term explains it: «до 25 декабря (1 полугодие)», or says it closer: «2 четверть (декабрь)»."""
	last, first = before[-1], inside[0]
	if not (last.mark and first.mark and {last.kind, first.kind} <= {"at", "range", "due"}):
		return before + inside
	widths = [3 if phrase.mark.part else _WIDTH.get(phrase.mark.unit, 3) for phrase in (last, first)]
	if widths[0] <= 2 and (widths[1] > 2 or (first.kind == "at" and _lies_in(last.mark, first.mark))):
		return before
	return [*before[:-1], *inside] if widths[1] <= 2 < widths[0] else before + inside


def _lies_in(mark: Mark, month: Mark) -> bool:
	"""Whether a month in brackets is only that of the day or the holidays before it."""
	if month.unit != "month" or month.part:
		return False
	return mark.unit == "holidays" or (mark.unit == "day" and month.number == mark.number)


def read_phrases(tokens: list[Token]) -> Reading:
	"""All phrases of a term, in order, and the words that none of them took."""
	return _PhraseReader(tokens).read()


class _PhraseReader(EventReader):
	def read(self) -> Reading:
		reading = Reading(guessed=[token.text for token in self.tokens if token.guessed])
		while self.at < len(self.tokens):
			start = self.at
			if reading.phrases and self._skip_remark():
				continue
			phrases = self._next()
			if phrases:
				bracketed = self.kind(start - 1 - self.at) == "("
				explains = bracketed and reading.phrases
				reading.phrases = (
					_explained(reading.phrases, phrases) if explains else reading.phrases + phrases
				)
				continue
			self.at = start
			token = self.tokens[start]
			if token.kind == "about":
				reading.about = True
			elif token.kind == "other":
				reading.other_year = True
				self._year_ahead()
			elif token.kind == "onwards" and reading.phrases and reading.phrases[-1].kind in ("at", "range"):
				if not self._opens_behind():
					reading.phrases[-1] = Phrase("from", reading.phrases[-1].mark)
			elif token.kind in ("number", "ordinal") and self.kind(1) == "stages":
				self.at += 1
			elif token.text in EXCEPT:
				self.to_break()
				reading.unread += [each.text for each in self.tokens[start : self.at]]
				continue
			elif token.kind not in (*BREAKS, *FILLERS, "-", "/", "in"):
				reading.unread.append(token.text)
			self.at += 1
		return reading

	def _skip_remark(self) -> bool:
		"""Skips a bracket of plain words behind a term: «5 октября (День учителя)», «май (итоговый)»."""
		if self.kind() != "(":
			return False
		ahead = 1
		while ahead < FARTHEST and self.kind(ahead) in REMARK and self._text(ahead) not in EXCEPT:
			ahead += 1
		words = [self.kind(place) for place in range(1, ahead)]
		if "word" not in words or self.kind(ahead) not in (")", ""):
			return False
		self.at += ahead + 1
		return True

	def _text(self, ahead: int) -> str:
		return self.tokens[self.at + ahead].text

	def _opens_behind(self) -> bool:
		"""«Август, далее по мере необходимости»: what follows has no dates, so August does not run on."""
		start = self.at
		self.at += 1
		self.skip("-", ",")
		opens = self.every() is None and self.open() is not None
		self.at = start
		return opens

	def _year_ahead(self) -> None:
		"""Skips the year of «следующего учебного года», leaving the cursor on the last word taken."""
		self.at += self.kind(1) == "school"
		self.at += self.is_unit("year", 1)

	def _next(self) -> list[Phrase] | None:
		start = self.at
		for attempt in (self.every, self._due, self._during, self.event, self._span, self.open):
			found = attempt()
			if found:
				return found if isinstance(found, list) else [found]
			self.at = start
		return None

	# -- deadlines -----------------------------------------------------------------------------------------------

	def _due(self) -> Phrase | list[Phrase] | None:
		"""«до октября», «не позднее 25 мая», «к 1 сентября», «до конца учебного года»."""
		if self.kind() == "in" and self.kind(1) == "period" and self.kind(2) in ("until", "not", "by", "to"):
			self.at += 2
		if self.kind() == "not" and self.kind(1) == "later":
			self.at += 2
			self.skip("until")
			exclusive = False
		elif self.kind() in ("until", "to") or (self.kind() == "after" and self.kind(1) == "part"):
			self.at += 1
			exclusive = True
		elif self.kind() == "by":
			self.at += 1
			exclusive = False
		else:
			return None
		if self.kind() == "finish":
			self.at += 1
			school = self.kind() == "school"
			mark = self._whole_plan() if exclusive else None
			if mark and school:
				mark = replace(mark, number="school", part=("end", 0))
			return Phrase("due", mark=mark) if mark else None
		if self.kind() == "part" and self.value() == "end" and self.kind(1) in ("period", "carrying_out"):
			self.at += 1
			mark = self._whole_plan()
			return Phrase("due", mark=mark) if mark else None
		mark = self._target()
		if not mark:
			return None
		if self.kind() == "inclusive":
			self.at += 1
			exclusive = False
		exclusive = exclusive and mark.unit != "day"
		return [Phrase("due", mark=each, exclusive=exclusive) for each in self.in_more_years(mark)]

	def _target(self) -> Mark | None:
		"""A mark, or days that share a month with a later one («до 15 и 30 мая» takes the last)."""
		if self.number() is not None and self.kind(1) in ("and", ",", "-") and self.number(2) is not None:
			start = self.at
			self.at += 2
			mark = self.mark()
			if mark and mark.unit == "day":
				return mark
			self.at = start
		return self.mark() or (self.plan() if self.kind() in ("school", "calendar") else None)

	# -- the whole period ----------------------------------------------------------------------------------------

	def _whole_plan(self) -> Mark | None:
		"""«всего периода реализации ЦМН», «учебного года», «действия программы»."""
		start = self.at
		self.skip("whole", "this")
		mark = self.plan()
		if mark:
			self.tail()
			return mark
		if self.kind() in ("period", "carrying_out"):
			period_of = self.kind() == "period"
			self.at += 1
			if period_of and (
				self.kind() in ("date", "month", "from", "number", "years", "year", "seasonal")
			):
				self.at = start
				return None
			other = self.kind() == "word" and not self.tokens[self.at].text.startswith(_WHOLE_OF)
			if period_of and (other or self.kind() == "holidays"):
				self.at = start  # «период адаптации» is a time of its own
				return None
			self.tail()
			return Mark("plan")
		self.at = start
		return None

	def _during(self) -> Phrase | None:
		if self.kind() == "always":
			self.at += 1
			return Phrase("during", mark=Mark("plan"))
		start = self.at
		self.skip("in", "by")
		if self.kind() == "whole" and self.kind(1) == "stages":
			self.at += 2
			self.tail()
			return Phrase("during", mark=Mark("plan"))
		whole = self.kind() == "whole" and self.kind(1) == "during"  # «на всём протяжении»
		if whole:
			self.at += 1
		trigger = self.skip("during")
		if trigger and self.kind() == "each":
			return self._each()
		whole = whole or self.kind() == "whole"
		if self.kind() == "period" and not trigger and self.at == start:
			if self.kind(1) not in ("carrying_out", "word"):
				return None
		if not (trigger or whole or self.kind() == "period" or self._is_bare_plan()):
			return None
		length = self._length() if trigger else None
		if length:
			return length
		mark = self._whole_plan()
		if mark:
			return Phrase("during", mark=mark)
		self.skip("whole", "this", "period")
		if trigger and self.at == len(self.tokens):
			return Phrase("during", mark=Mark("plan")) if whole else None
		spans = self._span()
		if spans and (spans[0].mark.unit in ("plan", "year", "years", "school_year")):
			return replace(spans[0], kind="during")
		if spans:
			return spans
		if trigger or self.kind() in ("word", "holidays"):
			self.to_break()
			return Phrase("relative") if trigger or self.at > start + 1 else None
		return None

	def _is_bare_plan(self) -> bool:
		"""«учебный год» with nothing before it but «на», «за»."""
		return self.kind() in ("school", "calendar") and self.is_unit("year", 1)

	def _length(self) -> Phrase | None:
		"""«в течение 3 дней после …»: counted from an event."""
		start = self.at
		number = self.number()
		if number is not None and self._is_numbered_unit():
			return None
		self.at += number is not None
		self.skip("calendar", "school")
		if self.is_unit(tuple(RHYTHMS)):
			unit = self.value()
			self.at += 1
			anchored = self.kind() == "after" or (self.kind() == "by" and self.kind(1) == "finish")
			anchored |= self.kind() in ("from", "of") and (
				self.kind(1) in ("moment", "word", "label") or self.is_unit("day", 1)
			)
			if anchored or (number is not None and self.tokens[start].kind == "number"):
				self.to_break()
				return Phrase("relative" if anchored else "duration")
			if unit != "year" and number is None and self.kind() in ("", *BREAKS):
				return Phrase("duration")
		self.at = start
		return None

	def _is_numbered_unit(self) -> bool:
		"""«в течение 1 полугодия» names the first one; «двух полугодий» would be a length."""
		return self.is_unit(NUMBERED_UNITS, 1) and self._text(1).endswith(("ия", "ти", "ла", "ра"))

	# -- spans ---------------------------------------------------------------------------------------------------

	def _span(self) -> list[Phrase] | None:
		"""A mark, a range of two, or days that share a month: «1, 15 и 20 сентября»."""
		if self.kind() == "not" and self.kind(1) == "earlier":  # «не ранее 1 октября»
			self.at += 2
			mark = self.mark()
			return [Phrase("from", mark)] if mark else None
		opening = self.kind()
		begins = opening in ("from", "of")
		self.skip("from", "of", "in")
		if self.is_unit("day") and self.kind(1) == "seasonal":  # «в дни осенних каникул»
			self.at += 1
		pieces = self.piece_range() or self.both_ends()
		if pieces:
			return pieces
		days = self._shared_days()
		if days:
			return days
		first = self.mark() or (self.plan() if self.kind() in ("school", "calendar") and begins else None)
		if first is None:
			return None
		start = self.at
		link = self.kind() if self.kind() in LINKS else ""
		if (
			self.kind() == "/"
			and first.day is None
			and first.year
			and self.kind(1) == "date"
			and self.value(1)[2]
		):
			link = "-"  # «03.2022 / 05.2022»: the two columns begin and end
		if link and (link != "to" or begins):
			self.at += 1
			dash_until = link == "-" and self.kind() == "until"  # «сентябрь – до мая»
			self.skip("until", "by")
			last = self.mark() or self.plan()
			if last:
				inclusive = self.skip("inclusive")
				exclusive = (link == "until" or dash_until) and last.unit != "day" and not inclusive
				return [Phrase("range", first, last, exclusive=exclusive)]
			if self.kind() == "always":  # «осень – постоянно»
				self.at += 1
				return [Phrase("from", first), Phrase("during", Mark("plan"))]
		self.at = start
		if opening == "of":
			return None
		return (
			[Phrase("from", first)] if begins else [Phrase("at", mark) for mark in self.in_more_years(first)]
		)

	def _shared_days(self) -> list[Phrase] | None:
		"""Numbers before a mark that take its month: «с 1 по 15 сентября», «01-15.09.2022», «15 и 30 мая»."""
		start, days, links = self.at, [], []
		while (
			len(days) < FARTHEST
			and self.kind() in ("number", "ordinal")
			and self.kind(1) in (*LINKS, ",", "and")
			and self._is_day(self.value())
		):
			days.append(self.value())
			links.append(self.kind(1))
			self.at += 2
			self.skip("from")
		if days:
			last = self.mark()
			if last and last.unit == "day" and last.part is None:
				marks = [replace(last, day=day) for day in days] + [last]
				if links == ["-"] or links == ["by"] or links == ["until"]:
					return [Phrase("range", *marks)]
				if not set(links) & set(LINKS):
					return [Phrase("at", mark) for mark in marks]
		self.at = start
		return None

	@staticmethod
	def _is_day(number: object) -> bool:
		return isinstance(number, int) and 1 <= number <= 31
