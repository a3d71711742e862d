"""What the grammar of terms makes of a text: phrases and marks whose years may still be open.

A `Mark` is a stretch of the calendar as it is named; `term_dates` gives it days.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mark:
	"""A named stretch of the calendar.

	`unit`: "day", "month", "quarter", "school_quarter", "half_year", "trimester", "season", "holidays", "year",
	"years", "school_year" or "plan" (the plan's own period; `number` "school" where its school year is named). `part`: a piece of it, such as ("decade", 1),
	("week", -1), ("start", 0) or ("weekday", 1, 4) for the first Friday.
	"""

	unit: str
	number: int | str | None = None
	day: int | None = None
	year: int | None = None
	school_year: int | None = None
	last_year: int | None = None
	part: tuple | None = None


@dataclass(frozen=True)
class Rhythm:
	"""How often: `times` in each `interval` units; where in the unit: `day` of the month, `weekdays`, `part`."""

	every: str
	times: int = 1
	interval: int = 1
	day: int | None = None
	weekdays: tuple[int, ...] = ()
	part: tuple | None = None
	next_month: bool = False


@dataclass(frozen=True)
class Phrase:
	"""`kind`: at, range, from, due, during, every, day_of_month, relative, duration, open.

	`exclusive`: the (last) mark itself is no longer meant («до октября»)."""

	kind: str
	mark: Mark | None = None
	until: Mark | None = None
	exclusive: bool = False
	rhythm: Rhythm | None = None


@dataclass
class Reading:
	"""What a text in «Сроки» was read as: its phrases, the words that were `unread`, those that were `guessed`, whether
	it says “next” or “last” (`other_year`), and whether it says “about”."""

	phrases: list[Phrase] = field(default_factory=list)
	unread: list[str] = field(default_factory=list)
	guessed: list[str] = field(default_factory=list)
	other_year: bool = False
	about: bool = False
