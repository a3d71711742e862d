"""A school with pairs that wait for their order: everybody consents, and each mentor has one mentee."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from frappe.utils import add_days, getdate

from benchmarks.fill import FIRST_NAMES, PLANTS, insert, name_of, row
from nastavnik_app.rules.states import IN_BANK
from nastavnik_app.tests.builders import PUPIL_FORM, School, make_school

OF_PEOPLE = {
	"Mentor": {"target_group": "teachers", "birth_date": date(1980, 3, 1), "capacity": 1},
	"Mentee": {"target_group": "pupils-10-14", "birth_date": date(2012, 3, 1)},
}

Rows = Iterator[dict[str, Any]]


def school_with_pairs(count: int) -> School:
	school, numbers = make_school("Школа с парами"), range(count)
	for doctype in OF_PEOPLE:
		insert(doctype, _people(doctype, numbers, school))
		insert("Consent", _consents(doctype, numbers, school))
	insert("Pair", _pairs(numbers, school))
	insert("Pair Mentee", _mentees(numbers))
	return school


def names(doctype: str, count: int) -> list[str]:
	return [_name(doctype, number) for number in range(count)]


def _name(doctype: str, number: int) -> str:
	return name_of(f"ordered {doctype}", number)


def _row(doctype: str, number: int, **values: Any) -> dict[str, Any]:
	return row(f"ordered {doctype}", number, **values)


def _full_name(number: int) -> str:
	return f"{PLANTS[number % len(PLANTS)]} {FIRST_NAMES[number % len(FIRST_NAMES)]} Номерович"


def _people(doctype: str, numbers: Iterable[int], school: School) -> Rows:
	for number in numbers:
		last, first, middle = _full_name(number).split()
		yield _row(
			doctype,
			number,
			last_name=last,
			first_name=first,
			middle_name=middle,
			full_name=_full_name(number),
			organization=school.organization,
			workflow_state=IN_BANK,
			**OF_PEOPLE[doctype],
		)


def _consents(doctype: str, numbers: Iterable[int], school: School) -> Rows:
	for number in numbers:
		yield _row(
			f"Consent of {doctype}",
			number,
			docstatus=1,
			party_type=doctype,
			party=_name(doctype, number),
			party_name=_full_name(number),
			organization=school.organization,
			workflow_state="Signed",
			kind="Personal Data Processing",
			signed_on=add_days(getdate(), -1),
			signatory="Self" if doctype == "Mentor" else "Representative",
			representative_name=None if doctype == "Mentor" else "Ромашкина Пример Игоревна",
		)


def _pairs(numbers: Iterable[int], school: School) -> Rows:
	for number in numbers:
		yield _row(
			"Pair",
			number,
			title=f"{_full_name(number)} — {_full_name(number)}",
			program=school.program,
			organization=school.organization,
			workflow_state="Draft",
			form=PUPIL_FORM,
			start_date=date(2026, 9, 15),
			end_date=date(2027, 5, 25),
			mentor=_name("Mentor", number),
			mentor_name=_full_name(number),
		)


def _mentees(numbers: Iterable[int]) -> Rows:
	for number in numbers:
		yield _row(
			"Pair Mentee",
			number,
			idx=1,
			parent=_name("Pair", number),
			parenttype="Pair",
			parentfield="mentees",
			mentee=_name("Mentee", number),
			mentee_name=_full_name(number),
		)
