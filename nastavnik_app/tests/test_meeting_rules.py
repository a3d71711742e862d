"""Which kind of meeting a pair has next, and at what hour it begins."""

from __future__ import annotations

import pytest

from nastavnik_app.rules.meetings import clock, next_kind

ORDER = ("acquaintance", "trial", "planning", "joint-work", "final")


def test_kinds_follow_their_order_and_the_final_meeting_waits_for_the_end() -> None:
	def suggested(had: set[str], ends_soon: bool = False) -> str | None:
		return next_kind(ORDER, had, repeated="joint-work", ends_soon=ends_soon)

	assert suggested(set()) == "acquaintance"
	assert suggested({"acquaintance", "planning"}) == "trial"
	assert suggested(set(ORDER[:4])) == "joint-work"
	assert suggested(set(ORDER[:4]), ends_soon=True) == "final"
	assert next_kind((), set(), repeated="joint-work", ends_soon=True) is None
	assert next_kind(("one", "two"), {"one"}, repeated="joint-work", ends_soon=False) == "two"
	assert next_kind(("one", "two", "three"), {"one"}, repeated="one", ends_soon=True) == "two"


@pytest.mark.parametrize(
	("written", "hour"),
	[
		("9:05", "09:05"),
		(" 09.05 ", "09:05"),
		("14-30", "14:30"),
		("23:59:59", "23:59"),
		("24:00", None),
		("9:60", None),
		("9", None),
		("в 9:05", None),
	],
)
def test_an_hour_is_read_however_it_is_written(written: str, hour: str | None) -> None:
	assert clock(written) == hour
