"""What a school writes in «Сроки» and what the plan then holds."""

from __future__ import annotations

from datetime import date

import pytest

from nastavnik_app.rules.school_year import Period, academic_year, calendar_year
from nastavnik_app.rules.terms import read_begin_end, read_term

SCHOOL = academic_year(2022)
CALENDAR = calendar_year(2023)
PROGRAMME = Period(date(2022, 1, 1), date(2026, 12, 31))
MUNICIPAL = Period(date(2022, 3, 18), date(2023, 8, 1))
START, END = "2022-09-01", "2023-05-31"

# expression, start, end, recurrence
DATED: list[tuple[str, str | None, str | None, str | None]] = [
	# single days
	("15.09.2022", "2022-09-15", "2022-09-15", None),
	("15/09/2022", "2022-09-15", "2022-09-15", None),
	("15,09,2022", "2022-09-15", "2022-09-15", None),
	("15 .09. 2022 г.", "2022-09-15", "2022-09-15", None),
	("2022-09-15", "2022-09-15", "2022-09-15", None),
	(" 3 .05.", "2023-05-03", "2023-05-03", None),
	("1.09", "2022-09-01", "2022-09-01", None),
	("15 сентября", "2022-09-15", "2022-09-15", None),
	("«01» сентября 2022 г.", "2022-09-01", "2022-09-01", None),
	("последний четверг мая", "2023-05-25", "2023-05-25", None),
	# deadlines
	("До 10.10.2022г", None, "2022-10-10", None),
	("до 1.10.22", None, "2022-10-01", None),
	("До октября 2022 г", None, "2022-09-30", None),
	("До октября 22", None, "2022-09-30", None),
	("До конца октября", None, "2022-10-31", None),
	("До конца сентября", None, "2022-09-30", None),
	("До конца августа", None, "2022-08-31", None),
	("не позднее 25 мая", None, "2023-05-25", None),
	("не позднее сентября", None, "2022-09-30", None),
	("к 1 сентября", None, "2022-09-01", None),
	("к концу мая", None, "2023-05-31", None),
	("до «25» мая 2023 г.", None, "2023-05-25", None),
	("до мая включительно", None, "2023-05-31", None),
	("по 31 мая 2023", None, "2023-05-31", None),
	("в срок до 30.09.2022", None, "2022-09-30", None),
	("до середины октября", None, "2022-10-15", None),
	("до начала учебного года", None, "2022-08-31", None),
	("до конца учебного года", None, "2023-05-31", None),
	("до окончания учебного года", None, "2023-05-31", None),
	("до конца I полугодия", None, "2022-12-31", None),
	("до Нового года", None, "2022-12-31", None),
	("до лета", None, "2023-05-31", None),
	("сентябрь, до 15 числа", None, "2022-09-15", None),
	("апрель (до 20 числа)", None, "2023-04-20", None),
	("до 15 сентября, до 15 мая", None, "2023-05-15", None),
	# months
	("Мая 2023", "2023-05-01", "2023-05-31", None),
	("Январь 2023г.", "2023-01-01", "2023-01-31", None),
	("сентябрь", "2022-09-01", "2022-09-30", None),
	("август", "2022-08-01", "2022-08-31", None),
	("июль", "2023-07-01", "2023-07-31", None),
	("в сентябре", "2022-09-01", "2022-09-30", None),
	("сентябрь, 2022", "2022-09-01", "2022-09-30", None),
	("сентябрь 22 г.", "2022-09-01", "2022-09-30", None),
	("09.2022", "2022-09-01", "2022-09-30", None),
	("09.22", "2022-09-01", "2022-09-30", None),
	("нояб. 2022", "2022-11-01", "2022-11-30", None),
	("Ceнтябрь 2022", "2022-09-01", "2022-09-30", None),
	("май текущего учебного года", "2023-05-01", "2023-05-31", None),
	("сентябрь 2022-2023 учебного года", "2022-09-01", "2022-09-30", None),
	("Ноябрь 2022", "2022-11-01", "2022-11-30", None),
	# pieces of months
	("1-я декада сентября", "2022-09-01", "2022-09-10", None),
	("вторая декада октября", "2022-10-11", "2022-10-20", None),
	("последняя декада мая", "2023-05-21", "2023-05-31", None),
	("вторая половина мая", "2023-05-16", "2023-05-31", None),
	("первая половина октября", "2022-10-01", "2022-10-15", None),
	("последняя неделя августа", "2022-08-25", "2022-08-31", None),
	("III неделя октября", "2022-10-15", "2022-10-21", None),
	("3-4 неделя сентября", "2022-09-15", "2022-09-28", None),
	("сентябрь (1 неделя)", "2022-09-01", "2022-09-07", None),
	("начало сентября", "2022-09-01", "2022-09-10", None),
	("в середине октября", "2022-10-11", "2022-10-20", None),
	("конец мая", "2023-05-21", "2023-05-31", None),
	("конец августа - начало сентября", "2022-08-21", "2022-09-10", None),
	("в начале учебного года", "2022-09-01", "2022-09-30", None),
	("в конце учебного года", "2023-05-01", "2023-05-31", None),
	# ranges
	("18.03.2022 – 01.08.2023 г.", "2022-03-18", "2023-08-01", None),
	("03.2022 / 05.2022", "2022-03-01", "2022-05-31", None),
	("08.2022 | 09.2022", "2022-08-01", "2022-09-30", None),
	("09.2022 / 05.2023", "2022-09-01", "2023-05-31", None),
	("Сентябрь-ноябрь 2022", "2022-09-01", "2022-11-30", None),
	("2. Сентябрь-ноябрь 2022", "2022-09-01", "2022-11-30", None),
	("август – сентябрь", "2022-08-01", "2022-09-30", None),
	("октябрь – май", "2022-10-01", "2023-05-31", None),
	("июнь-август", "2023-06-01", "2023-08-31", None),
	("декабрь ~ январь", "2022-12-01", "2023-01-31", None),
	("сентябрь 2022 г. – май 2023 г.", "2022-09-01", "2023-05-31", None),
	("Сентябрь 2022г-октябрь2022г", "2022-09-01", "2022-10-31", None),
	("с сентября по май", "2022-09-01", "2023-05-31", None),
	("с 1 по 15 сентября", "2022-09-01", "2022-09-15", None),
	("c 1 по 15 cентября", "2022-09-01", "2022-09-15", None),  # Latin c
	("от 1 до 15 сентября", "2022-09-01", "2022-09-15", None),
	("15-30 сентября", "2022-09-15", "2022-09-30", None),
	("15–20.09.2022", "2022-09-15", "2022-09-20", None),
	("01.09.22-30.09.22", "2022-09-01", "2022-09-30", None),
	("25.08.-31.08.2022", "2022-08-25", "2022-08-31", None),
	("с 15 сентября по 15 октября 2022 года", "2022-09-15", "2022-10-15", None),
	("сентябрь 2022 - 15 мая 2023", "2022-09-01", "2023-05-15", None),
	("в период с 01.10.2022 по 30.10.2022", "2022-10-01", "2022-10-30", None),
	("с октября 2022 г.", "2022-10-01", "2023-05-31", None),
	("после 15 сентября", "2022-09-16", "2023-05-31", None),
	# quarters, half-years, seasons, years
	("I полугодие", "2022-09-01", "2022-12-31", None),
	("II полугодие", "2023-01-01", "2023-05-31", None),
	("ІІ полугодие 2022-2023 уч.г.", "2023-01-01", "2023-05-31", None),
	("I квартал 2023 года", "2023-01-01", "2023-03-31", None),
	("IV квартал", "2022-10-01", "2022-12-31", None),
	("III четверть", "2023-01-09", "2023-03-23", None),
	("I-II четверть", "2022-09-01", "2022-12-29", None),
	("осенние каникулы", "2022-10-28", "2022-11-04", None),
	("в период зимних каникул", "2022-12-30", "2023-01-08", None),
	("лето 2023", "2023-06-01", "2023-08-31", None),
	("зима 2022-2023", "2022-12-01", "2023-02-28", None),
	("осенью", "2022-09-01", "2022-11-30", None),
	("на 2023 - 2024 учебный год", "2023-09-01", "2024-05-31", None),
	("20232024 учебный год", "2023-09-01", "2024-05-31", None),
	("на 2022-2026гг.", "2022-01-01", "2026-12-31", None),
	("2019-2024 годы", "2019-01-01", "2024-12-31", None),
	("до конца 2024 года", None, "2024-12-31", None),
	("2022 (базовое значение) / 2023 (план)", "2022-01-01", "2023-12-31", None),
	# lists
	("(ноябрь, апрель)", "2022-11-01", "2023-04-30", None),
	("сентябрь и май", "2022-09-01", "2023-05-31", None),
	("1, 15 сентября", "2022-09-01", "2022-09-15", None),
	("15 и 30 сентября", "2022-09-15", "2022-09-30", None),
	("сентябрь, декабрь 2022 г., март, май 2023 г.", "2022-09-01", "2023-05-31", None),
	("сентябрь; декабрь; май", "2022-09-01", "2023-05-31", None),
	# all the time
	("В течение года", START, END, "continuous"),
	("В течении года", START, END, "continuous"),
	("в теч. уч. года", START, END, "continuous"),
	("В течение всего периода", START, END, "continuous"),
	("В течение всего периода \nреализации \nЦМН", START, END, "continuous"),
	("В \nтечение года", START, END, "continuous"),
	("на протяжении всего учебного года", START, END, "continuous"),
	("весь период", START, END, "continuous"),
	("учебный год", START, END, "continuous"),
	("постоянно", START, END, "continuous"),
	("Осуществляется на всех этапах", START, END, "continuous"),
	("в течение 2022/23 учебного года", START, END, "continuous"),
	("в течение года, по отдельному графику", START, END, "continuous"),
	("по мере необходимости в течение года", START, END, "continuous"),
	("сентябрь, далее постоянно", START, END, "continuous"),
	("в течение учебного года (октябрь - май)", "2022-10-01", END, "continuous"),
	("в рамках реализации программы", START, END, "continuous"),
	("на всём протяжении", START, END, "continuous"),
	("в начале и в конце учебного года", START, END, None),
	("осенние и весенние каникулы", "2022-10-28", "2023-03-31", None),
	("Срок реализации: сентябрь – октябрь 2022", "2022-09-01", "2022-10-31", None),
	("1 этап: сентябрь 2022", "2022-09-01", "2022-09-30", None),
	("Сентябрь 2О22", "2022-09-01", "2022-09-30", None),  # a letter among digits
	("октябрь-ноябрь, далее в течение года", "2022-10-01", END, "continuous"),
	# again and again
	("1 раз в квартал", START, END, "quarterly"),
	("ежеквартально", START, END, "quarterly"),
	("1 раз в четверть", START, END, "every school quarter"),
	("ежемесячно", START, END, "monthly"),
	("ежемесячно до 5 числа", START, END, "monthly"),
	("до 20 числа каждого месяца", START, END, "monthly"),
	("не реже 1 раза в месяц", START, END, "monthly"),
	("1р/мес", START, END, "monthly"),
	("последняя пятница месяца", START, END, "monthly"),
	("ежемесячно, с октября по май", "2022-10-01", END, "monthly"),
	("еженедельно", START, END, "weekly"),
	("по четвергам", START, END, "weekly"),
	("каждую пятницу", START, END, "weekly"),
	("раз в две недели", START, END, "every two weeks"),
	("1 раз в полугодие", START, END, "half-yearly"),
	("2 раза в год", START, END, "half-yearly"),
	("2 раза в год (сентябрь, май)", START, END, "half-yearly"),
	("Ежегодно", START, END, "yearly"),
	("5. Ежегодно", START, END, "yearly"),
	("ежегодно в сентябре", "2022-09-01", "2022-09-30", "yearly"),
	("ежегодно, до 1 октября", None, "2022-10-01", "yearly"),
	("по итогам каждого полугодия", START, END, "half-yearly"),
	("в конце каждой четверти", START, END, "every school quarter"),
	("ежедневно", START, END, "daily"),
	("в течение года (ежемесячно)", START, END, "monthly"),
]

