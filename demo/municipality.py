"""The authority above the school: its roadmap handed down, fifteen schools' returns, its analytic report; their files
in `municipality/`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate

from demo.neighbours import neighbours, return_of
from demo.staff import AUTHORITY, OFFICER, PERIOD, School, acting, make_login, working_day
from nastavnik_app.attachments import attach
from nastavnik_app.documents import report_files
from nastavnik_app.documents.docx import html_to_docx
from nastavnik_app.documents.pdf import html_to_pdf
from nastavnik_app.program import municipal
from nastavnik_app.returns import doors, way, websites
from nastavnik_app.rules.return_files import write

HALF_YEAR = (date(2026, 9, 1), date(2026, 12, 31))
YEAR_BEFORE = (date(2025, 9, 1), date(2025, 12, 31))
FOLDER = "municipality"
REPORTS = {
	"returns-received.xlsx": "Returns Received",
	"consolidated-return.xlsx": "Consolidated Return",
	"school-comparison.xlsx": "School Comparison",
	"website-marks.xlsx": "Website Marks",
	"municipal-roadmap.xlsx": "Municipal Roadmap",
}
TEMPLATE = "municipality"
# folder, kind, title, text, also for mentors and mentees
MATERIALS = (
	(
		"Нормативная основа",
		"Act",
		"О муниципальной дорожной карте",
		"Приказ управления о внедрении целевой модели наставничества в школах района.",
		0,
	),
	(
		"Образцы документов",
		"Template",
		"Образец приказа о закреплении пар",
		"Образец для школ, которые готовят приказы без приложения.",
		0,
	),
	(
		"Методические материалы",
		"Recommendations",
		"Памятка наставнику: первая встреча",
		"О чём говорить на первой встрече и чего не обещать.",
		1,
	),
)
COORDINATOR = ("Инеева", "Аделаида", "Вячеславовна")


@dataclass(frozen=True)
class Municipality:
	"""Names of the records of the authority, how many returns arrived, tasks were handed down and materials given."""

	authority: str
	own_return: str
	report: str
	returns: int
	handed_down: int
	materials: int


def play(school: School) -> Municipality:
	"""The authority's year: what it hands down, what it asks for and what it makes of the answers."""
	authority = frappe.get_doc("Educational Organization", {"title": AUTHORITY})
	authority.ogrn = "0000000000100"
	coordinator = make_login("coordinator", COORDINATOR, "Mentoring Curator")
	authority.append("members", {"user": coordinator, "duty": "Муниципальный координатор"})
	authority.save()
	secrets = found_neighbours(authority.name)
	with acting(coordinator):
		handed_down = hand_down_roadmap(authority.name)
	with acting(school.logins["officer"]):
		materials = give_materials(authority.name)
		request = ask_for_returns(authority.name)
	sent = send_own_return(school, request)
	arrived = receive_others(authority.name, secrets, school.logins["officer"])
	with acting(school.logins["officer"]):
		accept(sent)
		check_websites(authority.name, school)
		report = write_report(authority.name, school)
	return Municipality(authority.name, sent, report, arrived + 1, handed_down, len(materials))


def found_neighbours(authority: str) -> dict[str, str]:
	"""The other schools of the district, which work on sites of their own; the secret shared with each."""
	secrets = {}
	for number, school in enumerate(neighbours(), 1):
		record = {
			"doctype": "Educational Organization",
			"title": school.title,
			"parent_organization": authority,
			"city": "с. Вымышленское",
			"ogrn": f"00000000002{number:02}",
		}
		name = frappe.get_doc(record).insert().name
		secrets[name] = f"{number:064x}"
		partner = {"organization": authority, "partner": name, "secret": secrets[name]}
		frappe.get_doc({"doctype": "Return Partner", **partner}).insert()
	return secrets


def hand_down_roadmap(authority: str) -> int:
	"""The district's roadmap becomes tasks of its schools; those without a programme on this site wait for one."""
	program = frappe.get_doc(
		{
			"doctype": "Mentoring Program",
			"title": "Наставничество в школах Вымышленского района",
			"organization": authority,
			"period_start": PERIOD[0],
			"period_end": PERIOD[1],
		}
	).insert()
	imported = frappe.get_doc(
		{"doctype": "Roadmap Import", "program": program.name, "template": TEMPLATE}
	).insert()
	imported.read_document()
	for row in imported.rows:
		row.checked = int(bool(row.problems))
	imported.save()
	imported.create_tasks()
	of_schools = frappe.get_all(
		"Roadmap Task", filters={"program": program.name, "responsible": ["like", "%кол%"]}, pluck="name"
	)
	return municipal.hand_down(of_schools)["tasks"]


def give_materials(authority: str) -> list[str]:
	"""The folders of the authority, which its schools read; each material with its file."""
	return [_give(authority, *material) for material in MATERIALS]


