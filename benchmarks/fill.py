"""Fills a site with invented participants: rows written at once, past the controllers, as they would have left them.

Participant number N is the same on every site, so that a site can be filled further.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import frappe
from frappe.utils import add_days, getdate

SCHOOLS = 40
LARGE_EVERY = 5  # groups of participants: each fifth belongs to the first school
GROUP = 10  # participants: a mentor, then mentees, two of them in a pair with the mentor
TASK_EVERY = 5  # participants
AUTHORITY, SCHOOL = "Вымышленное управление образования", "Вымышленная школа №"
PASSWORD = "Vymyshlennaya-2026"
# login, role, whether of all schools
STAFF = (
	("curator", "Mentoring Curator", False),
	("director", "Mentoring Director", False),
	("everywhere", "Mentoring Curator", True),
	("officer", "Mentoring Municipal Officer", False),
)
PLANTS = (
	"Ромашкин Васильков Берёзов Клёнов Тополев Осинов Рябинов Калинов Липов Дубравин Сосновский Кедров Ёлкин "
	"Пихтов Вереск Лопухов Крапивин Подорожников Одуванчиков Ландышев Фиалкин Пионов Тюльпанов Маков Лютиков "
	"Колокольчиков Незабудкин Камышов Осокин Мятный Шалфеев Полынин Чабрецов Зверобоев Клеверов Люпинов Хвощов"
).split()
FIRST_NAMES = ("Пример", "Образец", "Черновик", "Набросок", "Макет", "Эскиз", "Шаблон")
STARTED = datetime(2026, 9, 1, 8)
# what becomes of a tenth of the consents each; the others hold
CONSENTS = (None, "Draft", "Withdrawn", "Expired")


@dataclass(frozen=True)
class Place:
	"""A school with its programme."""

	organization: str
	program: str


# the rows of a DocType for participants of these numbers
Rows = Callable[[Sequence[int], list[Place]], Iterable[dict[str, Any]]]


def name_of(kind: str, number: int) -> str:
	"""A record's name that looks as random as Frappe's own."""
	return sha256(f"{kind} {number}".encode()).hexdigest()[:10]


def login_of(login: str) -> str:
	return f"{login}@perf.example"


def filled() -> int:
	"""How many participants the site has."""
	return frappe.db.count("Mentor") + frappe.db.count("Mentee")


def has_other_data() -> bool:
	"""Whether the site holds a school that is not of this filler."""
	titles = frappe.get_all("Educational Organization", pluck="title")
	return not all(title.startswith((AUTHORITY, SCHOOL)) for title in titles)


def fill(participants: int) -> None:
	"""Brings the site to this many participants, with what belongs to them."""
	fill_tables(participants, ROWS)


def fill_tables(participants: int, tables: dict[str, Rows]) -> None:
	"""The same with the tables of the caller's choice, the one of a DocType before those that look at it."""
	places = _places() or _found_schools()
	for start in range(filled(), participants, 10_000):
		numbers = range(start, min(start + 10_000, participants))
		for doctype, rows in tables.items():
			insert(doctype, rows(numbers, places))
		frappe.db.commit()  # nosemgrep: frappe-manual-commit (a filler is no request)


def _places() -> list[Place]:
	rows = frappe.get_all("Mentoring Program", fields=["name", "organization"], order_by="title asc")
	return [Place(row.organization, row.name) for row in rows]


def _found_schools() -> list[Place]:
	for login, role, _everywhere in STAFF:
		_make_user(login_of(login), role)
	authority = _organization(AUTHORITY, "Municipal Authority", ["officer"])
	places = []
	for number in range(SCHOOLS):
		members = [
			login for login, _role, everywhere in STAFF if everywhere or (login == "curator" and not number)
		]
		place = found_school(f"{SCHOOL} {number:02}", members, parent_organization=authority)
		if not number:
			frappe.db.set_value(
				"Educational Organization", place.organization, "director", login_of("director")
			)
		places.append(place)
	frappe.db.commit()  # nosemgrep: frappe-manual-commit (a filler is no request)
	return places