WAITING = """по завершению персонализированной программы наставничества
два раза за период наставничества: промежуточный и итоговый
в течение 3 дней после издания приказа
в течение 10 рабочих дней со дня подписания
в течение недели после
в 10-дневный срок
в трёхдневный срок
не позднее 3 дней после встречи
за неделю до мероприятия
в период адаптации
до начала программы
до издания приказа
по итогам года
по окончании учебного года
после завершения программы
со дня подписания соглашения
по мере необходимости
при необходимости
по графику
по отдельному графику
по плану работы школы
в соответствии с планом
согласно плану
в установленные сроки
по согласованию с руководителем
по запросу наставляемых""".split("\n")


def iso(day: date | None) -> str | None:
	return day.isoformat() if day else None


@pytest.mark.parametrize(("text", "start", "end", "recurrence"), DATED)
def test_term_in_a_plan_for_2022_2023(text, start, end, recurrence):
	term = read_term(text, SCHOOL)
	assert (iso(term.start), iso(term.end), term.recurrence) == (start, end, recurrence)
	assert not term.relative


@pytest.mark.parametrize("text", WAITING)
def test_term_that_hangs_on_something_else_has_no_dates(text):
	term = read_term(text, SCHOOL)
	assert (term.start, term.end, term.recurrence, term.relative) == (None, None, None, True)
	assert term.text == text


