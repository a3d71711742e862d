"""How long the returns of so many schools take to be added up: read from their records, and by the rules alone.

The schools are the same on every site, and are taken back afterwards. Their returns are filled in as far as they are
read: without the tables that a person looks at.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from benchmarks.lines import Line
from benchmarks.site import taken_back
from benchmarks.timing import Rounds

OF = "schools"
SIZES = (400, 4_000, 40_000)

PERIOD = (date(2026, 9, 1), date(2027, 5, 31))
FORMS = ("", "pupil-pupil", "teacher-teacher", "employer-pupil")
GROUPS = ("", "pupils-10-14", "teachers", "college-students")
MENTEES, HEADCOUNT, PUBLICATIONS = "mentees:in-a-pair", "headcount", "publications:published"
PLACES = [(MENTEES, form, group) for form in FORMS for group in GROUPS]
PLACES += [(HEADCOUNT, "", group) for group in GROUPS] + [(PUBLICATIONS, "", "")]
RETURN = "Program Return"
AT_ONCE = 2_000  # returns


def lines(size: int, rounds: Rounds) -> Iterator[Line]:
	from nastavnik_app.returns.stored import Period, arrived
	from nastavnik_app.returns.together import Together
	from nastavnik_app.rules.consolidation import consolidate, deviations, percents

	with taken_back():
		_fill(size)
		period = Period(_name("authority", 0), *PERIOD)
		returns = list(arrived(period).returns())
		assert len(returns) == size
		for what, work in (
			("returns read from records", lambda: list(arrived(period).returns())),
			("added up by the rules", lambda: consolidate(returns, ())),
			(
				"each school beside the others, by the rules",
				lambda: [deviations(values) for values in percents(returns).values()],
			),
			("from records to sums", lambda: Together(period).this),
			("from records to sums and deviations", lambda: _both(Together(period))),
		):
			(seconds,) = rounds.shortest(work)
			yield Line(what, size, seconds)


def _both(together: Any) -> None:
	assert together.this.shares
	assert together.apart()


def _name(kind: str, number: int) -> str:
	from benchmarks import fill

	return fill.name_of(f"consolidated {kind}", number)


def _fill(schools: int) -> None:
	from benchmarks import fill

	for start in range(0, schools, AT_ONCE):
		numbers = range(start, min(start + AT_ONCE, schools))
		fill.insert(RETURN, (_return(number) for number in numbers))


def _return(number: int) -> dict[str, Any]:
	from benchmarks import fill

	values = {
		"title": f"Вымышленная школа {number}",
		"organization": _name("school", number),
		"authority": _name("authority", 0),
		"period_start": PERIOD[0],
		"period_end": PERIOD[1],
		"direction": "From Another Site",
		"workflow_state": "Sent",
		"docstatus": 1,
		**texts(_measures(number), _indicators(number), _cells(number)),
	}
	return fill.row(f"consolidated {RETURN}", number, **values)


def texts(*tables: Iterator[dict[str, Any]]) -> dict[str, str]:
	"""What a return keeps of its measures, indicators and cells."""
	import frappe

	from nastavnik_app.returns.stored import counts_of, legend_of

	measures, indicators, cells = ([frappe._dict(row) for row in rows] for rows in tables)
	return {"legend": legend_of(measures, indicators), "published": counts_of(cells)}


def _measures(number: int) -> Iterator[dict[str, Any]]:
	for code in (MENTEES, HEADCOUNT, PUBLICATIONS):
		yield {"code": code, "title": code, "people": int(code != PUBLICATIONS)}


def _indicators(number: int) -> Iterator[dict[str, Any]]:
	yield {
		"code": "children-involved",
		"title": "Вовлечены",
		"unit": "%",
		"numerator": MENTEES,
		"denominator": HEADCOUNT,
		"by_hand": 0,
	}


def _cells(number: int) -> Iterator[dict[str, Any]]:
	for at, (measure, form, group) in enumerate(PLACES):
		value = 60 + number % 900 if measure == HEADCOUNT else (number * 7 + at) % 50
		if not value and group:
			# nobody of a group has no cell
			continue
		withheld = int(measure == MENTEES and 0 < value < 5)
		yield {
			"measure": measure,
			"form": form,
			"target_group": group,
			"value": 0 if withheld else value,
			"withheld": withheld,
		}
