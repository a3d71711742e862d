"""Recurrences of a term: «ежемесячно», «не реже 1 раза в квартал», «по четвергам», «до 5 числа каждого месяца»."""

from __future__ import annotations

from dataclasses import replace

from nastavnik_app.rules.term_grammar import BREAKS, LINKS, NUMBERED_UNITS, RHYTHMS, MarkReader
from nastavnik_app.rules.term_model import Mark, Phrase, Rhythm


class RhythmReader(MarkReader):
	"""Every `_…` method reads one way to write a recurrence; None when it is not that."""

	def every(self) -> Phrase | None:
		"""The rhythm that begins here («ежемесячно», «2 раза в год»); None, and nothing is read, where none does."""
		start = self.at
		for attempt in (
			self._adverb,
			self._rate,
			self._each,
			self._by_units,
			self._day_of_month,
			self._in_each_unit,
		):
			found = attempt()
			if found:
				return found
			self.at = start
		return None

	def _adverb(self) -> Phrase | None:
		if self.kind() != "every":
			return None
		self.at += 1
		return self._with_place(Rhythm(self.value(-1)))

	def _with_place(self, rhythm: Rhythm) -> Phrase:
		"""The rhythm with the day that stands behind it: «еженедельно (среда)», «раз в месяц, последняя пятница»."""
		start = self.at
		self.skip("(", ",", "in", "-")
		weekdays = self._weekdays()
		if weekdays and self.kind() in ("", *BREAKS):
			return Phrase("every", rhythm=replace(rhythm, weekdays=weekdays))
		self.at = start
		self.skip("(", ",", "in")
		part = self._piece()
		if part and self.kind() in ("", *BREAKS):
			return Phrase("every", rhythm=replace(rhythm, part=part))
		self.at = start
		return Phrase("every", rhythm=rhythm)

	def _weekdays(self) -> tuple[int, ...]:
		"""«средам и пятницам»: the days of the week that stand here."""
		found: list[int] = []
		while self.kind() == "weekday":
			found.append(self.value())
			self.at += 1
			ahead = next((ahead for ahead in range(3) if self.kind(ahead) not in (",", "and", "by")), 0)
			if self.kind(ahead) == "weekday":
				self.at += ahead
		return tuple(found)

	def _rate(self) -> Phrase | None:
		"""«не реже 1 раза в месяц», «раз в две недели», «2 р./год»."""
		if self.kind() == "not":
			self.at += 1
			self.skip("less", "than", ",")
		elif self.kind() == "by":
			self.at += 1
		times = self.number() if self.kind() == "number" else None
		self.at += times is not None
		if self.kind() == "-" and self.kind(1) == "number":  # «1-2 раза в месяц»: at least the first
			self.at += 2
		if self.kind() == "times":
			self.at += 1
		elif not (
			times in (1, 2, 3, 4) and not self.tokens[self.at - 1].text.isdigit() and self.kind() == "in"
		):
			return None
		self.skip("in", "/", "during", "each", "whole")
		interval = self.number() or 1
		self.at += self.number() is not None
		self.skip("school", "calendar", "this")
		if self.kind() in ("period", "carrying_out"):
			self.to_break()
			return Phrase("relative")
		if self.is_unit("half") and self.is_unit("year", 1):
			self.at += 2
			return Phrase("every", rhythm=Rhythm("half-yearly", times=times or 1))
		if self.kind() != "unit" or self.value() not in RHYTHMS:
			return None
		self.at += 1
		every = RHYTHMS[self.value(-1)]
		return self._with_place(Rhythm(every, times=times or 1, interval=max(interval, 1)))

	def _each(self) -> Phrase | None:
		"""«каждую пятницу», «каждые две недели», «каждую вторую неделю», «каждое 5 число», «каждый сентябрь»."""
		self.skip("in", "by")
		if self.kind() != "each":
			return None
		self.at += 1
		if self.kind() in ("month", "seasonal"):
			return Phrase("every", rhythm=Rhythm("yearly"))
		number = self.number()
		if number is not None and self.kind(1) == "number_of_month":
			return self._day_of_month()
		if number is not None and self.kind(1) in ("weekday", "unit") and self.kind() == "ordinal":
			place, piece = self.at, self._piece()
			of_month = self._month_unit()
			if piece and (piece[0] != "week" or of_month or number < 2):
				return Phrase("every", rhythm=Rhythm("monthly", part=piece))
			self.at = place
			if number < 2:
				return None
		self.at += number is not None
		self.skip("school", "calendar")
		if self.kind() == "weekday":
			weekdays = self._weekdays()
			self._month_unit()
			return Phrase("every", rhythm=Rhythm("weekly", weekdays=weekdays))
		if self.kind() == "unit" and self.value() in RHYTHMS:
			self.at += 1
			return Phrase("every", rhythm=Rhythm(RHYTHMS[self.value(-1)], interval=number or 1))
		return None

	def _month_unit(self) -> bool:
		self.skip("each", "this")
		of_month = self.is_unit("month")
		self.at += of_month
		return of_month

	def _by_units(self) -> Phrase | None:
		"""«по четвергам», «по полугодиям», «по итогам каждой четверти»."""
		if self.kind() not in ("by", "in", "after"):
			return None
		self.at += 1
		if self.kind() == "finish":
			self.at += 1
			unit = self.value()
			if self.is_unit(NUMBERED_UNITS) and self.kind(1) in ("", *BREAKS):  # «по итогам четверти»
				self.at += 1
				return Phrase("every", rhythm=Rhythm(RHYTHMS[unit]))
			return self._each()
		if self.tokens[self.at - 1].text != "по":
			return None
		if self.kind() == "weekday":
			return Phrase("every", rhythm=Rhythm("weekly", weekdays=self._weekdays()))
		if self.is_unit(tuple(RHYTHMS)) and self.tokens[self.at].text.endswith(("ам", "ям")):
			self.at += 1
			return Phrase("every", rhythm=Rhythm(RHYTHMS[self.value(-1)]))
		return None

	def _day_of_month(self) -> Phrase | None:
		"""«до 5 числа каждого месяца», «не позднее 10 числа месяца, следующего за отчётным», «с 1 по 5 число»."""
		self.skip("not", "later", "until", "to", "from", "in")
		if self.number() is not None and self.kind(1) in LINKS and self.number(2) is not None:
			self.at += 2
		day = self.number()
		if self.kind(1) != "number_of_month" or not self.tokens[self.at].text[0].isdigit():
			return None
		if day is None or not 1 <= day <= 31:
			return None
		self.at += 2
		if self.kind() == "month":
			month = self.value()
			self.at += 1
			return Phrase("due", mark=self.with_year(Mark("day", month, day=day)))
		self._month_unit()
		every, following = "monthly", self.kind(self.kind() in BREAKS) == "other"
		if following:
			self.skip(*BREAKS)
			start = self.at
			self.tail("in", "this", "other", "unit", "period")
			# «месяца, следующего за отчётным кварталом»
			units = [RHYTHMS[each.value] for each in self.tokens[start : self.at] if each.value in RHYTHMS]
			every = [every, *units][-1]
		return Phrase("day_of_month", rhythm=Rhythm(every, day=day, next_month=following))

	def _in_each_unit(self) -> Phrase | None:
		"""«в конце каждой четверти», «последняя неделя месяца», «первый понедельник месяца», «до конца месяца»."""
		is_deadline = self.kind() in ("until", "to")
		self.skip("in", "until", "to")
		piece = self._piece()
		each = self.skip("each")
		if each:
			self.skip("school", "calendar")
		if is_deadline and piece == ("start", 0) and not each:
			return None  # «до начала четверти»: some quarter's, and the work is done before it
		if piece and self.kind() == "unit" and self.value() in RHYTHMS and (each or self.value() != "year"):
			self.at += 1
			if piece[0] in ("week", "weekday", "decade") and self.value(-1) != "month":
				return None
			if self.value(-1) == "day":
				return None
			return Phrase("every", rhythm=Rhythm(RHYTHMS[self.value(-1)], part=piece))
		return None

	def tail(self, *more: str) -> None:
		"""Skips the words that say whose period it is, up to the next sign or known word."""
		self.skip("word", "carrying_out", "plan", "whole", "finish", "label", *more)

	def to_break(self) -> None:
		"""Passes whatever is left before the next break of the text."""
		while self.kind() not in ("", *BREAKS):
			self.at += 1
