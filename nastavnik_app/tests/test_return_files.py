"""A return that is refused is refused with the one reason that it has."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from nastavnik_app.rules.related_counts import Cover, Part, Sum, Table
from nastavnik_app.rules.return_files import (
	LARGEST,
	SCHEMA,
	ReturnRefused,
	Stored,
	canonical,
	compare_with_stored,
	sender_of,
	write,
)
from nastavnik_app.rules.returns import Cell, Indicator, Measure, protect, table_of
from nastavnik_app.tests.test_returns import (
	AUTHORITY,
	INDICATORS,
	MEASURES,
	NOON,
	SCHOOL,
	SECRET,
	body_of,
	received,
	school_return,
	signed,
	values,
)

EVERYBODY, ALL_CHILDREN = ("mentees", "", ""), ("children", "", "")
CHILDREN = Cell("children", "", "", 100)


def refusal(work: Callable, *arguments: Any) -> str:
	with pytest.raises(ReturnRefused) as refused:
		work(*arguments)
	return str(refused.value.message)


@pytest.mark.parametrize(
	("changes", "why"),
	[
		(
			{"end": school_return().start - timedelta(days=1)},
			"The period of the return ends before it starts",
		),
		({"computed_at": datetime(2026, 12, 10)}, "The time of the return has no time zone"),
		({"measures": (*MEASURES, Measure("x", True, "<b>"))}, "Something is wrong with title in the return"),
		(
			{"indicators": (replace(INDICATORS[0], title="a > b"),)},
			"Something is wrong with title in the return",
		),
		(
			{"indicators": (replace(INDICATORS[0], title="a < b"),)},
			"Something is wrong with title in the return",
		),
		({"cells": (Cell("adults", "", "", 9),)}, "The return counts adults but does not say what that is"),
		(
			{"indicators": (Indicator("share", "mentees", "adults"),)},
			"The return counts share but does not say what that is",
		),
		(
			{"indicators": (Indicator("share", "adults", "mentees"),)},
			"The return counts share but does not say what that is",
		),
		({"cells": (CHILDREN, CHILDREN)}, "The return gives children /  /  twice"),
		(
			{"cells": (Cell("publications", "", "teachers", -1),)},
			"The return has a count below zero: publications /  / teachers",
		),
		({"cells": (Cell("mentees", "", "", 1),)}, "The return shows a count of people below 5"),
		({"cells": (Cell("mentees", "", "", 4),)}, "The return shows a count of people below 5"),
		({"cells": (Cell("mentees", "", "", 101), CHILDREN)}, "101 is more than 100, of which it is a part"),
		({"cells": (Cell("mentees", "", "", 99), CHILDREN)}, "The return shows a count of people below 5"),
		({"cells": (Cell("mentees", "", "", 96), CHILDREN)}, "The return shows a count of people below 5"),
		(
			{"cells": (Cell("mentees", "", "pupils", None), Cell("mentees", "", "", 98), CHILDREN)},
			"The return shows a count of people below 5",
		),
	],
)
def test_what_makes_no_sense_is_not_even_written(changes: dict, why: str) -> None:
	assert refusal(write, school_return(**changes), SECRET) == why


@pytest.mark.parametrize(
	"changes",
	[
		{"end": school_return().start},
		{"cells": (Cell("mentees", "", "", 5), Cell("mentees", "", "pupils", 0))},
		{"cells": (Cell("mentees", "", "", 95), CHILDREN)},
		{"cells": (Cell("mentees", "", "", 100), CHILDREN)},
		{"cells": (Cell("mentees", "", "", None), CHILDREN)},
		{"cells": (Cell("mentees", "", "", 99), Cell("children", "", "", None))},
		{"cells": (Cell("publications", "", "", 0),)},
		{"indicators": (Indicator("mentees", "mentees"),)},
		# whom no indicator counts among the children is no part of them
		{
			"measures": (*MEASURES, Measure("mentors", people=True)),
			"cells": (Cell("mentees", "", "", 50), Cell("mentors", "", "", 98), CHILDREN),
		},
		# pieces have no rest that a person could be
		{
			"indicators": (Indicator("x", "publications", "children"),),
			"cells": (Cell("publications", "", "", 99), CHILDREN),
		},
	],
)
def test_what_makes_sense_arrives(changes: dict) -> None:
	content = school_return(**changes)
	assert values(received(write(content, SECRET)).content) == values(content)


def test_everybody_may_know_how_many_pupils_there_are_but_not_how_few_of_them_are_left_out() -> None:
	public = (Measure("mentees", True), Measure("children", True, public=True))
	few = school_return(measures=public, cells=(Cell("children", "", "", 3),))
	assert values(received(write(few, SECRET)).content) == {("children", "", ""): 3}
	rest = school_return(measures=public, cells=(Cell("mentees", "", "", 98), CHILDREN))
	assert refusal(write, rest, SECRET) == "The return shows a count of people below 5"


def test_a_rest_is_looked_for_in_its_own_form_and_group() -> None:
	cells = (Cell("mentees", "", "pupils", 59), Cell("children", "", "pupils", 60), CHILDREN)
	assert refusal(write, school_return(cells=cells), SECRET) == "The return shows a count of people below 5"
	# one form of the work out of all children
	cells = (Cell("mentees", "pupil-pupil", "", 99), CHILDREN)
	assert refusal(write, school_return(cells=cells), SECRET) == "The return shows a count of people below 5"


def in_return(**changes: Any) -> Callable[[dict], dict]:
	return lambda body: {**body, "return": {**body["return"], **changes}}


@pytest.mark.parametrize(
	("change", "why"),
	[
		(lambda body: {**body, "schema": "roadmap"}, "This file is not a return of a mentoring program"),
		(lambda body: {**body, "version": 0}, "The version of the return is missing"),
		(lambda body: {**body, "version": True}, "The version of the return is missing"),
		(lambda body: {**body, "version": "1"}, "The version of the return is missing"),
		(lambda body: {**body, "version": None}, "The version of the return is missing"),
		(lambda body: {**body, "version": 2}, "The return has version 2, this site reads up to 1: update it"),
		(lambda body: {**body, "return": []}, "The file has no return in it"),
		(in_return(organization="1"), f"The return is that of 1, not of {SCHOOL}"),
		(in_return(authority="2"), f"The return is meant for 2, not for {AUTHORITY}"),
		(in_return(bound=2), "The return withholds counts of people below 2, it has to be below 5"),
		(in_return(bound=2**31), "Something is wrong with bound in the return"),
		(
			lambda body: in_return(cells=[{**body["return"]["cells"][0], "value": 2**64}])(body),
			"Something is wrong with value in the return",
		),
		(in_return(bound=True), "Something is wrong with bound in the return"),
		(in_return(organization=None), "Something is wrong with organization in the return"),
		(in_return(start="2026"), "Something is wrong with start in the return"),
		(in_return(end="31.12.2026"), "Something is wrong with end in the return"),
		(in_return(computed_at="2026-12-10"), "Something is wrong with computed_at in the return"),
		(in_return(cells={}), "Something is wrong with cells in the return"),
		(in_return(cells=["mentees"]), "Something is wrong with cells in the return"),
		(in_return(measures=[{"code": "mentees"}]), "Something is wrong with people in the return"),
		(in_return(indicators=[{"code": 1}]), "Something is wrong with code in the return"),
		(in_return(start="2027-01-01"), "The period of the return ends before it starts"),
	],
)
def test_a_signed_file_is_refused_with_its_reason(change: Callable[[dict], dict], why: str) -> None:
	body = body_of(write(school_return(), SECRET))
	assert refusal(received, signed(change(body))) == why


@pytest.mark.parametrize(
	("text", "why"),
	[
		("x" * (LARGEST + 1), "The file is larger than a return can be"),
		("x" * LARGEST, "The file cannot be read: JSON"),
		('{"schema": 1.5}', "The file cannot be read: JSON"),
		('{"schema": NaN}', "The file cannot be read: JSON"),
		("[]", "This file is not a return of a mentoring program"),
		(
			json.dumps({"schema": SCHEMA, "version": 1, "return": "\ud800"}),
			"The file cannot be read: UTF-8",
		),
		(
			json.dumps({"schema": SCHEMA, "version": 1, "return": {}}),
			"The file was changed or damaged on its way: its checksum does not fit",
		),
	],
)
def test_another_file_is_refused_with_its_reason(text: str, why: str) -> None:
	assert refusal(received, text) == why


def test_a_file_says_whose_it_is_before_anything_is_proved() -> None:
	assert refusal(sender_of, "{}") == "The file has no return in it"
	assert refusal(sender_of, '{"return": {"organization": 1}}') == "The file does not name its organization"
	assert sender_of('{"return": {"organization": "1"}}') == "1"


def test_a_secret_is_long_enough_or_no_secret() -> None:
	why = "The secret shared with the other site is shorter than 32 bytes"
	assert refusal(write, school_return(), SECRET[:-1]) == why
	assert refusal(received, write(school_return(), b"t" * 32)) == f"The signature is not that of {SCHOOL}"


def test_fields_of_a_later_version_are_named() -> None:
	body = body_of(write(school_return(), SECRET)) | {"sent_by": "school"}
	body["return"]["remark"] = body["return"]["measures"][0]["weight"] = "text"
	assert received(signed(body)).unknown == ("measures.weight", "remark", "sent_by")


@pytest.fixture
def _clock_of_vladivostok(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
	with monkeypatch.context() as changed:
		changed.setenv("TZ", "Asia/Vladivostok")
		time.tzset()
		yield
	time.tzset()


@pytest.mark.usefixtures("_clock_of_vladivostok")
def test_the_time_of_a_return_is_that_of_greenwich() -> None:
	at_noon = NOON.astimezone(timezone(timedelta(hours=7)))
	text = write(school_return(computed_at=at_noon), SECRET)
	assert json.loads(text)["return"]["computed_at"] == "2026-12-10T12:00:00Z"
	assert received(text).content.computed_at == NOON


def test_what_is_signed_is_the_same_to_the_byte_on_every_site() -> None:
	body = {"б": [1, None], "a": {"c": True, "b": "«да»"}}
	assert canonical(body) == '{"a":{"b":"«да»","c":true},"б":[1,null]}'.encode()
	with pytest.raises(ValueError):
		canonical({"value": float("nan")})


def test_an_older_return_says_which_is_stored() -> None:
	there = received(write(school_return(), SECRET))
	assert refusal(compare_with_stored, there, Stored("0", NOON)) == (
		"A return computed on 2026-12-10T12:00:00Z is stored already; this one is not newer"
	)


def test_letters_of_a_return_are_written_as_they_are() -> None:
	titled = (replace(INDICATORS[0], title="Доля детей"),)
	assert "Доля детей" in write(school_return(indicators=titled), SECRET)


def test_a_reader_knows_how_the_counts_of_a_return_belong_together() -> None:
	pupils, in_form = ("mentees", "", "pupils"), ("mentees", "pupil-pupil", "")
	of_people = {EVERYBODY: 10, pupils: 10, in_form: 6, ALL_CHILDREN: 20}
	public = (Measure("mentees", True), Measure("children", True, public=True), MEASURES[2])
	table = table_of({**of_people, ("publications", "", ""): 2}, public, INDICATORS)
	assert table == Table(
		of_people,
		(
			Sum(EVERYBODY, (pupils,)),
			Cover(EVERYBODY, (in_form,)),
			Part(EVERYBODY, ALL_CHILDREN),
			Part(in_form, ALL_CHILDREN),  # a form has no count of all children
		),
		frozenset({ALL_CHILDREN}),
	)


def test_forms_without_a_count_of_all_cover_nothing() -> None:
	assert table_of({("mentees", "pupil-pupil", ""): 6}, MEASURES, INDICATORS).relations == ()


def test_a_school_withholds_below_its_own_bound_and_what_a_relation_would_tell() -> None:
	mentors = ("mentors", "", "")
	measures = (*MEASURES, Measure("mentors", True))
	assert protect({EVERYBODY: 9}, MEASURES, ()) == (Cell(*EVERYBODY, 9),)
	assert protect({EVERYBODY: 9}, MEASURES, (), bound=10) == (Cell(*EVERYBODY, None),)
	apart = {cell.place: cell.value for cell in protect({EVERYBODY: 40, mentors: 38}, measures, ())}
	assert apart == {EVERYBODY: 40, mentors: 38}
	inside = protect({EVERYBODY: 40, mentors: 38}, measures, (), relations=[Part(mentors, EVERYBODY)])
	assert None in [cell.value for cell in inside], "two who are not among them"
