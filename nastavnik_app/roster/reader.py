"""A file → the people in it, each cell read by the meaning of its column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from nastavnik_app.roster import headings, tables, values
from nastavnik_app.roster.columns import REPRESENTATIVES
from nastavnik_app.roster.model import Fault, Roster, Row, Unfit
from nastavnik_app.rules.messages import _

LONGEST_NAME = 300


def read(
	data: bytes,
	filename: str,
	people: str,
	today: date,
	lengths: Mapping[str, int] | None = None,
	dictionaries: Mapping[str, Mapping[str, str]] | None = None,
	labels: Mapping[str, str] | None = None,
) -> Roster:
	"""The people (`Mentor` or `Mentee`) of a file. `dictionaries`: field → `values.Titles`; `labels`:
	further headings → field, as the app itself writes them. Raises `UnreadableRoster`, and nothing else."""
	table, layout = headings.find(tables.read_tables(data, filename), people, labels or {})
	context = values.Context(today, lengths or {}, dictionaries or {})
	roster = Roster([], [], layout.ignored)
	for number, cells in enumerate(table[layout.heading_row + 1 :], layout.heading_row + 2):
		row, faults = read_row(number, cells, layout.places, context)
		if row.places:
			roster.rows.append(row)
			roster.faults += faults
	return roster


def read_row(
	number: int, cells: tuple, places: list[headings.Place], context: values.Context
) -> tuple[Row, list[Fault]]:
	"""The values of one row that could be read, and a fault for each that could not."""
	row, faults = Row(number), []
	for place in places:
		value = cells[place.at] if place.at < len(cells) else None
		field_name = place.column.field
		if value is None or not (text := values.plain(value)):
			continue
		row.places[field_name] = (place.told, text[: values.SHOWN])
		asked = field_name.rpartition(".")[2] if field_name.startswith(REPRESENTATIVES) else field_name
		key = f"{REPRESENTATIVES}.{asked}" if asked != field_name else field_name
		try:
			found = values.read(place.column.kind, key, value, context)
		except Unfit as unfit:
			faults.append(row.fault(field_name, unfit.fault, unfit.remedy))
			found = None
		if isinstance(found, dict):
			row.values.update({part: one for part, one in found.items() if one})
		elif found is not None and found != []:
			row.values[field_name] = found
	if row.places:
		faults += _missing(row, {place.column.field for place in places})
		_gather_representatives(row, faults)
	return row, faults


def _missing(row: Row, fields: set[str]) -> list[Fault]:
	"""A name in full, unless it stands in a cell that was refused already."""
	if len(row.full_name) > LONGEST_NAME:
		return [_unnamed(row, _("The name is too long."), _("Leave the name alone."))]
	remedy = _("Fill it in, or delete the row.")
	if "full_name" in fields:
		if "full_name" not in row.places and not row.full_name:
			return [_unnamed(row, _("The name is missing."), remedy)]
		return []
	texts = {"last_name": _("The surname is missing."), "first_name": _("The first name is missing.")}
	return [_unnamed(row, text, remedy) for part, text in texts.items() if part not in row.places]


def _unnamed(row: Row, text: Any, remedy: Any) -> Fault:
	column, _text = next(iter(row.places.values()))
	return Fault(row.number, column, row.full_name, text, remedy)


def _gather_representatives(row: Row, faults: list[Fault]) -> None:
	"""`representatives.2.phone` … → a list of representatives, each with what its cells say."""
	found: dict[str, dict[str, Any]] = {}
	for field_name in [one for one in row.values if one.startswith(f"{REPRESENTATIVES}.")]:
		_table, number, part = field_name.split(".")
		found.setdefault(number, {})[part] = row.values.pop(field_name)
	for number, one in found.items():
		if "full_name" not in one and f"{REPRESENTATIVES}.{number}.full_name" not in row.places:
			part = next(iter(one))
			faults.append(
				row.fault(
					f"{REPRESENTATIVES}.{number}.{part}",
					_("The representative has no name."),
					_("Write the name of the representative, or empty this cell."),
				)
			)
	named = [one for one in found.values() if "full_name" in one]
	if named:
		row.values[REPRESENTATIVES] = named
