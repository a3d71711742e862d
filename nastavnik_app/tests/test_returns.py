"""A return leaves a school without a small count in it, and enters an authority only whole, genuine and newer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik_app.rules.return_files import (
	NEW,
	NEWER,
	UNCHANGED,
	ReturnRefused,
	Stored,
	_hmac,
	_sha256,
	canonical,
	checksum_of,
	compare_with_stored,
	read,
	sender_of,
	write,
)
from nastavnik_app.rules.returns import Cell, Indicator, Measure, Return, protect, table_of
from nastavnik_app.tests.attack import betrayed

SECRET, OTHER_SECRET = b"s" * 32, b"t" * 32
SCHOOL, AUTHORITY = "1021000000001", "1021000000999"
NOON = datetime(2026, 12, 10, 12, 0, tzinfo=timezone.utc)
MEASURES = (
	Measure("mentees", people=True),
	Measure("children", people=True),
	Measure("publications", people=False),
)
INDICATORS = (Indicator("children-involved", "mentees", "children"),)
COUNTS = {
	("mentees", "", ""): 63,
	("mentees", "", "pupils"): 60,
	("mentees", "", "young teachers"): 3,
	("mentees", "pupil-pupil", ""): 40,
	("mentees", "pupil-pupil", "pupils"): 40,
	("mentees", "teacher-teacher", ""): 3,
	("mentees", "teacher-teacher", "young teachers"): 3,
	("mentees", "employer-pupil", ""): 25,
	("mentees", "employer-pupil", "pupils"): 25,
	("children", "", ""): 212,
	("children", "", "pupils"): 200,
	("children", "", "young teachers"): 12,
	("publications", "", ""): 2,
}

CELLS = protect(COUNTS, MEASURES, INDICATORS)


def school_return(**changes: object) -> Return:
	year = date(2026, 1, 1), date(2026, 12, 31)
	return replace(Return(SCHOOL, AUTHORITY, *year, NOON, 5, MEASURES, INDICATORS, CELLS), **changes)


def values(content: Return) -> dict:
	return {cell.place: cell.value for cell in content.cells}


def received(text: str):
	return read(text, SECRET, SCHOOL, AUTHORITY)


def signed(body: dict) -> str:
	"""A file as another version, or a careless programme, with the right secret would write it."""
	said = canonical(body)
	return json.dumps({**body, "checksum": _sha256(said), "signature": _hmac(said, SECRET)})


def body_of(text: str) -> dict:
	return {key: one for key, one in json.loads(text).items() if key not in ("checksum", "signature")}


def test_a_return_shows_no_small_count_of_people_and_all_counts_of_pieces() -> None:
	shown = values(school_return())
	assert shown["mentees", "", "young teachers"] is None
	assert shown["mentees", "teacher-teacher", "young teachers"] is None
	assert None in (shown["mentees", "", ""], shown["mentees", "", "pupils"])
	assert shown["publications", "", ""] == 2
	assert shown["children", "", ""] == 212
	assert protect(COUNTS, MEASURES, INDICATORS) == CELLS, "the same counts are withheld each time"


def test_the_counts_of_a_return_are_safe_from_a_reader_who_knows_how_they_belong_together() -> None:
	published = values(school_return())
	of_people = {place: count for place, count in published.items() if place[0] != "publications"}
	assert betrayed(table_of(COUNTS, MEASURES, INDICATORS), of_people, 5) == []


def test_counts_that_contradict_each_other_are_no_return() -> None:
	with pytest.raises(ValueError, match="do not add up"):
		protect({**COUNTS, ("mentees", "", ""): 70}, MEASURES, INDICATORS)
	with pytest.raises(ValueError, match="more than"):
		protect({**COUNTS, ("children", "", "pupils"): 20, ("children", "", ""): 32}, MEASURES, INDICATORS)


def test_what_is_written_is_read() -> None:
	content = school_return()
	there = received(write(content, SECRET))
	assert values(there.content) == values(content)
	assert replace(there.content, cells=()) == replace(
		content, cells=(), measures=tuple(sorted(MEASURES, key=lambda one: one.code))
	)
	assert there.checksum == checksum_of(content)
	assert there.unknown == ()


def test_the_order_of_rows_does_not_change_the_file() -> None:
	content = school_return()
	other = replace(content, cells=content.cells[::-1], measures=MEASURES[::-1])
	assert write(content, SECRET) == write(other, SECRET)


def test_spaces_and_the_order_of_keys_do_not_matter() -> None:
	data = json.loads(write(school_return(), SECRET))
	assert received(json.dumps(data, indent=2, sort_keys=True)).content


@settings(max_examples=150)
@given(st.data())
def test_one_changed_character_is_noticed(data: st.DataObject) -> None:
	text = write(school_return(), SECRET)
	at = data.draw(st.integers(0, len(text) - 1))
	letter = data.draw(st.characters(codec="utf-8"))
	changed = text[:at] + letter + text[at + 1 :]
	try:
		assert json.loads(changed) == json.loads(text)
	except (AssertionError, ValueError):
		with pytest.raises(ReturnRefused):
			received(changed)


JSON = st.recursive(
	st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
	lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
	max_leaves=8,
)


@settings(max_examples=150)
@given(
	st.sampled_from(["start", "computed_at", "bound", "cells", "measures", "indicators", "organization"]),
	JSON,
)
def test_a_signed_file_that_makes_no_sense_is_refused_with_a_reason(name: str, value: object) -> None:
	body = body_of(write(school_return(), SECRET))
	if value in ([], body["return"][name]) or (name == "bound" and type(value) is int and value >= 5):
		return
	body["return"][name] = value
	try:
		text = signed(body)
	except ValueError:
		return
	with pytest.raises(ReturnRefused):
		received(text)


@settings(max_examples=100)
@given(st.text(max_size=40) | JSON.map(json.dumps))
def test_any_other_text_is_refused(text: str) -> None:
	with pytest.raises(ReturnRefused):
		received(text)


@pytest.mark.parametrize(
	"text",
	[
		"[" * 100_000,
		'{"a": 1, "a": 2}',
		'{"a": ' + "9" * 5000 + "}",
		'{"schema": "\\ud800"}',
		"x" * 2_000_001,
	],
)
def test_a_hostile_text_is_refused(text: str) -> None:
	with pytest.raises(ReturnRefused):
		received(text)


def test_a_signature_that_is_no_text_is_refused() -> None:
	with pytest.raises(ReturnRefused, match="signature"):
		received(json.dumps({**json.loads(write(school_return(), SECRET)), "signature": "\ud800"}))


def test_a_form_does_not_tell_the_few_who_are_only_in_the_others() -> None:
	counts = {
		("mentees", "", ""): 42,
		("mentees", "pupil-pupil", ""): 40,
		("mentees", "employer-pupil", ""): 25,
	}
	shown = {cell.place: cell.value for cell in protect(counts, MEASURES, ())}
	assert None in (shown["mentees", "", ""], shown["mentees", "pupil-pupil", ""])


def test_a_forger_who_mends_the_checksum_lacks_the_secret() -> None:
	data = json.loads(write(school_return(), SECRET))
	data["return"]["computed_at"] = "2027-01-01T00:00:00Z"
	data["checksum"] = _sha256(canonical(body_of(json.dumps(data))))
	with pytest.raises(ReturnRefused, match="signature"):
		received(json.dumps(data))


def test_another_sites_secret_does_not_open_it() -> None:
	with pytest.raises(ReturnRefused, match="signature"):
		received(write(school_return(), OTHER_SECRET))
	with pytest.raises(ReturnRefused, match="shorter"):
		write(school_return(), b"school")


def test_a_school_cannot_send_for_another() -> None:
	text = write(school_return(organization="1021000000002"), SECRET)
	assert sender_of(text) == "1021000000002"
	with pytest.raises(ReturnRefused, match="not of"):
		received(text)


def test_a_return_for_another_authority_is_refused() -> None:
	with pytest.raises(ReturnRefused, match="meant for"):
		received(write(school_return(authority="1021000000998"), SECRET))


def test_a_later_version_is_refused_and_later_fields_are_left_out_and_said() -> None:
	body = body_of(write(school_return(), SECRET))
	with pytest.raises(ReturnRefused, match="version 2"):
		received(signed({**body, "version": 2}))
	body["return"]["remark"] = "text"
	body["return"]["cells"][0]["gender"] = "f"
	there = received(signed(body))
	assert there.unknown == ("cells.gender", "remark")
	assert values(there.content) == values(school_return())


def test_a_small_count_is_not_taken_even_from_a_signed_return() -> None:
	with pytest.raises(ReturnRefused, match="below 5"):
		write(school_return(cells=(Cell("mentees", "", "", 4),)), SECRET)
	body = body_of(write(school_return(), SECRET))
	for cell in body["return"]["cells"]:
		cell["value"] = COUNTS[cell["measure"], cell["form"], cell["target_group"]]
	with pytest.raises(ReturnRefused, match="below 5"):
		received(signed(body))
	with pytest.raises(ReturnRefused, match="has to be below 5"):
		received(write(school_return(bound=2), SECRET))
	rest_of_two = (Cell("mentees", "", "", 98), Cell("children", "", "", 100))
	with pytest.raises(ReturnRefused, match="below 5"):
		write(school_return(cells=rest_of_two), SECRET)


def test_the_same_return_again_changes_nothing_and_an_older_one_is_refused() -> None:
	first = received(write(school_return(), SECRET))
	stored = Stored(first.checksum, first.content.computed_at)
	assert compare_with_stored(first, None) == NEW
	assert compare_with_stored(first, stored) == UNCHANGED
	later = received(write(school_return(computed_at=NOON + timedelta(days=1)), SECRET))
	assert compare_with_stored(later, stored) == NEWER
	with pytest.raises(ReturnRefused, match="not newer"):
		compare_with_stored(first, Stored(later.checksum, later.content.computed_at))
	same_moment = received(write(school_return(cells=CELLS[1:]), SECRET))
	with pytest.raises(ReturnRefused, match="not newer"):
		compare_with_stored(same_moment, stored)
