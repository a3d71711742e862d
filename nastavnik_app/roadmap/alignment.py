"""Cells whose column is not known → the column they suit, and a run of cells → rows."""

from __future__ import annotations

import re
from itertools import pairwise

from nastavnik_app.roadmap import headings as role
from nastavnik_app.roadmap.cells import ONLY_NUMBER, is_blank
from nastavnik_app.roadmap.columns import (
	LONGEST_HEADING,
	Columns,
	heading_share,
	is_header,
	is_person_like,
	is_term_like,
	read_header,
)
from nastavnik_app.roadmap.sources.blocks import Cell, Line

LAID, SKIPPED, DROPPED = range(3)
Fits = list[list[float]]  # for each cell, how badly it suits each column


def fits(cells: Line, columns: Columns) -> Fits:
	"""For each cell, how badly it suits each column: the lower, the better."""
	names = columns.roles
	return [[_fit(cell.text, name) for name in names] for cell in cells]


def align(cells: Line, columns: Columns) -> tuple[float, dict[str, str], bool]:
	"""The cheapest way to lay cells of unknown place, in order, under the columns.

	Gives its cost, the texts by role, and whether one cell stands for both the result and the indicator.
	"""
	cost, ways = _cheapest(cells, columns, fits(cells, columns))
	values: dict[str, str] = {}
	at, to = len(cells), len(columns)
	skipped = set()
	while at or to:
		way = ways[at][to]
		if way == LAID:
			at, to = at - 1, to - 1
			if columns.columns[to].role != role.OTHER:
				values[columns.columns[to].role] = cells[at].text
		elif way == SKIPPED:
			to -= 1
			skipped.add(columns.columns[to].role)
		else:
			at -= 1
	merged = role.INDICATOR in skipped and not is_blank(values.get(role.RESULT, ""))
	return cost, dict(reversed(values.items())), merged


def _cheapest(cells: Line, columns: Columns, known: Fits) -> tuple[float, list[list[int]]]:
	"""Cost of the best layout, and how each corner of the table (cells, columns) is best reached."""
	width = len(columns)
	skips = [_skip(columns, index) for index in range(width)]
	above, ways = [0.0], [[LAID] + [SKIPPED] * width]
	for skip in skips:
		above.append(above[-1] + skip)
	for cell, suits in zip(cells, known, strict=True):
		drop = 0.3 if is_blank(cell.text) else 6.0
		costs, row = [above[0] + drop], [DROPPED]
		for to in range(width):
			best, way = above[to] + suits[to], LAID
			if (skipped := costs[to] + skips[to]) < best:
				best, way = skipped, SKIPPED
			if (dropped := above[to + 1] + drop) < best:
				best, way = dropped, DROPPED
			costs.append(best)
			row.append(way)
		above = costs
		ways.append(row)
	return above[width], ways


def _skip(columns: Columns, index: int) -> float:
	name = columns.columns[index].role
	beside = index and columns.columns[index - 1].role == role.RESULT
	return 0.5 if name in (role.NUMBER, role.OTHER) or (name == role.INDICATOR and beside) else 1.0


def _fit(text: str, name: str) -> float:
	"""How badly a text suits a column: 0 well, 3 and more not at all."""
	text = text.strip()
	if is_blank(text):
		return {role.NUMBER: 0.1, role.STAGE: 0.1, role.TITLE: 0.8}.get(name, 0.3)
	number = bool(ONLY_NUMBER.match(text) or re.match(r"^\d+(?:\.\d+)*\.?$", text))
	if name == role.NUMBER:
		return 0.0 if number or len(text) < 5 else 4.0
	short = len(text) < 80
	if name in (role.TERM, role.BEGIN, role.END):
		return 0.0 if short and is_term_like(text) else 1.0 if number else 1.5 if short else 4.0
	if name == role.RESPONSIBLE:
		if short and is_person_like(text):
			return 0.0
		return (
			1.0
			if number
			else 3.0
			if short and is_term_like(text) and not is_person_like(text)
			else 0.6
			if len(text) < 120
			else 2.5
		)
	if number:
		return 2.5
	if len(text) < 40 and is_term_like(text):
		return 3.0
	return 0.9 if len(text) < 50 and is_person_like(text) and name != role.OTHER else 0.2


def split_stream(cells: Line) -> tuple[Columns | None, int, int]:
	"""Where the headings stand in a run of cells: (columns, first cell of them, first cell after them)."""
	for first, cell in enumerate(cells):
		if len(cell.text) > LONGEST_HEADING or heading_share(cell.text) < 0.5:
			continue
		after = first + 1
		while after < len(cells) and after - first < 14 and not (cells[after].gap and after - first >= 3):
			if heading_share(cells[after].text) < 0.5:
				break
			after += 1
		header = [Cell(each.text, place) for place, each in enumerate(cells[first:after])]
		if after - first >= 3 and is_header(header):
			columns = read_header([header], 0)[0]
			if columns.are_tasks:
				return columns, first, after
	return None, 0, 0


def lines_of_stream(cells: Line, columns: Columns) -> list[Line]:
	"""Cuts a run of cells into the rows whose cells suit the columns best; rows begin after blank lines if any do."""
	count, width = len(cells), len(columns)
	gaps = sum(cell.gap for cell in cells)
	runs = [position for position, cell in enumerate(cells) if cell.gap or not position] + [count]
	longest = max(after - before for before, after in pairwise(runs)) if len(runs) > 1 else 0
	only_gaps = gaps * (width + 1) >= count and longest <= width + 2
	known = fits(cells, columns)
	best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * count
	for first in range(count):
		if best[first][0] == float("inf") or (first and only_gaps and not cells[first].gap):
			continue
		for after in range(first + 1, min(count, first + width + 2) + 1):
			if only_gaps and after < count and not cells[after].gap:
				continue
			one_run = only_gaps and not any(cell.gap for cell in cells[first + 1 : after])
			if 1 < after - first < width - 2 and not one_run:
				continue
			cost = best[first][0] + _row_cost(cells[first:after], columns, known[first:after])
			cost += 0.0 if cells[first].gap or not first or not gaps else 1.5
			if cost < best[after][0]:
				best[after] = (cost, first)
	rows, after = [], count
	while after:
		first = best[after][1]
		rows.append([Cell(cell.text, place, gap=cell.gap) for place, cell in enumerate(cells[first:after])])
		after = first
	return rows[::-1]


def _row_cost(cells: Line, columns: Columns, known: Fits) -> float:
	inner = 1.0 * sum(cell.gap for cell in cells[1:])
	if len(cells) == 1:
		text = cells[0].text
		return inner + (
			0.5 if len(text) < 200 and not is_term_like(text[:40]) and text[:1].isupper() else 4.0
		)
	return inner + _cheapest(cells, columns, known)[0]
