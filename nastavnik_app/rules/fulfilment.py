"""Whether a task was done in time."""

from __future__ import annotations

from datetime import date

IN_TIME, LATE, OVERDUE = "In Time", "Late", "Overdue"


def judge(due: date | None, completed: date | None, day: date) -> str | None:
	"""In time, late or overdue on a day; None for a task that is still open and not yet due.

	The due date itself is in time. A task without a due date is never late.
	"""
	if completed:
		return LATE if due and completed > due else IN_TIME
	return OVERDUE if due and due < day else None


def percent(part: int, whole: int) -> float:
	"""Part of a whole in %, rounded down to one decimal: 100 % means everybody. 0 of nothing is 0."""
	return (1000 * part // whole) / 10 if whole else 0.0
