"""Which person of the school a row is about: by code, or by name and birth date. Whom it might be is only told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nastavnik_app.roster.model import Fault, Roster, Row
from nastavnik_app.rules.messages import _

NEW = ("новый", "новая", "new")


@dataclass(frozen=True)
class Known:
	"""Somebody whom the school keeps already."""

	name: str
	full_name: str
	birth_date: date | None


def folded_name(full_name: str) -> str:
	"""A name as it is compared: no case, е for ё, single blanks."""
	return " ".join(full_name.casefold().replace("ё", "е").split())


def match(roster: Roster, people: Iterable[Known]) -> dict[int, str | None]:
	"""Row number → record of the person, None for somebody new. Rows of whom that cannot be told are not among them:
	why is added to the roster's faults."""
	records = {one.name: one for one in people}
	by_name: dict[str, list[Known]] = defaultdict(list)
	for one in records.values():
		by_name[folded_name(one.full_name)].append(one)
	found: dict[int, str | None] = {}
	for row in roster.rows:
		if row.code:
			outcome = _of_code(row, records)
		elif not row.full_name or _born_unreadably(row):
			continue
		else:
			outcome = _of_name(row, by_name.get(folded_name(row.full_name), []))
		if isinstance(outcome, Fault):
			roster.faults.append(outcome)
		else:
			found[row.number] = outcome
	for fault in _twice(roster.rows, found):
		roster.faults.append(fault)
		found.pop(fault.row, None)
	return found


def _of_code(row: Row, records: dict[str, Known]) -> str | Fault | None:
	if row.code.casefold() in NEW:
		return None
	if row.code in records:
		return row.code
	return row.fault(
		"name",
		_("Nobody of the organization has this code."),
		_("Empty the cell, or copy the code out of an export."),
	)


def _of_name(row: Row, same: list[Known]) -> str | Fault | None:
	born = row.birth_date
	if born:
		exact = [one for one in same if one.birth_date == born]
		if len(exact) == 1:
			return exact[0].name
		if len(exact) > 1:
			return _doubt(
				row, _("{0} people of this name and birth date are kept already.").format(len(exact))
			)
		if any(one.birth_date is None for one in same):
			return _doubt(row, _("Somebody of this name is kept already, without a birth date."))
		return None
	if same:
		return _doubt(row, _("Somebody of this name is kept already, and the row has no birth date."))
	return None


def _born_unreadably(row: Row) -> bool:
	return "birth_date" in row.places and not row.birth_date


def _doubt(row: Row, text) -> Fault:
	remedy = _("Write the birth date, or the code of the record; the code “{0}” makes a new record.").format(
		NEW[0]
	)
	return row.fault("birth_date" if "birth_date" in row.places else "full_name", text, remedy, doubtful=True)


def _twice(rows: list[Row], found: dict[int, str | None]) -> list[Fault]:
	"""The same person in two rows: the later is told, with the number of the first."""
	faults: list[Fault] = []
	first_by_record: dict[str, int] = {}
	first_by_key: dict[tuple[str, date | None], int] = {}
	first_by_name: dict[str, Row] = {}
	for row in rows:
		if not row.full_name or (row.code or "").casefold() in NEW or _born_unreadably(row):
			continue
		name, record = folded_name(row.full_name), found.get(row.number)
		key = (name, row.birth_date)
		first = first_by_record.get(record) if record else None
		first = first or (first_by_key.get(key) if row.birth_date else None)
		other = first_by_name.get(name)
		remedy = _("Leave one of the two rows.")
		if first:
			faults.append(
				row.fault("full_name", _("The same person stands in row {0} already.").format(first), remedy)
			)
		elif other and not row.code and not other.code and None in (row.birth_date, other.birth_date):
			text = _("Somebody of this name stands in row {0} already, and a birth date is missing.")
			remedy = _("Write the birth dates of both, or leave one of the two rows.")
			faults.append(row.fault("full_name", text.format(other.number), remedy, doubtful=True))
		if record:
			first_by_record.setdefault(record, row.number)
		first_by_key.setdefault(key, row.number)
		first_by_name.setdefault(name, row)
	return faults
