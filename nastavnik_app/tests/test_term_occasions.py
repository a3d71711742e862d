"""How many tasks a term comes to over a plan's days, and which period a document is for."""

from __future__ import annotations

from datetime import date

from nastavnik_app.rules.school_year import Period, academic_year, calendar_year
from nastavnik_app.rules.terms import infer_period, occurrences, read_term
from nastavnik_app.tests.test_terms import CALENDAR, PROGRAMME, SCHOOL, iso


def dues(text: str, period: Period = SCHOOL) -> list[str | None]:
	return [iso(occurrence.due) for occurrence in occurrences(read_term(text, period), period)]


def test_quarterly_work_is_due_three_times_in_a_school_year():
	assert dues("1 раз в квартал") == ["2022-12-31", "2023-03-31", "2023-05-31"]


def test_monthly_work_is_due_at_the_end_of_each_month_or_on_its_day():
	assert len(dues("ежемесячно")) == 9
	assert dues("ежемесячно")[:2] == ["2022-09-30", "2022-10-31"]
	assert dues("до 5 числа каждого месяца")[-1] == "2023-05-05"
	assert dues("до 10 числа месяца, следующего за отчетным")[0] == "2022-10-10"
	assert dues("последняя пятница месяца")[:2] == ["2022-09-30", "2022-10-28"]
	assert dues("ежемесячно")[5] == "2023-02-28"


def test_other_rhythms():
	assert dues("1 раз в четверть") == ["2022-10-27", "2022-12-29", "2023-03-23", "2023-05-31"]
	assert dues("раз в полгода") == ["2022-12-31", "2023-05-31"]
	assert dues("раз в полгода", CALENDAR) == ["2023-06-30", "2023-12-31"]
	assert dues("по понедельникам")[:2] == ["2022-09-05", "2022-09-12"]
	assert len(dues("2 раза в месяц")) == 18
	assert len(dues("3 раза в год")) == 3
	assert dues("раз в 2 месяца")[0] == "2022-10-31"


def test_named_months_are_occasions_of_their_own():
	assert dues("2 раза в год (сентябрь, май)") == ["2022-09-30", "2023-05-31"]
	assert dues("ноябрь, апрель") == ["2022-11-30", "2023-04-30"]


def test_yearly_work_of_a_programme_comes_once_a_year():
	assert dues("ежегодно до 1 октября", PROGRAMME) == [f"{year}-10-01" for year in range(2022, 2027)]
	assert dues("Ежегодно", PROGRAMME) == [f"{year}-12-31" for year in range(2022, 2027)]
	assert len(dues("2 раза в год (сентябрь, май)", PROGRAMME)) == 10


def test_what_does_not_recur_is_one_task():
	assert dues("В течение года") == ["2023-05-31"]
	assert dues("по графику") == [None]
	assert dues("до октября") == ["2022-09-30"]


def test_period_stated_in_the_header():
	assert infer_period(["Дорожная карта на 2022-2023 учебный год"], []) == academic_year(2022, "stated")
	assert infer_period(["План на 20232024 учебный год"], []) == academic_year(2023, "stated")
	assert infer_period(["Программа на 2022-2026гг."], []) == Period(
		date(2022, 1, 1), date(2026, 12, 31), "stated"
	)
	assert infer_period(
		["Срок начала и окончания", "18.03.2022 – 01.08.2023 г."], ["03.2022", "май 2023"]
	) == Period(date(2022, 3, 18), date(2023, 8, 1), "stated")
	assert infer_period(["Дорожная карта на 2023год"], ["Январь 2023г.", "Декабрь 2023г."]) == calendar_year(
		2023, "stated"
	)


def test_period_inferred_from_the_rows():
	rows = ["15.09.2022", "До октября 22", "До 10.10.2022г", "ноябрь 2022", "До мая 2022", "Мая 2023"]
	assert infer_period([], rows) == academic_year(2022, "inferred")
	assert infer_period([], ["Январь 2023", "Декабрь 2023", "март 2023"]) == calendar_year(2023, "inferred")
	assert infer_period(["на 2022 год"], ["сентябрь", "октябрь", "май"]) == academic_year(2022, "inferred")
	assert infer_period(["на 2023 год"], ["сентябрь 2023", "май 2024", "июнь 2024"]) == academic_year(
		2023, "inferred"
	)


def test_dates_of_acts_say_nothing_about_the_period():
	header = ["Утверждено приказом от 25.12.2019 г. № 145", "План на 2022-2023 учебный год"]
	assert infer_period(header, ["сентябрь"]) == academic_year(2022, "stated")
	assert infer_period(["распоряжение от 25 декабря 2019 г. № Р-145"], ["сентябрь", "май"]) is None


def test_no_year_anywhere_leaves_the_period_open():
	assert infer_period(["Дорожная карта"], ["сентябрь", "ежемесячно", "по плану"]) is None
