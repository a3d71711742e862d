"""Each report against one hand-written statement with the same rows, on the same engine in the same run.

Seconds are of work: of this process and of the database for it, to which a busy machine adds nothing. MariaDB counts its
own after SET GLOBAL userstat = 1; without that they are those of the clock.

With no bench it makes a site of its own and removes it afterwards. NASTAVNIK_SITE and NASTAVNIK_SITES_PATH name a site
of a bench, one without schools of its own; what is filled in stays there.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.site import SITE, opened, refuse_other_data

SIZES = (100, 10_000, 100_000)
# times, of which the shortest counts; where it is judged, the quicker the report the more
REPEATED, AT_MOST = 5, 25
ENOUGH = 4  # seconds
WIDTH = 26  # of a report's name
LIMIT, JUDGED_FROM = 1.5, 100_000  # times the statement, participants: a line above both is marked


@dataclass(frozen=True)
class Measured:
	"""Seconds of a report and of the statement, their ratio, what each of them returned, and what was sent."""

	report: str
	participants: int
	seconds: float
	by_hand: float
	ratio: float
	rows: int
	rows_by_hand: int
	queries: int


def main() -> None:
	parser = argparse.ArgumentParser(prog="python -m benchmarks.reports", description=__doc__)
	parser.add_argument(
		"--sizes", type=int, nargs="+", default=SIZES, help="participants, in ascending order"
	)
	parser.add_argument("--only", nargs="+", default=(), help="names of the reports (default: all)")
	parser.add_argument("--json", type=Path, help="a file for the figures")
	parser.add_argument("--folder", help="with no bench: keep the site in this folder and fill it further")
	parser.add_argument("--repeated", type=int, default=REPEATED, help=f"times (default {REPEATED})")
	arguments = parser.parse_args()
	with opened(arguments.folder) as (site, _sites_path):
		refuse_other_data(site)
		found = [one for size in arguments.sizes for one in at(size, arguments.only, arguments.repeated)]
	if arguments.json:
		arguments.json.write_text(json.dumps([asdict(one) for one in found], indent="\t") + "\n", "utf-8")


def at(participants: int, only: tuple[str, ...], repeated: int = REPEATED) -> list[Measured]:
	"""Figures of the reports with this many participants; of a site that has more already, with those."""
	from benchmarks import authority_fill, fill, reports_fill, reports_sql

	started = time.perf_counter()
	reports_fill.fill(participants)
	authority_fill.prepare()
	filled = fill.filled()
	print(f"\n{filled} participants, filled in {time.perf_counter() - started:.0f} s")
	print(f"{'':{WIDTH}}  report, s   SQL, s  times  queries     rows  rows of SQL", flush=True)
	found = []
	for one in reports_sql.everything():
		if not only or one.report in only:
			found.append(measured(one, filled, repeated))
			show(found[-1])
	return found


def measured(asked: Any, participants: int, repeated: int = REPEATED) -> Measured:
	import frappe
	from frappe.desk import query_report

	def by_report() -> list:
		return query_report.run(asked.report, filters=asked.filters, ignore_prepared_report=True)["result"]

	def by_hand() -> list:
		return frappe.db.sql(asked.statement, asked.values, as_dict=True)

	rows, rows_by_hand = len(by_report()), len(by_hand())
	sent = queries(by_report)
	enough = ENOUGH if participants >= JUDGED_FROM else 0
	seconds, hand = _taken(by_report, by_hand, repeated=repeated, enough=enough)
	return Measured(
		asked.report,
		participants,
		round(seconds, 4),
		round(hand, 4),
		round(seconds / hand, 2),
		rows,
		rows_by_hand,
		sent,
	)


def queries(work: Callable[[], Any]) -> int:
	"""How many statements a piece of work sends."""
	import frappe

	method = "run" if hasattr(frappe.db, "run") else "sql"
	with patch.object(frappe.db, method, wraps=getattr(frappe.db, method)) as sent:
		work()
	return sent.call_count


def _taken(*work: Callable[[], Any], repeated: int, enough: float) -> tuple[float, ...]:
	"""The shortest seconds of each piece of work, done in turns so that a busy machine delays them alike."""
	gc.freeze()  # what is collected in between is what the work itself left
	taken: list[tuple[float, ...]] = []
	while len(taken) < repeated or (len(taken) < AT_MOST and sum(map(sum, taken)) < enough):
		taken.append(tuple(_seconds(one) for one in work))
	return tuple(min(one) for one in zip(*taken, strict=True))


def _seconds(work: Callable[[], Any]) -> float:
	gc.collect()
	started = _now()
	work()
	return _now() - started


def _now() -> float:
	"""Seconds of work so far, or of the clock."""
	if not SITE:
		return time.process_time()
	import frappe

	((_name, of_database),) = frappe.db.sql("SHOW SESSION STATUS LIKE 'Cpu_time'")
	return time.process_time() + float(of_database) if float(of_database) else time.perf_counter()


def show(one: Measured) -> None:
	mark = f"  over {LIMIT}" if one.ratio > LIMIT and one.participants >= JUDGED_FROM else ""
	if one.rows != one.rows_by_hand:
		mark = "  NOT COMPARABLE: other rows"
	print(
		f"{one.report:{WIDTH}} {one.seconds:10.4f} {one.by_hand:8.4f} {one.ratio:6.2f} {one.queries:8}"
		f" {one.rows:8} {one.rows_by_hand:12}{mark}",
		flush=True,
	)


if __name__ == "__main__":
	main()