def found_school(title: str, members: Iterable[str] = (), **values: Any) -> Place:
	"""A school with its programme."""
	school = _organization(title, "School", members, **values)
	program = {
		"doctype": "Mentoring Program",
		"title": f"Программа: {title}",
		"organization": school,
		"period_start": "2026-09-01",
		"period_end": "2027-05-31",
	}
	return Place(school, frappe.get_doc(program).insert().name)


def _make_user(email: str, role: str) -> None:
	user = {
		"doctype": "User",
		"email": email,
		"first_name": "Пример",
		"send_welcome_email": 0,
		"user_type": "System User",
		"language": "ru",
		"new_password": PASSWORD,
		"roles": [{"role": role}],
	}
	frappe.get_doc(user).insert(ignore_permissions=True)


def _organization(title: str, kind: str, members: Iterable[str], **values: Any) -> str:
	record = {
		"doctype": "Educational Organization",
		"title": title,
		"organization_type": kind,
		"city": "г. Вымышленск",
		"members": [{"user": login_of(login), "duty": "Участник"} for login in members],
		**values,
	}
	return frappe.get_doc(record).insert().name


def insert(doctype: str, rows: Iterable[dict[str, Any]]) -> None:
	"""Rows with the same fields each."""
	rows = list(rows)
	if rows:
		fields = list(rows[0])
		frappe.db.bulk_insert(doctype, fields, [[row[field] for field in fields] for row in rows])


def row(kind: str, number: int, /, **values: Any) -> dict[str, Any]:
	"""A record with its stamps."""
	at = STARTED + timedelta(seconds=number)
	stamps = {"creation": at, "modified": at, "owner": "Administrator", "modified_by": "Administrator"}
	return {"name": name_of(kind, number), **stamps, **values}


def chance(kind: str, number: int, among: int) -> int:
	"""0 … among - 1, as if at random."""
	return int(name_of(kind, number), 16) % among


def place_of(number: int, places: list[Place]) -> Place:
	group = number // GROUP
	return places[0] if group % LARGE_EVERY == 0 else places[1 + group % (len(places) - 1)]


