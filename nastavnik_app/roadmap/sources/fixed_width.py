"""A table drawn with blanks: columns are the stretches between the gutters that no line writes into."""

from __future__ import annotations

import re

GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
FEWEST_LINES = 3
ROW_NUMBER = re.compile(r"^\d{1,3}(?:\.\d{1,3})*[.)]?$")


def split_columns(lines: list[str]) -> list[str | list[str]] | None:
	"""The lines with those of the table cut into cells; None when the text holds no such table.

	A line that runs over the gutters stays whole: it is a heading. A line without a number, where the rows have
	numbers, goes on with the row above."""
	lines = [line.expandtabs(8).rstrip() for line in lines]
	wide = [place for place, line in enumerate(lines) if len(GAP.findall(line)) >= 2]
	if len(wide) < FEWEST_LINES:
		return None
	starts = _starts([lines[place] for place in wide])
	if len(starts) < 3:
		return None
	result: list[str | list[str]] = list(lines[: wide[0]])
	for place, line in enumerate(lines[wide[0] :], wide[0]):
		inside = place <= wide[-1] or (place <= wide[-1] + 3 and line[:1].isspace())
		cells = _cut(line, starts) if inside and line.strip() else None
		result.append(line if cells is None else cells)
	return _joined(result)


def _starts(lines: list[str]) -> list[int]:
	"""Where the columns begin: behind two blanks that nearly all lines leave free."""
	allowed = len(lines) // 10
	taken = [0] * (max(len(line) for line in lines) + 1)
	for line in lines:
		for place, sign in enumerate(line):
			taken[place] += sign != " "
	starts, written = [0], False
	for place, count in enumerate(taken):
		if count > allowed:
			gutter = place >= 2 and max(taken[place - 2 : place]) <= allowed
			if gutter and written:
				starts.append(place)
			written = True
	return starts


def _cut(line: str, starts: list[int]) -> list[str] | None:
	"""The cells of a line; None when it writes into a gutter or fills the first column only."""
	if any(line[start - 1 : start].strip() for start in starts if start):
		return None
	ends = [*starts[1:], len(line)]
	cells = [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]
	return cells if any(cells[1:]) else None


def _joined(lines: list[str | list[str]]) -> list[str | list[str]]:
	rows = [line for line in lines if isinstance(line, list)]
	numbered = sum(bool(ROW_NUMBER.match(row[0])) for row in rows) > 1
	joined: list[str | list[str]] = []
	for line in lines:
		above = joined[-1] if joined else None
		if numbered and isinstance(line, list) and isinstance(above, list) and not line[0]:
			joined[-1] = [f"{top}\n{cell}".strip() for top, cell in zip(above, line, strict=True)]
		else:
			joined.append(line)
	return joined
