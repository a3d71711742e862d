"""Steps that several journeys take."""

from __future__ import annotations

import os
import time
from datetime import date
from typing import Any

from journeys.person import Person
from journeys.school_papers import surname
from journeys.words import russian

PASSWORD = os.environ.get("NASTAVNIK_PASSWORD", "Vymyshlennaya-2026")  # as demo/staff.py gives it
WORKED_WITHIN = 300  # seconds
SCHOOL = "Вымышленская СОШ № 0"
PROGRAM = "Программа наставничества на 2026/2027 учебный год"
KIND_OF_ORDER = "О закреплении наставнических пар и групп"
MENTOR = {
	"first_name": "Вера",
	"middle_name": "Павловна",
	"gender": russian("Female"),
	"birth_date": date(1985, 4, 12),
	"target_group": "Педагогические работники",
	"position": "Учитель биологии",
}
MENTEE = {
	"first_name": "Ольга",
	"middle_name": "Ивановна",
	"gender": russian("Female"),
	"birth_date": date(2011, 3, 5),
	"target_group": "Обучающиеся 15–19 лет",
	"school_class": "9А",
}


def address_of(login: str) -> str:
	"""With which somebody of the demonstration school signs in."""
	return f"{login}@school-zero.example"


def admit(curator: Person, doctype: str, **values: Any) -> str:
	"""Adds a mentor or a mentee to the bank; the full name."""
	curator.open_new(doctype)
	curator.fill(last_name=surname(), **values)
	curator.save()
	curator.act("Admit to Bank")
	return curator.value("full_name")


def prepare_consent(curator: Person, part: str, name: str, **values: Any) -> None:
	"""Makes the draft of a consent, ready to be printed; `part` is Mentor or Mentee."""
	curator.open_new("Consent")
	curator.fill(party_type=russian(part), party=name, **values)
	curator.save()


def record_consent(curator: Person) -> None:
	"""The sheet has come back signed."""
	curator.fill(signed_on=date.today())
	curator.act("Record Signature")


def propose_pair(curator: Person, mentor: str, mentee: str) -> None:
	curator.open_new("Pair")
	curator.fill(program=PROGRAM, form="Учитель — ученик", start_date=date.today(), mentor=mentor)
	curator.fill_row("mentees", 1, mentee=mentee)
	curator.save()


def make_order(curator: Person) -> str:
	"""Makes an order of the pair that is open; its address."""
	curator.button("Make an Order", confirm="Make", order_type=KIND_OF_ORDER)
	return curator.where()


def come_back_until(person: Person, field: str, value: str) -> None:
	"""Opens the record again until a worker has brought a field so far."""
	record, until = person.where(), time.monotonic() + WORKED_WITHIN
	while person.value(field) != value:
		assert time.monotonic() < until, f"{field}: {person.value(field)}. Does a worker run?"
		time.sleep(2)
		person.open(record)
