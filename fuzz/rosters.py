"""Fuzzes the reader of lists of people: .xlsx and .csv."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from fuzz import packages
from fuzz.running import Target, run

TODAY = date(2026, 11, 22)


def load() -> Target:
	from nastavnik_app.roster import columns, known, reader, values
	from nastavnik_app.roster.model import UnreadableRoster
	from nastavnik_app.tests import roster_lists

	spoilt, _planted = roster_lists.plant_faults(roster_lists.pupils(60), len(roster_lists.KINDS))
	whole = {"xl": roster_lists.to_xlsx(spoilt), "word": b""}
	titles = {"needs": values.Titles({title: title for title in roster_lists.NEEDS})}

	def attempt(data: bytes) -> None:
		if not whole["word"] and data[:1] and data[0] % packages.KINDS in (2, 3):
			return  # parts of Word documents: refused by their kind, which `documents` fuzzes
		content, name = packages.file_of(data, whole)
		for people in ("Mentor", "Mentee"):
			try:
				roster = reader.read(content, name, people, TODAY, {"last_name": 140}, titles)
			except UnreadableRoster as refusal:
				assert refusal.message
				continue
			known.match(roster, [])
			for fault in roster.faults:
				assert fault.row and fault.fault and fault.remedy

	headings = [word for one in columns.everything_of("Mentee") for word in (one.heading, *one.wordings)]
	written = sorted({str(value) for one in spoilt for value in one.values() if value})
	cells = st.one_of(
		st.sampled_from(written), st.text(max_size=30), st.dates().map(str), st.floats().map(str), st.just("")
	)
	rows = st.lists(st.lists(cells, max_size=9), max_size=10)
	tables = st.tuples(st.lists(st.sampled_from(headings), min_size=1, max_size=9), rows).map(
		lambda one: [one[0], *one[1]]
	)
	made = st.one_of(
		st.binary(max_size=600),
		st.tuples(tables, st.sampled_from("\t;,")).map(
			lambda one: packages.text_input("\n".join(one[1].join(row) for row in one[0]))
		),
		st.tuples(tables, st.lists(_kinds_of_cells(), max_size=30)).map(_as_workbook),
	)

	def seeds() -> list[bytes]:
		lines = [";".join(str(value) for value in one.values()) for one in spoilt]
		text = "\n".join([";".join(roster_lists.HEADINGS.values()), *lines])
		every = "\n".join([";".join(headings), ";".join("1" for _ in headings)])
		return [*packages.inputs_of(whole["xl"]), packages.text_input(text), packages.text_input(every)]

	return Target(
		"rosters", attempt, made, seeds, [word.encode("cp1251") for word in headings + written[:400]]
	)


def _kinds_of_cells() -> st.SearchStrategy:
	"""What Excel keeps in cells beside texts."""
	return st.one_of(
		st.floats(allow_nan=False, allow_infinity=False),
		st.integers(-(10**12), 10**12),
		st.booleans(),
		st.datetimes(),
		st.dates(),
		st.times(),
		st.timedeltas(),
	)


def _as_workbook(one: tuple[list[list[str]], list]) -> bytes:
	from nastavnik_app.tests.roadmap_documents import workbook

	table, further = one
	rows = [["".join(c for c in text if c.isprintable()) for text in row] for row in table]
	width = max(len(row) for row in rows)
	rows += [further[at : at + width] for at in range(0, len(further), width)]
	try:
		return bytes([packages.RAW]) + workbook(rows)
	except (ValueError, TypeError, OverflowError):  # a value that Excel has no form for
		return b""


if __name__ == "__main__":
	run(load)