@pytest.mark.parametrize("text", ["", "  \n", "—", "-", "…"])
def test_empty_cell_is_said_to_be_empty(text):
	term = read_term(text, SCHOOL)
	assert (term.text, term.kind, term.start, term.end) == ("", "empty", None, None)
	assert term.problems == ("No term is written",)


def test_cell_with_only_a_list_number_is_asked_about():
	term = read_term("5.", SCHOOL)
	assert (term.text, term.start, term.end) == ("", None, None)
	assert "list number" in term.problems[0]


@pytest.mark.parametrize(
	("written", "text"),
	[
		("2. Сентябрь-ноябрь 2022", "Сентябрь-ноябрь 2022"),
		("5. Ежегодно", "Ежегодно"),
		("1. 15.09.2022", "15.09.2022"),
		("сентябрь 2022 3.", "сентябрь 2022"),
		("15.09.2022", "15.09.2022"),
		("до сентября 22.", "до сентября 22."),
	],
)
def test_leaked_list_number_is_not_part_of_the_term(written, text):
	assert read_term(written, SCHOOL).text == text


@pytest.mark.parametrize(
	("text", "problem"),
	[
		("До мая 2022", "before the plan starts: 2022-04-30"),
		("июнь 2022", "before the plan starts"),
		("октябрь 2024", "after the plan ends"),
		("март 2022 - май 2023", "starts before the plan"),
		("сентябрь 2022 – декабрь 2023", "ends after the plan"),
		("09.2022 | 05.2022", "ends before it starts"),
		("31.10.2022 - 01.10.2022", "ends before it starts"),
		("сентябрь-май 2022", "ends before it starts"),
		("31 сентября", "no such day"),
		("32.13.2022", "no such day"),
		("сентрябрь", "Check the spelling: сентрябрь"),
		("ежемесячо", "Check the spelling"),
		("дцать первого мартобря", "could not be read"),
		("последняя неделя", "could not be read"),
		("октябрь, кроме выпускных классов", "could not be read: кроме выпускных классов"),
		("в течение месяца", "from which day"),
		("до 1 сентября следующего года", "write the year"),
		("III четверть", "school's own calendar"),
		("еженедельно, ежемесячно", "Several recurrences"),
	],
)
def test_doubt_is_said(text, problem):
	assert any(problem in said for said in read_term(text, SCHOOL).problems)


