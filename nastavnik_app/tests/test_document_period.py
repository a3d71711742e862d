"""Which period a roadmap is for: what its header says, and what the dates of its rows make of it."""

from __future__ import annotations

from datetime import date

import pytest

from nastavnik_app.rules.school_year import Period, academic_year, calendar_year
from nastavnik_app.rules.terms import infer_period


def stated(start: str, end: str) -> Period:
	return Period(date.fromisoformat(start), date.fromisoformat(end), "stated")


@pytest.mark.parametrize(
	("header", "period"),
	[
		("сентябрь 2022-2023 учебного года", academic_year(2022, "stated")),
		("5) 2022-2023 учебный год", academic_year(2022, "stated")),
		("с 2022 по 2024 год", stated("2022-01-01", "2024-12-31")),
		("с 2024 по 2022 год", None),
		("2026-2022 гг.", None),
		("2022-2022 гг.", calendar_year(2022, "stated")),
		("сентябрь 2022 – май 2023", stated("2022-09-01", "2023-05-31")),
		("сентябрь 2022 – 15.10.2024", stated("2022-09-01", "2024-10-15")),
		("сентябрь – май 2023", None),
		("31.02.2022 – 31.05.2023", None),
		# less than four weeks are no plan's
		("01.09.2022 – 28.09.2022", None),
		("01.09.2022 – 29.09.2022", stated("2022-09-01", "2022-09-29")),
		# other years belong to acts and founders
		("2015-2045 гг.", stated("2015-01-01", "2045-12-31")),
		("2014-2022 гг.", None),
		("2022-2046 гг.", None),
		("2015 год", calendar_year(2015, "stated")),
		("2045 год", calendar_year(2045, "stated")),
		("2046 год", None),
		("до 2024 года", None),
		# dates of acts
		("Приказ от 25 декабря 2019 года, План на 2022 год", calendar_year(2022, "stated")),
		("Приказ от 5-го мая 2019 г. План на 2022 год", calendar_year(2022, "stated")),
		("Приказ от «25» декабря 2019 г. План на 2022 год", calendar_year(2022, "stated")),
		("от 01.09.2021 до 31.05.2022", None),
	],
)
def test_period_that_the_header_states(header: str, period: Period | None) -> None:
	assert infer_period([header], []) == period


@pytest.mark.parametrize(
	("terms", "period"),
	[
		(["01.09.2022 – 31.05.2023"], stated("2022-09-01", "2023-05-31")),
		(["в 2022-2023 учебном году", "ноябрь"], academic_year(2022, "stated")),
		(["сентябрь 2022-2023 учебного года"], academic_year(2022, "stated")),
		(["01.09.2022 – 31.10.2022"], academic_year(2022, "inferred")),
		# a range of up to 200 days is one row's work, a longer one is the plan's period
		(["01.03.2022 – 17.09.2022"], calendar_year(2022, "inferred")),
		(["01.03.2022 – 18.09.2022"], stated("2022-03-01", "2022-09-18")),
		# August prepares the school year
		(["август 2022", "январь 2023"], academic_year(2022, "inferred")),
		(["июль 2022"], academic_year(2021, "inferred")),
		# four of five dates are enough, three of four are not
		(
			["сентябрь 2022", "октябрь 2022", "ноябрь 2022", "декабрь 2022", "сентябрь 2021"],
			academic_year(2022, "inferred"),
		),
		(
			["октябрь 2024", "сентябрь 2022", "март 2023"],
			Period(date(2022, 9, 1), date(2024, 10, 31), "inferred"),
		),
		(["сентябрь 2014", "май 2015"], academic_year(2014, "inferred")),
		(["ноябрь 2045"], academic_year(2045, "inferred")),
		(["ноябрь 2046"], None),
		(["сентябрь 2014"], None),
	],
)
def test_period_that_the_rows_show(terms: list[str], period: Period | None) -> None:
	assert infer_period([], terms) == period


@pytest.mark.parametrize(
	("header", "terms", "period"),
	[
		# a school year's August and summer belong to it
		("на 2022-2023 учебный год", ["август 2022", "июль 2023"], academic_year(2022, "stated")),
		("на 2022-2023 учебный год", ["июль 2022", "май 2023"], academic_year(2022, "stated")),
		(
			"на 2022-2023 учебный год",
			["июль 2022", "сентябрь 2023"],
			Period(date(2022, 7, 1), date(2023, 9, 30), "inferred"),
		),
		# «2023 год» over rows from September to May is a school year
		("План на 2023 год", ["август", "май"], academic_year(2023, "inferred")),
		("План на 2023 год", ["октябрь", "июнь"], academic_year(2023, "inferred")),
		("План на 2023 год", ["сентябрь", "июль"], calendar_year(2023, "stated")),
		("План на 2023 год", ["ноябрь", "май"], calendar_year(2023, "stated")),
		("План на 2023 год", ["январь", "сентябрь", "май"], calendar_year(2023, "stated")),
		("План на 2023 учебный год", ["сентябрь", "май"], academic_year(2023, "inferred")),
		(
			"План на 2023 год",
			["сентябрь 2023", "октябрь 2023", "ноябрь 2023", "декабрь 2023", "май 2024"],
			calendar_year(2023, "stated"),
		),
		(
			"План на 2023 год",
			["сентябрь 2023", "октябрь 2023", "ноябрь 2023", "май 2024"],
			academic_year(2023, "inferred"),
		),
		# a month in the header counts only over rows with months
		("План, май 2015 года", ["октябрь"], academic_year(2014, "inferred")),
		("План, май 2045 года", ["октябрь"], academic_year(2044, "inferred")),
		("План, сентябрь 2023 года", ["октябрь", "май"], academic_year(2023, "inferred")),
		("План, сентябрь 2023 года", [], None),
		("План 13.2023", ["октябрь"], None),
		("План 12.2023", ["октябрь"], academic_year(2023, "inferred")),
		("План 1.2023", ["октябрь"], academic_year(2022, "inferred")),
	],
)
def test_header_and_rows_together(header: str, terms: list[str], period: Period | None) -> None:
	assert infer_period([header], terms) == period


@pytest.mark.parametrize(
	"day",
	[
		"12.03.2021",
		"12 марта 2021 г.",
		"«12» марта 2021 г.",
		'"12" марта 2021 года',
		"“12” марта 2021 г.",
		"12-го марта 2021",
	],
)
def test_the_day_of_an_act_is_no_day_of_the_plan(day: str) -> None:
	assert infer_period([f"приказом школы от {day} № 7"], ["сентябрь", "май"]) is None
	assert infer_period([f"приказом от {day} № 7"], ["сентябрь 2022"]) == academic_year(2022, "inferred")


def test_of_two_stated_years_the_one_that_the_rows_fit_is_taken() -> None:
	header = ["2023 год", "2024 год"]
	assert infer_period(header, ["май 2024"]) == calendar_year(2024, "stated")
	assert infer_period(header, ["май"]) == calendar_year(2023, "stated")