def _give(authority: str, folder: str, kind: str, title: str, text: str, for_participants: int) -> str:
	material = frappe.get_doc(
		{
			"doctype": "Mentoring Material",
			"organization": authority,
			"folder": folder,
			"kind": kind,
			"title": title,
			"description": text,
			"for_participants": for_participants,
		}
	).insert()
	page = f'<div class="gost"><h1>{title}</h1><p>{text}</p></div>'
	file = attach(f"{title}.docx", html_to_docx(page), material.doctype, material.name)
	material.file, material.published = file.file_url, 1
	return material.save().name


def ask_for_returns(authority: str) -> str:
	request = frappe.get_doc(
		{
			"doctype": "Program Return Request",
			"title": "Сведения о наставничестве за первое полугодие 2026/2027 учебного года",
			"organization": authority,
			"period_start": HALF_YEAR[0],
			"period_end": HALF_YEAR[1],
			"due_date": add_days(working_day(), 14),
			"message": "Пришлите сведения за полугодие. Численность групп проверьте до подсчёта.",
		}
	).insert()
	return request.name


def send_own_return(school: School, request: str) -> str:
	"""The school counts its half-year, the director approves, and it is sent within the site."""
	asked = {"request": request, "organization": school.organization}
	with acting(school.logins["curator"]):
		doors.count_anew(frappe.db.get_value("Program Return", asked))
		apply_workflow(frappe.get_doc("Program Return", asked), "Send for Approval")
	with acting(school.logins["director"]):
		own = apply_workflow(frappe.get_doc("Program Return", asked), "Approve")
	with acting(school.logins["curator"]):
		return apply_workflow(own, "Send to the Authority").name


def receive_others(authority: str, secrets: dict[str, str], officer: str) -> int:
	"""The files of the other schools, of this half-year and of the one before, read in; how many."""
	names = {title: name for name, title in municipal.schools_of(authority).items()}
	for school in neighbours():
		name = names[school.title]
		codes = way.code_of(name), way.code_of(authority)
		for period, then in ((HALF_YEAR, school), (YEAR_BEFORE, school.a_year_before())):
			text = write(return_of(then, codes, period), bytes.fromhex(secrets[name]))
			with acting(officer):
				way.receive(text, "JSON", {authority})
	return 2 * len(names) - 2


def accept(sent: str) -> None:
	record = apply_workflow(frappe.get_doc("Program Return", sent), "Accept")
	record.append(
		"recommendations",
		{
			"recommendation": "Найдите наставников среди педагогов: их меньше десятой части.",
			"due_date": add_days(working_day(), 30),
		},
	)
	record.save()


def check_websites(authority: str, school: School) -> None:
	check = frappe.get_doc(
		{
			"doctype": "Website Check",
			"title": "Разделы о наставничестве на сайтах школ",
			"organization": authority,
			"checked_on": getdate(working_day()),
			"checked_by": " ".join(OFFICER),
		}
	).insert()
	websites.list_all(check)
	for row in check.marks:
		lacking = {0: "Missing", 5: "Out of Date"}.get(row.idx % 11)
		row.mark = "On the Site" if row.school == school.organization else lacking or "On the Site"
	check.save()


def write_report(authority: str, school: School) -> str:
	report = frappe.get_doc(
		{
			"doctype": "Municipal Report",
			"title": "Аналитический отчёт о наставничестве в школах района",
			"organization": authority,
			"period_start": HALF_YEAR[0],
			"period_end": HALF_YEAR[1],
			"author": " ".join(OFFICER),
			"author_post": "Специалист управления",
			"introduction": "Отчёт составлен по сведениям школ за первое полугодие 2026/2027 учебного года.",
			"findings": "Школы прислали сведения вовремя. Во всех школах есть приказы о наставничестве.",
			"conclusions": "Число пар выросло. Наставников среди педагогов не хватает.",
			"next_tasks": "Обучить новых наставников\nОбновить разделы на сайтах",
			"advice": [
				{
					"recommendation": "Обновить раздел о наставничестве на сайте.",
					"due_date": add_days(working_day(), 30),
				},
				{
					"school": school.organization,
					"recommendation": "Рассказать соседним школам о подборе пар.",
					"due_date": add_days(working_day(), 60),
				},
			],
		}
	).insert()
	return report.name


def write_files(output: Path, school: School, played: Municipality) -> list[str]:
	"""Prints the return and the analytic report, and runs the authority's reports as its officer; names of the files."""
	folder = output / FOLDER
	folder.mkdir(exist_ok=True)
	with acting(school.logins["officer"]):
		for doctype, name, file_name in (
			("Program Return", played.own_return, "program-return"),
			("Municipal Report", played.report, "municipal-report"),
		):
			html, path = frappe.get_print(doctype, name, doctype), folder / file_name
			path.with_suffix(".pdf").write_bytes(html_to_pdf(html))
			path.with_suffix(".docx").write_bytes(html_to_docx(html))
		for file_name, report in REPORTS.items():
			found = report_files.run(report, {"authority": played.authority})
			(folder / file_name).write_bytes(report_files.to_xlsx(found))
	return [f"{FOLDER}/: отчётность в управление образования"]
