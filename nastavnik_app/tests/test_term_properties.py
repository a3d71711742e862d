"""What holds of any text in «Сроки», and of the roadmaps whose terms were labelled by hand."""

from __future__ import annotations

import json
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik_app.rules.school_year import Period
from nastavnik_app.rules.terms import Term, infer_period, occurrences, read_begin_end, read_term
from nastavnik_app.tests.test_terms import CALENDAR, PROGRAMME, SCHOOL, iso

LABELS = Path(__file__).parents[3] / "shared" / "seeds" / "labels"


@pytest.mark.skipif(not LABELS.exists(), reason="the labelled roadmaps are not beside the repository")
def test_terms_of_the_labelled_roadmaps():
	wrong = []
	for path in sorted(LABELS.glob("*.json")):
		labelled = json.loads(path.read_text(encoding="utf-8"))
		stated = [labelled["document"][key] for key in ("period_start", "period_end")]
		period = Period(*(date.fromisoformat(day) for day in stated)) if stated[0] else SCHOOL
		for row in labelled["rows"]:
			term = _read_row(row, period)
			for name in ("start", "end", "recurrence", "relative"):
				value = getattr(term, name)
				value = iso(value) if isinstance(value, date) else value
				if value != row[name] and name not in row["lenient"]:
					wrong.append((path.name, row["n"], name, value, row[name]))
			if term.text != (row["term_text"] or ""):
				wrong.append((path.name, row["n"], "text", term.text, row["term_text"]))
	assert wrong == []


def _read_row(row: dict, period: Period) -> Term:
	if row.get("term_cells"):
		return read_begin_end(*row["term_cells"], period)
	return read_term(row.get("term_raw") or row["term_text"] or "", period)


PIECES = st.sampled_from(
	"до с по к в не позднее конца начала первая 1-я 15 31 2022 22 сентября май август 09.2022 15.09 31.02.2023 - , / ( )"
	" | каждый раз месяц квартал II полугодие учебный год ежегодно далее постоянно числа неделя после 2022-2023 . г".split()
)


@given(
	st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map(" ".join)),
	st.sampled_from([SCHOOL, CALENDAR, PROGRAMME, None]),
)
def test_any_text_is_read_without_an_error(text, period):
	term = read_term(text, period)
	assert not (term.start and term.end and term.end < term.start)
	assert term.end or term.start or term.relative or term.problems
	for span in term.spans:
		assert not (span.start and span.end and span.end < span.start)
	if period:
		for occurrence in occurrences(term, period):
			assert not (occurrence.start and occurrence.due and occurrence.due < occurrence.start)
	infer_period([text], [text])


@given(st.dates(date(2022, 9, 1), date(2023, 8, 31)), st.integers(0, 60))
def test_written_dates_come_back(day, length):
	end = day + timedelta(days=length)
	written = f"{day:%d.%m.%Y} – {end:%d.%m.%y}"
	term = read_term(written, None)
	assert (term.start, term.end) == (day, end)
	assert read_term(f"до {day:%d.%m.%Y} г.", SCHOOL).end == day
	assert read_term(f"{day:%d.%m}", SCHOOL, closing=day.month == 8).start == day


@pytest.mark.parametrize("piece", ["до 1 ", "1-", "сентябрь, ", "15.09.2022", "2022-", "первая ", "а" * 50])
def test_a_long_text_takes_no_long_time(piece):
	began = time.process_time()
	read_term((piece * 2000)[:1990], SCHOOL)
	assert "too long" in read_term(piece * 3000, SCHOOL).problems[0]
	assert time.process_time() - began < 3
