"""A short run of fuzz/requests.py: nothing of another school in any answer, and no server error of ours."""

from __future__ import annotations

import frappe
import pytest

from fuzz import requests, world

COUNT, SEED = 1500, 1
DOORS = 11


@pytest.fixture(scope="module")
def found(site: str) -> requests.Findings:
	frappe.set_user("Administrator")
	made = world.make()
	try:
		yield requests.run(made, COUNT, SEED)
	finally:
		frappe.db.rollback()
		frappe.set_user("Administrator")
		world.remove(made)


def test_nobody_reads_of_another_school_and_nothing_of_ours_breaks(found: requests.Findings) -> None:
	assert not found.leaks, found.leaks
	assert not found.broken, found.broken


def test_every_door_was_asked_and_many_answered(found: requests.Findings) -> None:
	assert sum(found.counts.values()) == COUNT
	assert len({door for door, _status in found.counts}) == DOORS
	answered = sum(number for (_door, status), number in found.counts.items() if status < 300)
	assert answered > COUNT / 10, "requests that are all refused prove nothing"


def test_a_leak_and_a_server_error_would_be_seen(found: requests.Findings) -> None:
	"""The oracle itself."""
	from fuzz.asks import Ask
	from nastavnik_app.tests.undone_requests import Answer

	made = world.World({"first": _side("a" * 10), "second": _side("b" * 10)}, "x", [])
	ask = Ask("client", "curator", "first", "GET", "/api/method/x")
	for body, leaks in (
		(world.MARKS["second"].encode(), 1),
		(b"b" * 10, 1),
		(world.MARKS["first"].encode() + b"a" * 10, 0),
	):
		seen = requests.Findings()
		requests.judge(made, 0, ask, Answer(200, body), seen)
		assert len(seen.leaks) == leaks, body
	trace = 'File "/x/nastavnik_app/api.py", line 1, in y\nValueError: z'
	for text, broken in ((trace, 1), (trace.replace("nastavnik_app", "frappe"), 0)):
		seen = requests.Findings()
		requests.judge(made, 0, ask, Answer(500, b"", text), seen)
		assert len(seen.broken) == broken


def _side(name: str) -> object:
	class Side:
		def everything(self) -> list[tuple[str, str]]:
			return [("Mentee", name)]

	return Side()
