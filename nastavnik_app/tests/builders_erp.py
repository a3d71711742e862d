"""A school's own records in Education and ERPNext, invented; only where those apps are installed."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

SURNAMES = (
	"Ромашкин",
	"Тополев",
	"Клёнов",
	"Рябинин",
	"Осинин",
	"Берёзов",
	"Липин",
	"Вязов",
	"Кедров",
	"Ясенев",
)
NAMES = ("Пример", "Образец", "Макет", "Чертёж", "Эскиз", "Набросок")
PATRONYMICS = ("Примерович", "Образцович", "Макетович", "Эскизович")


def has_apps() -> bool:
	return bool(frappe.db.exists("DocType", "Employee") and frappe.db.exists("DocType", "Student"))


def invented(number: int) -> dict[str, str]:
	"""A name of an invented person; the hundreds differ by a second surname."""
	second = number // (len(SURNAMES) * len(NAMES))
	surname = SURNAMES[number % len(SURNAMES)]
	return {
		"last_name": f"{surname}-{SURNAMES[second % len(SURNAMES)]}" if second else surname,
		"first_name": NAMES[number // len(SURNAMES) % len(NAMES)],
		"middle_name": PATRONYMICS[number % len(PATRONYMICS)],
	}


def put(doctype: str, **values: Any) -> Document:
	"""A record as it stands in the database, past the rules of its own app."""
	name = values.pop("name", None) or frappe.generate_hash(length=10)
	doc = frappe.get_doc({"doctype": doctype, **values})
	doc.name = name
	doc.db_insert()
	return doc


def company(name: str = "Вымышленная школа") -> str:
	"""A company without the chart of accounts, which takes ERPNext half a minute."""
	if not frappe.db.exists("Company", name):
		put(
			"Company",
			name=name,
			company_name=name,
			abbr=frappe.generate_hash(length=4),
			default_currency="RUB",
		)
	return name


def genders() -> None:
	for gender in ("Male", "Female"):
		if not frappe.db.exists("Gender", gender):
			frappe.get_doc({"doctype": "Gender", "gender": gender}).insert()


def academic_year() -> str:
	"""The year that is now."""
	today = getdate()
	first = today.year if today.month >= 9 else today.year - 1
	name = f"{first}/{first + 1}"
	if not frappe.db.exists("Academic Year", name):
		put(
			"Academic Year",
			name=name,
			academic_year_name=name,
			year_start_date=f"{first}-09-01",
			year_end_date=f"{first + 1}-08-31",
		)
	return name


def program(name: str, department: str | None = None) -> str:
	if not frappe.db.exists("Program", name):
		put("Program", name=name, program_name=name, department=department)
	return name


def guardian(number: int, **values: Any) -> Document:
	return frappe.get_doc(
		{
			"doctype": "Guardian",
			"guardian_name": f"{SURNAMES[number % len(SURNAMES)]}а Представительница {number}",
			"mobile_number": f"8900{number:07}",
			"email_address": f"guardian{number}@school.example",
			**values,
		}
	).insert()


def student(number: int, guardians: list[str] | None = None, **values: Any) -> Document:
	frappe.db.set_single_value("Education Settings", "user_creation_skip", 1)
	rows = [
		{
			"guardian": one,
			"guardian_name": frappe.db.get_value("Guardian", one, "guardian_name"),
			"relation": "Mother",
		}
		for one in guardians or ()
	]
	return frappe.get_doc(
		{
			"doctype": "Student",
			"naming_series": "EDU-STU-.YYYY.-",
			**invented(number),
			"date_of_birth": f"{2010 + number % 6}-{number % 12 + 1:02}-{number % 28 + 1:02}",
			"joining_date": "2026-09-01",
			"gender": "Male",
			"student_mobile_number": f"8901{number:07}",
			"guardians": rows,
			**values,
		}
	).insert()


def enrolled(student: str, program: str, year: str, **values: Any) -> Document:
	return put(
		"Program Enrollment",
		student=student,
		program=program,
		academic_year=year,
		enrollment_date=getdate(),
		docstatus=1,
		**values,
	)


def student_group(name: str, program: str, year: str, students: list[str]) -> Document:
	return frappe.get_doc(
		{
			"doctype": "Student Group",
			"student_group_name": name,
			"group_based_on": "Batch",
			"program": program,
			"academic_year": year,
			"students": [
				{"student": one, "student_name": one, "active": 1, "group_roll_number": number}
				for number, one in enumerate(students, 1)
			],
		}
	).insert()


def employee(number: int, company: str, **values: Any) -> Document:
	return frappe.get_doc(
		{
			"doctype": "Employee",
			"naming_series": "HR-EMP-",
			**invented(number),
			"company": company,
			"status": "Active",
			"gender": "Female",
			"date_of_birth": f"{1970 + number % 20}-{number % 12 + 1:02}-{number % 28 + 1:02}",
			"date_of_joining": "2015-09-01",
			"cell_number": f"+7902{number:07}",
			"company_email": f"employee{number}@school.example",
			**values,
		}
	).insert()
