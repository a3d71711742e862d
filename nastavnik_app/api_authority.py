"""What Desk's buttons between a school and its authority call: tasks that go down, returns that go up."""

import frappe
from werkzeug.wrappers import Response

from nastavnik_app.arguments import names_in
from nastavnik_app.documents.binding import file_name
from nastavnik_app.downloads import sent
from nastavnik_app.program import municipal
from nastavnik_app.returns import doors, requests, tables, websites


@frappe.whitelist()
def schools_to_hand_down(tasks: list | str) -> list[dict[str, str | bool]]:
	"""The schools below the authority of these tasks: `name`, `title`, `proposed` where a task names it."""
	return municipal.choices(names_in(tasks))


@frappe.whitelist(methods=["POST"])
def hand_down(tasks: list | str, schools: list | str) -> dict[str, int]:
	"""Gives tasks of an authority to schools: {"tasks": made, "waiting": of schools without a programme}, or
	{"queued": rows} where they are many."""
	return municipal.ask_to_hand_down(names_in(tasks), names_in(schools))


@frappe.whitelist(methods=["POST"])
def take_back(task: str, schools: list | str) -> int:
	"""Takes a task back from schools that have not begun it; how many."""
	return municipal.take_back(task, names_in(schools))


@frappe.whitelist(methods=["POST"])
def count_return(name: str) -> None:
	"""Counts the figures of a draft Program Return from the records as they are now."""
	doors.count_anew(name)


@frappe.whitelist()
def figures_of_return(name: str) -> str:
	"""The figures of a Program Return as HTML tables."""
	record = frappe.get_doc("Program Return", name)
	record.check_permission("read")
	return tables.html_of(record)


@frappe.whitelist(methods=["GET"])
def download_return(name: str, kind: str = "JSON") -> Response:
	"""An approved Program Return as a signed file for another site. `kind`: JSON or XLSX."""
	content, extension = doors.as_file(name, kind)
	title = frappe.db.get_value("Program Return", name, "title")
	return sent(content, file_name(title, extension), "application/octet-stream")


@frappe.whitelist(methods=["POST"])
def remind_schools(request: str) -> int:
	"""Writes to those of a Program Return Request who have not sent; how many schools, each at most once a day."""
	record = frappe.get_doc("Program Return Request", request)
	record.check_permission("write")
	return requests.remind(record)


@frappe.whitelist(methods=["POST"])
def list_website_documents(check: str) -> int:
	"""Lists in a Website Check each school below with each document of the settings; how many rows were added."""
	record = frappe.get_doc("Website Check", check)
	record.check_permission("write")
	added = websites.list_all(record)
	record.save()
	return added


@frappe.whitelist(methods=["POST"])
def read_in_return(content: str, file_name: str) -> dict[str, str]:
	"""Takes the signed file of a return, as base64: {"name", "done": New, Newer or Unchanged}."""
	return doors.read_in(content, file_name)