def test_doubtful_date_is_kept_as_it_is_written():
	assert read_term("До мая 2022", SCHOOL).end == date(2022, 4, 30)
	contradiction = read_term("09.2022 | 05.2022", SCHOOL)
	assert (contradiction.start, contradiction.end) == (date(2022, 9, 1), None)
	assert (contradiction.literal.start, contradiction.literal.end) == (date(2022, 9, 1), date(2022, 5, 31))


@pytest.mark.parametrize(
	"text", ["сентябрь", "до конца августа", "В течение года", "июнь", "15.09.2022", "по графику"]
)
def test_plain_term_raises_no_doubt(text):
	assert read_term(text, SCHOOL).problems == ()


def test_exclusive_reading_of_a_month_is_shown():
	assert read_term("До октября", SCHOOL).notes
	assert not read_term("До конца октября", SCHOOL).notes


def test_august_of_a_closing_section_is_at_the_end_of_the_year():
	assert read_term("до конца августа", SCHOOL, closing=True).end == date(2023, 8, 31)


@pytest.mark.parametrize(
	("text", "period", "start", "end"),
	[
		("Декабрь", CALENDAR, "2023-12-01", "2023-12-31"),
		("Январь", CALENDAR, "2023-01-01", "2023-01-31"),
		("В течение года", CALENDAR, "2023-01-01", "2023-12-31"),
		("на 2023год / на 2023 учебный год", CALENDAR, "2023-01-01", "2023-12-31"),
		("I полугодие", CALENDAR, "2023-01-01", "2023-06-30"),
		("декабрь", MUNICIPAL, "2022-12-01", "2022-12-31"),
		("сентябрь-май", MUNICIPAL, "2022-09-01", "2023-05-31"),
		("май", MUNICIPAL, None, None),
		("сентябрь", PROGRAMME, None, None),
		("Сентябрь, 2022; май", PROGRAMME, "2022-09-01", "2023-05-31"),
		("до конца года", PROGRAMME, None, None),
		("ежегодно в сентябре", PROGRAMME, "2022-01-01", "2026-12-31"),
		("ноябрь 2022, апрель", None, "2022-11-01", "2023-04-30"),
		("сентябрь", None, None, None),
		("ежемесячно", None, None, None),
	],
)
def test_the_plan_decides_about_years(text, period, start, end):
	term = read_term(text, period)
	assert (iso(term.start), iso(term.end)) == (start, end)
	assert end or term.problems


@pytest.mark.parametrize(
	("begin", "end", "start", "last", "doubtful"),
	[
		("03.2022", "05.2022", "2022-03-01", "2022-05-31", False),
		("09.2022", "05.2022", "2022-09-01", None, True),
		("сентябрь", "май", "2022-09-01", "2023-05-31", False),
		("01.09.2022 г.", "31.05.2023 г.", "2022-09-01", "2023-05-31", False),
		("09.2022", "", "2022-09-01", None, True),
		("", "05.2023", "2023-05-01", "2023-05-31", True),
		("ежемесячно", "ежемесячно", "2022-03-18", "2023-08-01", False),
		("", "", None, None, True),
		("сентябрь", "непонятно что", "2022-09-01", "2022-09-30", True),
	],
)
def test_two_columns(begin, end, start, last, doubtful):
	term = read_begin_end(begin, end, MUNICIPAL)
	assert (iso(term.start), iso(term.end), bool(term.problems)) == (start, last, doubtful)


def test_two_columns_are_shown_with_a_bar():
	assert read_begin_end("03.2022", "05.2022", MUNICIPAL).text == "03.2022 | 05.2022"
