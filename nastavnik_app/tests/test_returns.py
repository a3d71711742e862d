"""A return leaves a school without a small count in it, and enters an authority only whole, genuine and newer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik_app.rules.consolidation import (
	Change,
	Deviation,
	Share,
	compare,
	consolidate,
	deviations,
	percents,
)
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


def of_school(number: int, mentees: int | None, children: int | None, year: int = 2026) -> Return:
	cells = (Cell("mentees", "", "", mentees), Cell("children", "", "", children))
	period = date(year, 1, 1), date(year, 12, 31)
	return Return(f"school {number}", AUTHORITY, *period, NOON, 5, MEASURES, INDICATORS, cells)


SPOT = "children-involved", "", ""


def test_fifteen_schools_side_by_side() -> None:
	returns = [of_school(number, 10 * number, 1000) for number in range(1, 15)]
	expected = [f"school {number}" for number in range(1, 17)]
	table = consolidate(iter(returns), expected)
	assert table.missing == ("school 15", "school 16")
	assert table.totals["mentees", "", ""].value == 10 * sum(range(1, 15))
	# not the mean of percentages
	assert consolidate([of_school(1, 10, 20), of_school(2, 90, 980)], ()).shares[SPOT].percent == 10.0
	assert consolidate([of_school(1, 10, 20)], ()).unexpected == ("school 1",)


def test_a_school_that_withholds_is_in_no_percentage_with_half_of_its_figures() -> None:
	table = consolidate([of_school(1, 50, 100), of_school(2, None, 900)], ())
	share, total = table.shares[SPOT], table.totals["mentees", "", ""]
	assert (share.percent, share.published, share.withheld) == (50.0, 1, 1)
	assert (total.value, total.at_least, total.published, total.withheld) == (50, 51, 1, 1)
	assert table.totals["children", "", ""].value == 1000


def test_what_a_school_did_not_count_is_in_no_sum_of_it() -> None:
	forms = replace(
		of_school(2, 20, 40),
		cells=(
			Cell("mentees", "pupil-pupil", "", 20),
			Cell("mentees", "", "", 25),
			Cell("children", "", "", 40),
		),
	)
	no_whole = replace(of_school(3, 7, 0), cells=(Cell("mentees", "", "", 7),))
	table = consolidate([of_school(1, 10, 20), forms, no_whole], ())
	assert table.totals["mentees", "", ""].published == 3
	in_form = table.totals["mentees", "pupil-pupil", ""]
	assert (in_form.value, in_form.published, in_form.withheld) == (20, 1, 0)
	# out of all children, as the school has counted none by form
	assert vars(table.shares["children-involved", "pupil-pupil", ""]) == vars(Share(20, 40, 1, 0))
	assert vars(table.shares[SPOT]) == vars(Share(35, 60, 2, 0))
	assert percents([forms, no_whole]) == {
		SPOT: {"school 2": 62.5},
		("children-involved", "pupil-pupil", ""): {"school 2": 50.0},
	}


def test_a_school_has_a_percentage_where_it_shows_both_counts_and_has_somebody() -> None:
	shown = percents([of_school(1, 20, 60), of_school(2, None, 60), of_school(3, 0, 0), of_school(4, 0, 1)])
	assert shown == {SPOT: {"school 1": 33.3, "school 4": 0.0}}
	assert percents([of_school(1, 20, 60)], {SPOT[0]: 3}) == {SPOT: {"school 1": 33.333}}


def test_returns_that_do_not_belong_together_are_not_summed() -> None:
	with pytest.raises(ValueError, match="two returns"):
		consolidate([of_school(1, 10, 20)] * 2, ())
	with pytest.raises(ValueError, match="another period"):
		consolidate([of_school(1, 10, 20), of_school(2, 10, 20, 2025)], ())
	other = replace(
		of_school(2, 10, 20), indicators=(Indicator("children-involved", "mentees", "publications"),)
	)
	with pytest.raises(ValueError, match="means something else"):
		consolidate([of_school(1, 10, 20), other], ())


def test_no_returns_at_all() -> None:
	table = consolidate([], ["school 1"])
	assert (table.missing, table.totals, table.start) == (("school 1",), {}, None)


def test_this_year_against_last() -> None:
	this = consolidate([of_school(1, 50, 100), of_school(2, 50, 100)], ())
	last = consolidate([of_school(1, 60, 100, 2025), of_school(3, 70, 100, 2025)], ())
	both = compare(this, last)
	assert both.shares[SPOT] == Change(50.0, 65.0, -15.0)
	assert both.totals["mentees", "", ""] == Change(100, 130, -30)
	assert (both.only_this, both.only_last) == (("school 2",), ("school 3",))
	assert compare(this, consolidate([], ())).shares[SPOT] == Change(50.0, None, None)


def test_a_year_is_compared_to_the_decimals_of_its_indicator() -> None:
	this, last = consolidate([of_school(1, 20, 60)], ()), consolidate([of_school(1, 10, 60, 2025)], ())
	assert compare(this, last).shares[SPOT] == Change(33.3, 16.6, 16.7)
	assert compare(this, last, {SPOT[0]: 3}).shares[SPOT] == Change(33.333, 16.666, 16.667)


def test_a_school_far_from_the_others_stands_apart() -> None:
	returns = [of_school(number, 40 + number, 100) for number in range(9)] + [of_school(9, 95, 100)]
	found = deviations(percents(returns)[SPOT])
	assert found["school 9"] == Deviation(95.0, 44.5, 50.5, True)
	assert [name for name, one in found.items() if one.apart] == ["school 9"]
	assert deviations({}) == {}
	same = deviations({"a": 10.0, "b": 10.0, "c": 90.0})
	assert all(one.apart is False for one in same.values()), "nothing to measure the distance by"


@given(st.lists(st.tuples(st.none() | st.integers(0, 50), st.integers(50, 90)), max_size=8))
def test_a_sum_is_that_of_the_published(counts: list[tuple[int | None, int]]) -> None:
	table = consolidate([of_school(number, *one) for number, one in enumerate(counts)], ())
	shown = [one for one in counts if one[0] is not None]
	if counts:
		assert table.totals["mentees", "", ""].value == sum(part for part, _whole in shown)
		assert table.shares[SPOT].denominator == sum(whole for _part, whole in shown)
