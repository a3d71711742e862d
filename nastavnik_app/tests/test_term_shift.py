"""The words of a roadmap a year later: years go on, and no other figure."""

from __future__ import annotations

from datetime import date

import pytest

from nastavnik_app.rules.school_year import Period
from nastavnik_app.rules.term_shift import a_year_later, later_period, later_school_years, later_words

YEAR = Period(date(2022, 9, 1), date(2023, 5, 31))


@pytest.mark.parametrize(
	("written", "later"),
	[
		("до 10.10.2022г", "до 10.10.2023г"),
		("До октября 22", "До октября 23"),
		("31. 03. 23 г.", "31. 03. 24 г."),
		("31.03.24", "31.03.24"),
		("1.9.22", "1.9.23"),
		("2022/23 уч. г.", "2023/24 уч. г."),
		("2022 – 32 гг.", "2023 – 33 гг."),
		("2022-33", "2023-33"),
		("2099/00", "2100/01"),
		("в 2022/22", "в 2023/22"),
		("на 20232024 учебный год", "на 20242025 учебный год"),
		("2022-2026гг", "2023-2027гг"),
		("09.2022 | 05.2023", "09.2023 | 05.2024"),
		("2022-09-15", "2023-09-15"),
		("до 29 февраля 2024 г.", "до 28 февраля 2025 г."),
		("29.02.2024", "28.02.2025"),
		("29 февраля 2027 г.", "29 февраля 2028 г."),
		("сентябрь, до 25 числа", "сентябрь, до 25 числа"),
		("до 22 сентября", "до 22 сентября"),
		("май 15–25", "май 15–25"),
		("1 раз в квартал", "1 раз в квартал"),
	],
)
def test_years_go_on_and_nothing_else(written: str, later: str) -> None:
	assert later_words(written, YEAR) == later


def test_a_day_keeps_its_date_whatever_day_of_the_week_it_is() -> None:
	assert a_year_later(date(2027, 5, 15)) == date(2028, 5, 15)
	assert a_year_later(date(2024, 2, 29)) == date(2025, 2, 28)


def test_a_period_to_the_end_of_february_goes_on_to_its_end() -> None:
	assert later_period(Period(date(2022, 9, 1), date(2023, 2, 28))).end == date(2024, 2, 29)


def test_only_school_years_are_moved_in_other_texts() -> None:
	text = "Карта на 2022/2023 учебный год (приказ от 25.12.2019 № 2022)"
	assert later_school_years(text) == "Карта на 2023/2024 учебный год (приказ от 25.12.2019 № 2022)"


def test_a_period_keeps_its_days_and_its_basis() -> None:
	assert later_period(Period(date(2022, 9, 1), date(2023, 5, 31), "stated")) == Period(
		date(2023, 9, 1), date(2024, 5, 31), "stated"
	)
	assert later_period(Period(date(2022, 9, 1), date(2023, 2, 27))).end == date(2024, 2, 27)
