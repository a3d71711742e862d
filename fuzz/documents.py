"""Fuzzes the reader of roadmaps: Word, Excel and texts."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from fuzz import packages
from fuzz.running import Target, run


def load() -> Target:
	from nastavnik_app.roadmap import UnreadableDocument, read_roadmap
	from nastavnik_app.tests import roadmap_documents as documents

	whole = {
		"word": documents.as_docx(documents.Layout()),
		"xl": documents.as_xlsx(documents.Layout()),
	}

	def attempt(data: bytes) -> None:
		try:
			read_roadmap(*packages.file_of(data, whole)).as_dict()
		except UnreadableDocument as refusal:
			assert refusal.message

	makers = (documents.as_tabs, documents.as_pipes, documents.as_markdown, documents.as_cells)
	words = sorted({text for one in documents.HEADINGS.values() for text in one})
	words += [text for task in documents.TASKS for text in task]
	cells = st.one_of(st.sampled_from(["", "^", *words]), st.text(max_size=40), st.integers(0, 99).map(str))
	tables = st.lists(st.lists(cells, min_size=1, max_size=8), min_size=1, max_size=12)

	def seeds() -> list[bytes]:
		found = [one for package in whole.values() for one in packages.inputs_of(package)]
		for number in range(12):
			layout = documents.random_layout(random.Random(number))
			found += [packages.text_input(make(layout).decode(), "a.txt") for make in makers]
			found += packages.inputs_of(documents.as_xlsx(layout))
		return found

	made = st.one_of(
		st.binary(max_size=600),
		st.tuples(tables, st.sampled_from("\t|;,")).map(
			lambda one: packages.text_input("\n".join(one[1].join(row) for row in one[0]), "a.txt")
		),
		tables.map(lambda rows: bytes([packages.RAW]) + documents.workbook(_written(rows))),
		st.lists(tables, min_size=1, max_size=3).map(
			lambda them: (
				bytes([packages.RAW]) + documents.word_document(*(_even(_written(table)) for table in them))
			)
		),
		st.integers(0, 2**32).map(
			lambda seed: _spoilt(whole["word" if seed % 2 else "xl"], random.Random(seed))
		),
	)
	return Target("documents", attempt, made, seeds, [word.encode("cp1251") for word in words])


def _written(rows: list[list[str]]) -> list[list[str]]:
	"""Without what no office program can write into a cell."""
	return [["".join(c for c in text if c.isprintable()) for text in row] for row in rows]


def _even(rows: list[list[str]]) -> list[list[str]]:
	"""Lines of one length; nothing goes on above the first."""
	width = max(len(row) for row in rows)
	even = [row + [""] * (width - len(row)) for row in rows]
	even[0] = [text.replace("^", "") for text in even[0]]
	return even


def _spoilt(package: bytes, chance: random.Random) -> bytes:
	"""A package with a piece of one of its parts doubled, cut out or changed."""
	kind, part = chance.choice([one for one in packages.inputs_of(package)[1:]])[:1], b""
	part = next(one[1:] for one in packages.inputs_of(package) if one[:1] == kind)
	for _time in range(chance.randint(1, 4)):
		at, length = chance.randrange(len(part)), chance.randrange(1, 400)
		piece = part[at : at + length]
		put = chance.choice([b"", piece * 2, piece[::-1], bytes(chance.randrange(32, 127) for _ in range(3))])
		part = part[:at] + put + part[at + length :]
	return kind + part


if __name__ == "__main__":
	run(load)
