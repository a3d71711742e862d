"""Fuzzes the terms that schools write in «Сроки»."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from fuzz.running import Target, run

ENCODING = "cp1251"  # one byte a letter, so that a changed byte is a changed letter


def load() -> Target:
	from nastavnik_app.rules import term_shift, terms, thresholds
	from nastavnik_app.rules.school_year import Period, academic_year, calendar_year
	from nastavnik_app.tests import test_terms

	periods = [
		academic_year(2023),
		calendar_year(2024),
		Period(date(2022, 1, 1), date(2026, 12, 31)),
		Period(date(2024, 2, 29), date(2024, 2, 29)),
		None,
	]

	def attempt(data: bytes) -> None:
		period, text = periods[(data[:1] or b"\0")[0] % len(periods)], data[1:].decode(ENCODING, "replace")
		closing = bool((data[:1] or b"\0")[0] & 64)
		begin, _, end = text.partition("|")
		for term in (
			terms.read_term(text, period, closing=closing),
			terms.read_begin_end(begin, end, period, closing=closing),
		):
			assert not (term.start and term.end and term.end < term.start), "ends before it starts"
			assert term.start or term.end or term.relative or term.problems, "neither dates nor a problem"
			for one in terms.occurrences(term, period) if period else ():
				assert not (one.start and one.due and one.due < one.start), "due before it starts"
		if period:
			term_shift.later_words(text, period)
		term_shift.later_school_years(text)
		thresholds.read_threshold(text)
		terms.mentioned_dates(text)

	written = [text for text, *_rest in test_terms.DATED]
	words = sorted({word for text in written for word in text.split()})
	texts = st.one_of(
		st.text(max_size=120),
		st.lists(st.one_of(st.sampled_from(words), st.integers(0, 9999).map(str)), max_size=25).map(" ".join),
		st.tuples(st.sampled_from(written), st.sampled_from(written)).map(" ".join),
		st.tuples(st.sampled_from(written), st.sampled_from(written)).map("|".join),
	)
	made = st.tuples(st.integers(0, 255), texts).map(
		lambda one: bytes([one[0]]) + one[1].encode(ENCODING, "replace")
	)
	seeds = [bytes([number % 256]) + text.encode(ENCODING) for number, text in enumerate(written)]
	return Target("terms", attempt, made, lambda: seeds, [word.encode(ENCODING) for word in words])


if __name__ == "__main__":
	run(load)
