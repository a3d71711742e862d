"""What an authority reads out of the returns of its schools: sums, percentages, last year, who stands apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik_app.rules.consolidation import (
	Change,
	Deviation,
	Share,
	Total,
	compare,
	consolidate,
	deviations,
	percents,
)
from nastavnik_app.rules.returns import Cell, Indicator, Measure, Return
from nastavnik_app.tests.test_returns import AUTHORITY, INDICATORS, MEASURES, NOON


def of_school(number: int, mentees: int | None, children: int | None, year: int = 2026) -> Return:
	cells = (Cell("mentees", "", "", mentees), Cell("children", "", "", children))
	period = date(year, 1, 1), date(year, 12, 31)
	return Return(f"school {number}", AUTHORITY, *period, NOON, 5, MEASURES, INDICATORS, cells)


SPOT = "children-involved", "", ""


def test_fifteen_schools_side_by_side() -> None:
	returns = [of_school(number, 10 * number, 1000) for number in range(1, 15)]
	expected = [f"school {number}" for number in range(1, 17)]
	table = consolidate(iter(returns), expected)
	assert (table.start, table.end) == (date(2026, 1, 1), date(2026, 12, 31))
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


def test_a_part_without_a_whole_in_any_one_school_has_no_percentage() -> None:
	mentees = replace(of_school(1, 7, 0), cells=(Cell("mentees", "", "", 7),))
	children = replace(of_school(2, 0, 40), cells=(Cell("children", "", "", 40),))
	assert consolidate([mentees], ()).shares == {}
	assert consolidate([mentees, children], ()).shares == {}, "the part of one is not of the other's whole"


def test_nobody_is_a_figure_too() -> None:
	table = consolidate([of_school(1, 0, 0), of_school(2, 5, 20), of_school(3, None, 20)], ())
	assert table.totals["mentees", "", ""] == Total(5, published=2, withheld=1)
	assert table.shares[SPOT] == Share(5, 20, published=2, withheld=1)


def test_a_school_has_a_percentage_where_it_shows_both_counts_and_has_somebody() -> None:
	shown = percents([of_school(1, 20, 60), of_school(2, None, 60), of_school(3, 0, 0), of_school(4, 0, 1)])
	assert shown == {SPOT: {"school 1": 33.3, "school 4": 0.0}}
	assert percents([of_school(1, 20, 60)], {SPOT[0]: 3}) == {SPOT: {"school 1": 33.333}}


OTHER_INDICATOR = (Indicator("children-involved", "mentees", "publications"),)
OTHER_MEASURE = (Measure("mentees", people=False), *MEASURES[1:])


@pytest.mark.parametrize(
	("second", "why"),
	[
		(of_school(1, 10, 20), "school 1 has two returns for the period"),
		(of_school(2, 10, 20, 2025), "The return of school 2 is for another period"),
		(
			replace(of_school(2, 10, 20), indicators=OTHER_INDICATOR),
			"children-involved means something else in the return of school 2 than in the others",
		),
		(
			replace(of_school(2, 10, 20), measures=OTHER_MEASURE),
			"mentees means something else in the return of school 2 than in the others",
		),
	],
)
def test_returns_that_do_not_belong_together_are_not_summed(second: Return, why: str) -> None:
	with pytest.raises(ValueError) as refused:
		consolidate([of_school(1, 10, 20), second], ())
	assert str(refused.value) == why


def test_an_indicator_may_be_called_as_what_it_counts() -> None:
	named_alike = replace(of_school(1, 10, 20), indicators=(Indicator("mentees", "mentees", "children"),))
	assert consolidate([named_alike], ()).shares["mentees", "", ""].percent == 50.0


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
	assert compare(this, last, {SPOT[0]: 4}).shares[SPOT] == Change(33.3333, 16.6666, 16.667)


def test_a_school_far_from_the_others_stands_apart() -> None:
	returns = [of_school(number, 40 + number, 100) for number in range(9)] + [of_school(9, 95, 100)]
	found = deviations(percents(returns)[SPOT])
	assert found["school 9"] == Deviation(95.0, 44.5, 50.5, True)
	assert [name for name, one in found.items() if one.apart] == ["school 9"]
	assert deviations({}) == {}
	assert deviations({"a": 10.0, "b": 10.0246})["b"] == Deviation(10.0246, 10.0123, 0.012, False)
	same = deviations({"a": 10.0, "b": 10.0, "c": 90.0})
	assert all(one.apart is False for one in same.values()), "nothing to measure the distance by"


@given(st.lists(st.tuples(st.none() | st.integers(0, 50), st.integers(50, 90)), max_size=8))
def test_a_sum_is_that_of_the_published(counts: list[tuple[int | None, int]]) -> None:
	table = consolidate([of_school(number, *one) for number, one in enumerate(counts)], ())
	shown = [one for one in counts if one[0] is not None]
	if counts:
		assert table.totals["mentees", "", ""].value == sum(part for part, _whole in shown)
		assert table.shares[SPOT].denominator == sum(whole for _part, whole in shown)
