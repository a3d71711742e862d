"""A person whose name stands in everything that the app and the framework keep."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from secrets import choice, randbelow
from urllib.parse import quote

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from nastavnik_app.attachments import attach
from nastavnik_app.privacy.records import place_of
from nastavnik_app.rules.name_traces import fold
from nastavnik_app.rules.states import PARTICIPANT
from nastavnik_app.tests import planted_files, planted_tables
from nastavnik_app.tests.builders import School, make_user, record_consent
from nastavnik_app.tests.planted_files import sheet

FIRST, MIDDLE = "Пётр", "Ильич"
MOTHERS = "Ирина Олеговна"


@dataclass(frozen=True)
class Planted:
	"""Somebody whom nobody else is called like."""

	last: str
	phone: str
	email: str

	@property
	def name(self) -> str:
		return f"{self.last} {FIRST} {MIDDLE}"

	@property
	def initials(self) -> str:
		return f"{self.last} П. И."

	@property
	def mother(self) -> str:
		return f"{self.last} {MOTHERS}"

	@property
	def words(self) -> tuple[str, ...]:
		"""By which a search finds whatever is left."""
		digits = re.sub(r"\D", "", self.phone)[-10:]
		return fold(self.last), self.email.partition("@")[0], self.phone[3:], digits


def somebody() -> Planted:
	"""A surname of its own each time: what a test leaves on the disk is nobody's in the next."""
	tail = "".join(choice("бвгдзклмнрст") + choice("аеио") for _n in range(3))
	number = f"{randbelow(10**7):07d}"
	phone = f"+7 900 {number[:3]}-{number[3:5]}-{number[5:]}"
	return Planted(f"Зель{tail}нюк", phone, f"zel{number}@family.example")


def in_three_places(school: School, who: Planted) -> tuple[Document, Document, Path]:
	"""A mentee, a task whose title names him, and a file that says the name, by its place on the disk."""
	mentee = school.mentee(last_name=who.last, first_name=FIRST, middle_name=MIDDLE)
	task = school.task(title=f"Беседа: {who.name}")
	text = f"Дана: {who.name}".encode()
	file = attach("справка.txt", text, "Mentoring Program", school.program)
	return mentee, task, Path(frappe.get_site_path(place_of(file.file_url)))


def everywhere(school: School, who: Planted) -> Document:
	"""A mentee with that name in the pair, plan, meetings, papers and logs; the pair is over."""
	user = make_user("pupil", PARTICIPANT)
	frappe.db.set_value(
		"User", user, {"first_name": FIRST, "last_name": who.last, "full_name": f"{FIRST} {who.last}"}
	)
	mentee = school.mentee(
		last_name=who.last,
		first_name=FIRST,
		middle_name=MIDDLE,
		phone=who.phone,
		email=who.email,
		user=user,
		interview_notes=f"{FIRST} просит помощи",
		representatives=[{"full_name": who.mother, "relation": "мать", "phone": who.phone}],
		information=[{"source": "Parents", "information": f"Мать, {who.mother}: стесняется"}],
	)
	record_consent(mentee, representative_name=who.mother)
	_at_work(school, mentee, who)
	_around(school, mentee, who)
	planted_files.plant(school, mentee, who)
	planted_tables.plant(who.name)
	_logs(school, mentee, who)
	return mentee


def _at_work(school: School, mentee: Document, who: Planted) -> None:
	pair = school.pair(mentees=[mentee])
	plan = school.plan(pair, goal=f"{who.initials}: готовиться", deficits=f"У {who.last}а пробелы")
	school.signed(school.order(pair))
	draft = school.plans_order(plan)
	frappe.db.set_value("Mentoring Order", draft.name, "reason", f"Просьба: {who.name}")
	meeting = {"doctype": "Pair Meeting", "pair": pair.name, "kind": "meeting-acquaintance"}
	meeting |= {
		"meeting_date": "2026-09-20",
		"notes": f"{who.last} пришёл вовремя",
		"topic": f"Знакомство: {who.name}",
	}
	frappe.get_doc(meeting).insert()
	school.support_profile(
		mentee,
		aim=f"Поддержать: {who.name}",
		registers=[
			{"register": "Внутришкольный учёт", "entered_on": "2026-09-01", "removed_on": "2026-10-01"}
		],
	)
	score = {"competency": frappe.get_all("Mentoring Competency", pluck="name")[0], "score": 5}
	party = {"party_type": "Mentee", "party": mentee.name}
	school.record(
		"Competency Assessment",
		kind="Entry",
		assessed_on="2026-09-20",
		scores=[score],
		conclusion=who.name,
		**party,
	)
	school.record("Mentoring Questionnaire Response", questionnaire=school.questionnaire().name, **party)
	pair.reload()
	pair.update({"ended_on": getdate(), "end_reason": f"{who.name} переехал"})
	pair.db_update()
	frappe.db.set_value("Pair", pair.name, "workflow_state", "Terminated")


