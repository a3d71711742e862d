"""Charts as bars: the data that Desk's charts take, ready to be drawn without a script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from frappe.utils import flt

from benchless.desk.values import as_text

COLOURS = 5  # of datasets, in the style sheet


@dataclass
class Bar:
	"""A part of a line: its width in % of the longest, where it begins, and what it says."""

	width: float
	offset: float
	text: str
	colour: int


@dataclass
class Chart:
	"""Lines of bars; `stacked` bars of a line stand one after another."""

	names: list[tuple[int, str]]
	lines: list[tuple[str, list[Bar]]]
	stacked: bool


def bars(chart: dict[str, Any]) -> Chart | None:
	"""`{"data": {"labels", "datasets": [{"name", "values"}]}, "barOptions": {"stacked"}}` as lines of bars."""
	data = chart.get("data") or {}
	labels, datasets = data.get("labels") or [], data.get("datasets") or []
	if not labels or not datasets:
		return None
	stacked = bool((chart.get("barOptions") or {}).get("stacked"))
	columns = [[flt(value) for value in dataset["values"]] for dataset in datasets]
	rows = list(zip(*columns, strict=True))
	longest = max((sum(row) if stacked else max(row)) for row in rows) or 1
	lines = []
	for label, row in zip(labels, rows, strict=True):
		line, offset = [], 0.0
		for colour, value in enumerate(row):
			width = 100 * max(value, 0) / longest
			line.append(Bar(round(width, 2), round(offset, 2), as_text("Float", value), colour % COLOURS))
			offset += width if stacked else 0
		lines.append((str(label), line))
	names = [(number % COLOURS, dataset.get("name") or "") for number, dataset in enumerate(datasets)]
	return Chart(names if len(datasets) > 1 else [], lines, stacked)
