"""Grammar of terms: tokens → marks, the stretches of the calendar that are named («вторая половина мая»)."""

from __future__ import annotations

from dataclasses import replace

from nastavnik_app.rules.term_model import Mark, Phrase
from nastavnik_app.rules.term_words import Token, full_year

HIGHEST = {"quarter": 4, "school_quarter": 4, "half_year": 2, "trimester": 3}
NUMBERED_UNITS = tuple(HIGHEST)
RHYTHMS = {
	"day": "daily",
	"week": "weekly",
	"month": "monthly",
	"quarter": "quarterly",
	"school_quarter": "every school quarter",
	"half_year": "half-yearly",
	"trimester": "every trimester",
	"year": "yearly",
}
BREAKS = (",", ";", "(", ")")
FARTHEST = 12  # tokens that a list may run on before the word it belongs to; keeps reading linear
LINKS = ("-", "by", "until", "to")
BLANKS = (".", ":", "«", "»", '"', "'", "|", "+", "*", "_", "•", "…", "№", "“", "”")
FILLERS = ("label", "this", "about", "and", "inclusive", "school", "calendar", "onwards", "period", "than")


def _without_label(tokens: list[Token]) -> list[Token]:
	"""Leaves out a label such as «Срок реализации:»."""
	kinds = [token.kind for token in tokens[:5]]
	if ":" in kinds and kinds[0] in ("period", "label"):
		return tokens[kinds.index(":") + 1 :]
	return tokens


