"""Terms that hang on an event, a need or another plan, alone and beside a month."""

from __future__ import annotations

import pytest

from nastavnik_app.rules.terms import read_term
from nastavnik_app.tests.term_cases import SCHOOL, days, doubts
from nastavnik_app.tests.test_term_wordings import WAITING as MORE_WAITING
from nastavnik_app.tests.test_terms import WAITING as FIRST_WAITING

# expression, kind, doubt
WAITING: list[tuple[str, str, str]] = [
	# no day to count from
	("в течение 3 дней", "relative", "It does not say from which day the time is counted"),
	("в течение 10 рабочих дней", "relative", "It does not say from which day the time is counted"),
	("в течение учебной недели", "relative", "It does not say from which day the time is counted"),
	("в течение двух полугодий", "relative", "It does not say from which day the time is counted"),
	("в течение двух триместров", "relative", "It does not say from which day the time is counted"),
	("не позднее чем за неделю", "relative", "It does not say from which day the time is counted"),
	("не позднее чем за 2 месяца", "relative", "It does not say from which day the time is counted"),
	# counted from an event
	("в течение 10 рабочих дней после приказа", "relative", ""),
	("в течение 3 дней по окончании четверти", "relative", ""),
	("в течение 3 дней со дня назначения", "relative", ""),
	("в течение 3 дней от даты приказа", "relative", ""),
	("в течение 3 дней с приказа", "relative", ""),
	("в течение 3 дней с момента назначения", "relative", ""),
	("в течение 5 дней с проведения урока", "relative", ""),
	("3 недели с приказа", "relative", ""),
	("3 рабочих дня после приказа", "relative", ""),
	("1 месяц до аттестации", "relative", ""),
	("за 10 учебных дней до аттестации", "relative", ""),
	("за месяц до аттестации", "relative", ""),
	("за неделю после аттестации", "relative", ""),
	("не позднее чем за 10 рабочих дней до начала", "relative", ""),
	("не позднее чем за неделю до начала", "relative", ""),
	("10-дневный срок", "relative", ""),
	("10-ти дневный срок", "relative", ""),
	("десятидневный срок", "relative", ""),
	# an event
	("по итогам", "relative", ""),
	("в завершение", "relative", ""),
	("завершение программы", "relative", ""),
	("окончание практики", "relative", ""),
	("окончание плана", "relative", ""),
	("до завершения аттестации", "relative", ""),
	("к завершению аттестации", "relative", ""),
	("до внедрения модели", "relative", ""),
	("до проведения мероприятия", "relative", ""),
	("при приёме на работу", "relative", ""),
	("по приёму на работу", "relative", ""),
	("с момента назначения", "relative", ""),
	("2 раза за реализацию программы", "relative", ""),
	# somebody's own time
	("в период каникул", "relative", ""),
	("период адаптации", "relative", ""),
	("на каникулах", "relative", ""),
	("после осенних каникул", "relative", ""),
	("в течение первого года", "relative", ""),
	# another plan or a need
	("по учебно-тематическому плану", "open", ""),
	("по плану-графику", "open", ""),
	("по текущему плану", "open", ""),
	("по календарному плану", "open", ""),
	("по ежемесячному плану", "open", ""),
	("по реализации плана", "open", ""),
	("по плану реализации проекта", "open", ""),
	("по плану согласно приказу", "open", ""),
	("по графику завершения проекта", "open", ""),
	("по графику проведения этого мероприятия", "open", ""),
	("по запросу и необходимости", "open", ""),
]


@pytest.mark.parametrize(("text", "kind", "doubt"), WAITING)
def test_no_dates_before_the_event(text: str, kind: str, doubt: str) -> None:
	term = read_term(text, SCHOOL)
	assert (days(term), term.recurrence, term.relative) == ("", None, True)
	assert (term.kind, doubts(term)) == (kind, doubt)


@pytest.mark.parametrize("event", [*FIRST_WAITING, *MORE_WAITING, *(text for text, _, _ in WAITING)])
def test_an_event_beside_a_month_leaves_the_month(event: str) -> None:
	term = read_term(f"{event}, май", SCHOOL)
	assert "2023-05-01/2023-05-31" in days(term)
	assert "could not be read" not in doubts(term)
