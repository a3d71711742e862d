"""Seconds of work: of this process and of the database for it, to which a busy machine adds nothing.

MariaDB counts its own after SET GLOBAL userstat = 1; without that, and where the work is done over connections of its
own, they are those of the clock.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from benchmarks.site import SITE

Work = Callable[[], Any]

STEP = "measured"  # savepoint


@dataclass(frozen=True)
class Rounds:
	"""How often work is repeated; the shortest counts. What is quick is repeated more, what is long is done once."""

	least: int = 3
	most: int = 25
	enough: float = 4  # seconds of all rounds, once there are the least
	long: float = 20  # seconds of a round, after which there is no other

	def shortest(self, *work: Work, undone: bool = False, by_clock: bool = False) -> list[float]:
		"""Seconds of each piece of work, done in turns so that whatever else the machine does delays them alike. Where
		they are `undone`, each finds the database as the first one did. `by_clock`: it opens connections of its own."""
		gc.freeze()  # what is collected in between is what the work itself left
		taken: list[list[float]] = []
		while not taken or self._goes_on([sum(one) for one in taken]):
			taken.append([_undone(one) if undone else seconds(one, by_clock) for one in work])
		return [min(one) for one in zip(*taken, strict=True)]

	def _goes_on(self, rounds: list[float]) -> bool:
		if rounds[-1] > self.long:
			return False
		return len(rounds) < self.least or (len(rounds) < self.most and sum(rounds) < self.enough)


ONCE = Rounds(least=1, most=1)


def seconds(work: Work, by_clock: bool = False) -> float:
	now = time.perf_counter if by_clock else _now
	gc.collect()
	started = now()
	work()
	return now() - started


def _undone(work: Work) -> float:
	import frappe

	frappe.db.savepoint(STEP)
	try:
		return seconds(work)
	finally:
		frappe.db.rollback(save_point=STEP)


def _now() -> float:
	if not SITE:
		return time.process_time()
	of_database = _of_database()
	return time.process_time() + of_database if of_database else time.perf_counter()


def _of_database() -> float:
	"""Seconds that MariaDB has worked for this connection; 0 where it does not count them, or there is none."""
	import frappe

	if not getattr(frappe.local, "db", None):
		return 0
	# nosemgrep: frappe-using-db-sql (no other way to ask)
	((_name, worked),) = frappe.db.sql("SHOW SESSION STATUS LIKE 'Cpu_time'")
	return float(worked)


def clock() -> str:
	"""What the seconds are of, in words."""
	return "of work" if not SITE or _of_database() else "by the clock"


def queries(work: Work) -> int:
	"""How many statements a piece of work sends."""
	import frappe

	method = "run" if hasattr(frappe.db, "run") else "sql"
	with patch.object(frappe.db, method, wraps=getattr(frappe.db, method)) as sent:
		work()
	return sent.call_count
