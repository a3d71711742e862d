"""A table of indicators: name, unit, base and planned value of each."""

from __future__ import annotations

import re

from nastavnik_app.roadmap import headings as role
from nastavnik_app.roadmap.cells import Words, is_blank
from nastavnik_app.roadmap.columns import Columns, is_header
from nastavnik_app.roadmap.model import Doubt, Indicator
from nastavnik_app.roadmap.sources.blocks import Line
from nastavnik_app.rules.messages import _
from nastavnik_app.rules.thresholds import read_value

YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
BASE, PLAN = re.compile(r"баз|исход|факт|текущ|начал", re.I), re.compile(r"план|цел|прогноз|ожид", re.I)
UNIT_CELL = re.compile(r"^\s*(?:в\s+)?(?:%|процент|чел|ед|шт|балл|кол)", re.I)
STRAY_NUMBER = re.compile(r"\d")


def read_indicators(lines: list[Line], columns: Columns, words: Words) -> list[Indicator]:
	"""Values may be written with a comma or a point; a plan below the base is not a doubt."""
	places = list(columns)
	name_at = next(index for index, column in enumerate(places) if column.role == role.INDICATOR)
	base_at, plan_at = _value_columns(columns)
	unit_at = _unit_column(lines, columns, {name_at, base_at, plan_at})
	found: list[Indicator] = []
	for line in lines:
		texts = _texts(line, columns)
		if is_header(line) or is_blank(texts[name_at]):
			continue
		if (
			all(is_blank(text) for index, text in enumerate(texts) if index not in (name_at, 0))
			and len(texts) > 2
		):
			continue
		indicator = Indicator(no=None, name=words.join(texts[name_at]))
		for index, column in enumerate(places):
			text = words.join(texts[index]) or None
			if column.role == role.NUMBER:
				indicator.no = text
			elif index == unit_at:
				indicator.unit_text = text
			elif column.role == role.KIND:
				indicator.type = text
		_read_values(indicator, texts, columns, base_at, plan_at)
		found.append(indicator)
	return found


def _texts(line: Line, columns: Columns) -> list[str]:
	texts = [""] * len(columns)
	for cell in line:
		for index, column in enumerate(columns):
			if column.start <= cell.start < column.end:
				texts[index] = f"{texts[index]} {cell.text}".strip()
	return texts


def _value_columns(columns: Columns) -> tuple[int | None, int | None]:
	"""Places of the base and of the plan: by their words, otherwise the first and the last year."""
	values = [index for index, column in enumerate(columns) if column.role == role.VALUE]
	headings = columns.headings
	named = [
		index
		for index in values
		if YEAR.search(headings[index]) or BASE.search(headings[index]) or PLAN.search(headings[index])
	]
	if not named:
		return None, values[-1] if values else None
	base = next((index for index in named if BASE.search(headings[index])), None)
	plan = next((index for index in reversed(named) if PLAN.search(headings[index]) and index != base), None)
	if plan is None:
		plan = next((index for index in reversed(named) if index != base), None)
	if base is None:
		base = next((index for index in named if index != plan), None)
	return base, plan


def _unit_column(lines: list[Line], columns: Columns, used: set[int | None]) -> int | None:
	for index, column in enumerate(columns):
		if column.role == role.UNIT:
			return index
	for index, column in enumerate(columns):
		if index in used or column.role not in (role.VALUE, role.OTHER):
			continue
		texts = [text for line in lines if (text := _texts(line, columns)[index])]
		if texts and sum(bool(UNIT_CELL.match(text)) for text in texts) >= 0.5 * len(texts):
			return index
	return None


def _read_values(
	indicator: Indicator, texts: list[str], columns: Columns, base_at: int | None, plan_at: int | None
) -> None:
	unit = None
	for name, index in (("base", base_at), ("plan", plan_at)):
		if index is None:
			continue
		year = YEAR.search(columns.headings[index])
		value, own_unit = read_value(texts[index]) if texts[index].strip() else (None, None)
		setattr(indicator, f"{name}_year", int(year[1]) if year else None)
		setattr(indicator, f"{name}_text", texts[index].strip() or None)
		setattr(indicator, name, value)
		unit = unit or own_unit
		if value is None:
			written = texts[index].strip()
			told = _("The value of the indicator is missing or unclear: {0}").format(written or "—")
			indicator.problems.append(Doubt(told, name, written))
	written = indicator.unit_text or ""
	if "%" in written or "процент" in written.lower():
		indicator.unit = "%"
	else:
		indicator.unit = unit or written or None
	if STRAY_NUMBER.search(written):
		told = _("A number stands in the cell of the unit: {0}").format(written)
		indicator.problems.append(Doubt(told, "unit", written))
