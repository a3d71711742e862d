"""Each report against one hand-written statement with the same rows, on the same engine in the same run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.lines import Line
from benchmarks.timing import Rounds, queries

OF = "participants"
SIZES = (100, 10_000, 100_000)
BY_HAND = "SQL by hand"


def lines(size: int, rounds: Rounds) -> Iterator[Line]:
	"""Of a site that is filled."""
	from benchmarks import reports_sql

	for asked in reports_sql.everything():
		yield _beside(asked, size, rounds)


def _beside(asked: Any, size: int, rounds: Rounds) -> Line:
	import frappe
	from frappe.desk import query_report

	def by_report() -> list:
		return query_report.run(asked.report, filters=asked.filters, ignore_prepared_report=True)["result"]

	def by_hand() -> list:
		# nosemgrep: frappe-using-db-sql (the yardstick is SQL by hand)
		return frappe.db.sql(asked.statement, asked.values, as_dict=True)

	rows, rows_by_hand = len(by_report()), len(by_hand())
	seconds, hand = rounds.shortest(by_report, by_hand)
	return Line(
		asked.report,
		size,
		seconds,
		BY_HAND,
		hand,
		rows=rows,
		rows_of_yardstick=rows_by_hand,
		queries=queries(by_report),
	)