class MarkReader:
	"""Reads marks from tokens; every `try` method moves the cursor only when it succeeds."""

	def __init__(self, tokens: list[Token]) -> None:
		self.tokens = [token for token in _without_label(tokens) if token.kind not in BLANKS]
		self.at = 0

	def kind(self, ahead: int = 0) -> str:
		"""Kind of the token so far ahead; empty beyond the ends."""
		place = self.at + ahead
		return self.tokens[place].kind if 0 <= place < len(self.tokens) else ""

	def value(self, ahead: int = 0) -> object:
		"""Value of the token so far ahead; None beyond the ends."""
		place = self.at + ahead
		return self.tokens[place].value if 0 <= place < len(self.tokens) else None

	def is_unit(self, unit: str | tuple[str, ...], ahead: int = 0) -> bool:
		"""Whether that token is one of these units of time."""
		units = (unit,) if isinstance(unit, str) else unit
		return self.kind(ahead) == "unit" and self.value(ahead) in units

	def skip(self, *kinds: str) -> bool:
		"""Passes tokens of these kinds; whether there were any."""
		start = self.at
		while self.kind() in kinds:
			self.at += 1
		return self.at > start

	def number(self, ahead: int = 0) -> int | None:
		"""The number or ordinal so far ahead, else None."""
		return self.value(ahead) if self.kind(ahead) in ("number", "ordinal") else None

	def mark(self) -> Mark | None:
		"""A mark with its year where one is written; None when nothing of the kind stands here."""
		start = self.at
		for attempt in (
			self._part,
			self._day,
			self._month,
			self._date,
			self._numbered,
			self._season,
			self._new_year,
			self._years,
		):
			found = attempt()
			if found:
				return found
			self.at = start
		return None

	def _year_unit(self) -> bool:
		"""Skips «г.», «года», «учебного года» after a year; True for a school year."""
		school = self.kind() == "school" and self.is_unit("year", 1)
		self.at += school
		self.at += self.is_unit("year")
		return school

	def with_year(self, mark: Mark) -> Mark:
		"""The mark with the year that follows it, if one does."""
		start = self.at
		bracket = self.kind() in (",", "(")
		self.skip(",", "(")
		if self.kind() == "in" and self.kind(1) in ("year", "years"):
			self.at += 1
		if self.kind() == "year":
			return replace(mark, year=self._year())
		if self.kind() == "years" and self.value()[1] == self.value()[0] + 1:
			year = self.value()[0]
			self.at += 1
			self._year_unit()
			return replace(mark, school_year=year)
		short = self.tokens[self.at].text if self.kind() == "number" else ""
		named = self.is_unit("year", 1)
		if len(short) == 2 and (
			named or (not bracket and self._ends_after_number() and 19 <= int(short) <= 49)
		):
			self.at += 1
			self._year_unit()
			return replace(mark, year=full_year(short))
		if self.kind() == "this" and (self.is_unit("year", 1) or self.kind(1) == "school"):
			self.at += 1
			self._year_unit()
			return mark
		if not bracket and (self.is_unit("year") or (self.kind() == "school" and self.is_unit("year", 1))):
			self._year_unit()
			return mark
		self.at = start
		return mark

	def _year(self) -> int:
		year = self.value()
		self.at += 1
		self._year_unit()
		return year

	def in_more_years(self, mark: Mark) -> list[Mark]:
		"""The mark, and the same in the years that follow its own: «сентябрь 2023, 2024 и 2025 гг.»."""
		marks = [mark]
		if mark.year and mark.unit not in ("years", "plan"):
			while self.kind() in (",", "and") and self.kind(1) == "year":
				self.at += 1
				marks.append(replace(mark, year=self._year()))
		return marks

	def _ends_after_number(self) -> bool:
		"""Whether the number here is all there is: «май 23», unlike «май 23 числа», «сентябрь, 20 и 30 октября»."""
		if self.kind(1) in ("month", "number_of_month", "unit", "calendar", "times", "word"):
			return False
		return not (self.kind(1) in ("-", ",", "and") and self.number(2) and self.kind(3) in ("month", ""))

	def _weekday_of_day(self) -> None:
		"""Skips the day of the week that is added to a date: «02.03.2023 (четверг)»."""
		bracket = self.kind() in (",", "(")
		if self.kind(bracket) == "weekday" and self.kind(bracket + 1) in ("", *BREAKS):
			self.at += bracket + 1
			self.at += bracket and self.kind() == ")"

	def _day(self) -> Mark | None:
		day = self.number()
		if day is None or self.kind(1) != "month" or not self.tokens[self.at].text[0].isdigit():
			return None
		month = self.value(1)
		self.at += 2
		mark = self.with_year(Mark("day", month, day=day))
		self._weekday_of_day()
		return mark

	def _month(self) -> Mark | None:
		if self.kind() != "month":
			return None
		month = self.value()
		self.at += 1 + self.is_unit("month", 1)  # «сентябрь месяц»
		mark = self.with_year(Mark("month", month))
		return self._part_behind(mark)

	def _part_behind(self, mark: Mark) -> Mark:
		"""«сентябрь (1 неделя)», «май, вторая половина»."""
		start = self.at
		self.skip(",", "(", "-")
		found = self._piece()
		if found and self.kind() not in ("month", "date", "unit", "each"):
			if self.kind() == ")":
				self.at += 1
			return replace(mark, part=found)
		self.at = start
		return mark

	def _date(self) -> Mark | None:
		if self.kind() != "date":
			return None
		day, month, year = self.value()
		self.at += 1
		mark = Mark("day" if day is not None else "month", month, day=day, year=year)
		if year is None:
			return self.with_year(mark)
		self._year_unit()
		self._weekday_of_day()
		return mark

	def _unit_ahead(self) -> str | None:
		"""The unit that numbers at the cursor belong to: «I и II полугодие», «1-2 четверть»."""
		ahead = 0
		while ahead < FARTHEST and (
			self.number(ahead) is not None
			or (ahead and self.kind(ahead) in ("-", ",", "and", "by", "school"))
		):
			ahead += 1
		return self.value(ahead) if self.is_unit(NUMBERED_UNITS, ahead) else None

	def _numbered(self) -> Mark | None:
		number, unit = self.number(), self._unit_ahead()
		if self.is_unit(NUMBERED_UNITS) and self.number(1) and self.kind(2) in ("", *BREAKS):
			number, unit = self.number(1), self.value()  # «триместр 1», «полугодие II»
			self.at += 1
		if number is None or unit is None:
			return None
		if not (1 <= number <= HIGHEST[unit] or number == -1):
			return None
		self.at += 1
		mark = Mark(unit, HIGHEST[unit] if number == -1 else number)
		self.skip("school")
		if not self.is_unit(unit):
			return mark
		self.at += 1
		return self.with_year(mark)

	def _season(self) -> Mark | None:
		if self.kind() == "season":
			season = self.value()
			self.at += 1
			return self.with_year(Mark("season", season))
		if self.kind() == "seasonal" and self._holidays_ahead():
			season = self.value()
			self.at += 1
			if self.kind() != "holidays":
				return Mark("holidays", season)
			self.at += 1
			return self.with_year(Mark("holidays", season))
		if self.kind() == "seasonal" and self.kind(1) == "period":
			season = self.value()
			self.at += 2
			return self.with_year(Mark("season", season))
		return None

	def _holidays_ahead(self) -> bool:
		"""«Осенние и весенние каникулы»: both words belong to the holidays behind them."""
		ahead = 1
		while ahead < FARTHEST and self.kind(ahead) in ("seasonal", ",", "and"):
			ahead += 1
		return self.kind(ahead) == "holidays"

	def _new_year(self) -> Mark | None:
		"""«До Нового года»: its eve is the last day."""
		if self.kind() != "other" or not self.tokens[self.at].text.startswith("нов"):
			return None
		year = self.value(1) if self.kind(1) == "year" else None
		ahead = 1 if year is None else 2
		if not self.is_unit("year", ahead):
			return None
		self.at += ahead + 1
		return Mark("day", 12, day=31, year=None if year is None else year - 1)

	def _years(self) -> Mark | None:
		if self.kind() == "years":
			(first, last), unit = (
				self.value(),
				self.tokens[self.at + 1].text if self.is_unit("year", 1) else "",
			)
			self.at += 1
			school = self._year_unit()
			plural = unit.startswith("гг") or unit in ("годы", "годов", "годах")
			if last == first + 1 and (school or not plural):
				return Mark("school_year", school_year=first)
			return Mark("years", year=first, last_year=last)
		if self.kind() == "year":
			year = self.value()
			self.at += 1
			return Mark("plan", year=year) if self._year_unit() else Mark("year", year=year)
		return None

	def plan(self) -> Mark | None:
		"""«учебного года», «года», «календарного года»: the plan's own period."""
		start = self.at
		self.skip("this", "whole", "school", "calendar")
		if self.is_unit("year"):
			self.at += 1
			return Mark("plan")
		self.at = start
		return None

	def _piece(self) -> tuple | None:
		"""«начало», «первая половина», «1-я декада», «последняя неделя», «первый понедельник»."""
		if self.kind() == "part":
			self.at += 1
			return (self.value(-1), 0)
		number = self.number()
		if number is None or number not in (-1, 1, 2, 3, 4, 5):
			return None
		if self.is_unit(("half", "decade", "week"), 1):
			self.at += 2
			return (self.value(-1), number)
		if self.kind(1) == "weekday":
			self.at += 2
			return ("weekday", number, self.value(-1))
		if number in (-1, 1) and self.kind() == "ordinal" and self.is_unit("month", 1):
			if self.is_unit(NUMBERED_UNITS, 2) or self.kind(2) in ("each", "school"):
				self.at += 2
				return ("start" if number == 1 else "end", 0)
		working = int(self.kind(1) == "calendar")
		if number in (-1, 1) and (self.kind(1) == "number_of_month" or self.is_unit("day", 1 + working)):
			self.at += 2 + working
			return ("start" if number == 1 else "end", 0)
		return None

	def _part(self) -> Mark | None:
		piece = self._piece()
		if not piece:
			return None
		self.skip("in")
		school = "school" in (self.kind(), self.kind(1))
		mark = self.plan() if piece[0] in ("start", "middle", "end", "half") else None
		if mark and school:
			mark = replace(mark, number="school")
		mark = mark or self.mark()
		if piece[0] == "half" and mark and mark.unit in ("plan", "year", "school_year"):
			return replace(mark, unit="half_year", number=1 if piece[1] == 1 else 2)
		return replace(mark, part=piece) if mark and mark.part is None else None

	def both_ends(self) -> list[Phrase] | None:
		"""«в начале и в конце учебного года», «начало – середина мая»."""
		start, first, link = self.at, self.value(), self.kind(1)
		if self.kind() == "part" and link in ("and", ",", "-"):
			self.at += 2
			self.skip("in")
			last = self._part() if self.kind() == "part" else None
			if last:
				opening = replace(last, part=(first, 0))
				return (
					[Phrase("range", opening, last)]
					if link == "-"
					else [Phrase("at", opening), Phrase("at", last)]
				)
		self.at = start
		return None

	def piece_range(self) -> list[Phrase] | None:
		"""«1-2 неделя сентября»."""
		start, first, last = self.at, self.number(), self.number(2)
		if (
			first is not None
			and last is not None
			and self.kind(1) in ("-", "and")
			and self.is_unit(("week", "decade"), 3)
		):
			unit = self.value(3)
			self.at += 4
			mark = self.mark()
			if mark and mark.unit == "month":
				ends = [replace(mark, part=(unit, number)) for number in (first, last)]
				return [Phrase("range", *ends)]
		self.at = start
		return None