def _around(school: School, mentee: Document, who: Planted) -> None:
	"""Records of others in which the name stands."""
	party = {"party_type": "Mentee", "party": mentee.name}
	school.mentor(wishes=[{"mentee": mentee.name}], achievements=f"Подготовил: {who.initials}")
	school.event(
		participants=[{**party, "person_name": who.name, "post": "8 «Б»"}],
		questions=[{"question": "Итоги", "heard": f"О работе {who.last}а П. И.", "decided": "Принять"}],
	)
	school.award(mentee, characteristic=f"{who.name} — прилежный ученик")
	school.task(title=f"Подобрать наставника: {who.name}", responsible=f"Мать, {who.mother}")
	school.record("Mentoring Publication", title=f"Успехи: {FIRST} {who.last}", kind="publication-site")
	school.record(
		"Mentoring Best Practice", title="Практика", kind="Practice", summary=f"Из работы с {who.name}"
	)


def _logs(school: School, mentee: Document, who: Planted) -> None:
	"""What the framework writes by itself, as far as this site has the tables."""
	escaped, address = json.dumps({"full_name": who.name}), f"/app/mentee?n={quote(f'{who.last} {FIRST}')}"
	program = {"about": "Mentoring Program", "name": school.program}
	frappe.get_doc("Mentoring Program", school.program).add_comment("Comment", f"Поговорить с {who.name}")
	mentee.reload()
	mentee.interests = f"шахматы; тел. {who.phone}"
	mentee.save()
	letter = _letter(who)
	queued = {"message": letter.as_string(), "sender": "school@school.example", "status": "Sent"}
	plant("Email Queue", queued)
	parent = frappe.get_all("Email Queue", filters={"message": queued["message"]}, pluck="name")[0]
	row = {"parent": parent, "parenttype": "Email Queue", "parentfield": "recipients", "recipient": who.email}
	plant("Email Queue Recipient", row)
	frappe.log_error(title="Ошибка", message=f"Traceback: {escaped}")
	outbox = Path(frappe.get_site_path("outbox"))
	if outbox.is_dir():
		(outbox / f"{frappe.generate_hash(length=8)}.eml").write_bytes(letter.as_bytes())
	rows = {
		"Version": {"ref_doctype": program["about"], "docname": program["name"], "data": escaped},
		"ToDo": {"description": f"Позвонить: {who.mother}", "allocated_to": "Administrator"},
		"Communication": {
			"subject": who.name,
			"content": f"<p>{who.name}</p>",
			"communication_type": "Communication",
			"reference_doctype": "Mentee",
			"reference_name": mentee.name,
		},
		"Notification Log": {"subject": f"<b>{who.name}</b>", "for_user": "Administrator", "type": "Alert"},
		"Activity Log": {"subject": who.name, "full_name": who.name},
		"View Log": {
			"reference_doctype": "Mentee",
			"reference_name": mentee.name,
			"viewed_by": "Administrator",
		},
		"Access Log": {"filters": escaped, "page": address},
		"Route History": {"route": address, "user": "Administrator"},
		"Deleted Document": {"deleted_doctype": "Consent", "deleted_name": "x", "data": escaped},
		"Scheduled Job Log": {"details": who.name},
		"Note": {
			"title": frappe.generate_hash(length=8),
			"content": f"<p>{who.last.upper()} {FIRST.upper()}</p>",
		},
		"Prepared Report": {"report_name": "Mentee Bank", "filters": escaped},
		"Integration Request": {"data": escaped},
		"Contact": {"first_name": who.name, "user": mentee.user},
	}
	for doctype, values in rows.items():
		if frappe.db.table_exists(doctype):
			plant(doctype, values, who.name if doctype == "Contact" else "")
	if "__global_search" in frappe.db.get_tables(cached=False):
		found = {"doctype": "Mentee", "name": mentee.name, "title": who.name}
		planted_tables.insert_row("__global_search", {**found, "content": f"Full Name : {who.name}"})


def _letter(who: Planted) -> EmailMessage:
	letter = EmailMessage()
	letter["To"], letter["Subject"] = who.email, f"Приглашение: {who.name}"
	letter.set_content(f"{who.name}, добро пожаловать", cte="base64")
	letter.add_attachment(sheet(who.name), maintype="application", subtype="zip", filename="список.xlsx")
	return letter


def plant(doctype: str, values: dict, name: str = "") -> None:
	"""A row past every check, as the framework's own code writes its logs."""
	row = {"name": frappe.generate_hash(length=10), "creation": add_days(getdate(), -1), **values}
	if name:
		row["name"] = name
	columns = {one["name"]: one["type"] for one in frappe.db.get_table_columns_description(f"tab{doctype}")}
	if "int" in columns["name"]:
		row["name"] = 9_000_000
	row = {key: value for key, value in row.items() if key in columns}
	frappe.db.bulk_insert(doctype, list(row), [list(row.values())])