def _mentors_school(number: int, places: list[Place]) -> str | None:
	"""Of one pair in ten the mentor is another school's."""
	if chance("mentor's school", number, 10):
		return None
	return places[(number // GROUP + 1) % len(places)].organization


def kind_of(number: int) -> str:
	return "Mentor" if number % GROUP == 0 else "Mentee"


def mentors_among(numbers: Iterable[int]) -> Iterator[int]:
	return (number for number in numbers if kind_of(number) == "Mentor")


def name_parts(number: int) -> tuple[str, str, str]:
	return PLANTS[number % len(PLANTS)], FIRST_NAMES[number % len(FIRST_NAMES)], f"Номерович-{number}"


def _people(doctype: str, numbers: Iterable[int], places: list[Place], **values: Any) -> Iterator[dict]:
	for number in numbers:
		if kind_of(number) == doctype:
			last, first, middle = name_parts(number)
			yield row(
				doctype,
				number,
				last_name=last,
				first_name=first,
				middle_name=middle,
				full_name=f"{last} {first} {middle}",
				organization=place_of(number, places).organization,
				workflow_state=("Archived", "Candidate", "In Bank")[min(chance("state", number, 20), 2)],
				**{key: value(number) if callable(value) else value for key, value in values.items()},
			)


def _mentors(numbers: Iterable[int], places: list[Place]) -> Iterator[dict]:
	fixed = {
		"target_group": "teachers",
		"position": "Учитель",
		"capacity": 20,
		"birth_date": date(1980, 3, 1),
	}
	return _people("Mentor", numbers, places, **fixed)


def _mentees(numbers: Iterable[int], places: list[Place]) -> Iterator[dict]:
	return _people(
		"Mentee",
		numbers,
		places,
		target_group="pupils-10-14",
		school_class=lambda number: f"{5 + number % 5}{'АБВГ'[number % 4]}",
		class_number=lambda number: 5 + number % 5,
		birth_date=lambda number: date(2012, 3, 1) + timedelta(days=number % 700),
	)


def _consents(numbers: Iterable[int], places: list[Place]) -> Iterator[dict]:
	today = getdate()
	for number in numbers:
		drawn = chance("consent state", number, 10)
		state = CONSENTS[drawn] if drawn < len(CONSENTS) else "Signed"
		if not state:
			continue
		signed = add_days(today, -2 - chance("signed", number, 400))
		yield row(
			"Consent",
			number,
			docstatus=0 if state == "Draft" else 1,
			party_type=kind_of(number),
			party=name_of(kind_of(number), number),
			party_name=" ".join(name_parts(number)),
			organization=place_of(number, places).organization,
			workflow_state=state,
			kind="Personal Data Processing",
			signed_on=None if state == "Draft" else signed,
			valid_until=add_days(today, -1) if state == "Expired" else None,
			withdrawn_on=add_days(today, -1) if state == "Withdrawn" else None,
			signatory="Self" if kind_of(number) == "Mentor" else "Representative",
		)


def _pairs(numbers: Iterable[int], places: list[Place]) -> Iterator[dict]:
	for number in mentors_among(numbers):
		place, mentor = place_of(number, places), " ".join(name_parts(number))
		yield row(
			"Pair",
			number,
			title=f"{mentor} и другие",
			program=place.program,
			organization=place.organization,
			workflow_state=("Assigned", "Assigned", "Draft", "Terminated")[chance("pair state", number, 4)],
			form="teacher-pupil",
			start_date=date(2026, 9, 15),
			end_date=date(2027, 5, 25),
			mentor=name_of("Mentor", number),
			mentor_name=mentor,
			mentor_organization=_mentors_school(number, places),
			order=name_of("Mentoring Order", number),
		)


def _pair_rows(numbers: Iterable[int], _places: list[Place]) -> Iterator[dict]:
	for number in mentors_among(numbers):
		for idx in (1, 2):
			yield row(
				"Pair Mentee",
				number + idx,
				idx=idx,
				parent=name_of("Pair", number),
				parenttype="Pair",
				parentfield="mentees",
				mentee=name_of("Mentee", number + idx),
				mentee_name=" ".join(name_parts(number + idx)),
			)


def _plans(numbers: Iterable[int], places: list[Place]) -> Iterator[dict]:
	for number in mentors_among(numbers):
		place = place_of(number, places)
		yield row(
			"Individual Plan",
			number,
			title=f"План: {' '.join(name_parts(number))}",
			pair=name_of("Pair", number),
			program=place.program,
			organization=place.organization,
			workflow_state=("Draft", "Ready", "Approved")[chance("plan state", number, 3)],
			start_date=date(2026, 9, 15),
			end_date=date(2027, 5, 25),
			goal="Вымышленная цель",
		)


def _tasks(numbers: Iterable[int], places: list[Place]) -> Iterator[dict]:
	stages = frappe.get_all("Mentoring Stage", pluck="name", order_by="sequence asc")
	for number in numbers[::TASK_EVERY]:
		place = places[number // TASK_EVERY % len(places)]
		status = ("Planned", "In Progress", "Done", "Done", "Cancelled")[chance("status", number, 5)]
		due = date(2026, 9, 1) + timedelta(days=chance("due", number, 270))
		yield row(
			"Roadmap Task",
			number,
			title=f"Вымышленное мероприятие № {number}",
			program=place.program,
			organization=place.organization,
			status=status,
			stage=stages[number % len(stages)] if number % 3 else None,
			section=f"{1 + number % 6}. Вымышленный раздел",
			responsible="Вымышленный куратор",
			due_date=due,
			completed_on=due if status == "Done" else None,
		)


ROWS = {
	"Mentee": _mentees,
	"Mentor": _mentors,
	"Consent": _consents,
	"Pair": _pairs,
	"Pair Mentee": _pair_rows,
	"Roadmap Task": _tasks,
	"Individual Plan": _plans,
}
