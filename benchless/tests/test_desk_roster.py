"""Pages of a list of people: attached, checked row by row, imported, and the list of people read back."""

import io
import os
from types import SimpleNamespace
from urllib.parse import quote

import frappe
import openpyxl
import pytest

from benchless.tests.staff_pages import Browser, apart, curator, desk, signed_in, stored, told
from benchless.tests.test_desk_year import press

pytestmark = pytest.mark.skipif("NASTAVNIK_SITE" in os.environ, reason="about the pages of benchless")
__all__ = ["curator", "desk", "signed_in"]  # fixtures
NEW = "/app/roster-import/new"


def workbook(*rows: tuple) -> io.BytesIO:
	book = openpyxl.Workbook()
	for row in rows:
		book.active.append(row)
	stream = io.BytesIO()
	book.save(stream)
	stream.seek(0)
	return stream


def attached(curator: Browser, desk: SimpleNamespace, content: io.BytesIO) -> str:
	values = {**curator.form(NEW), "organization": desk.organization, "people": "Mentee"}
	answer = curator.post(NEW, **values, file=(content, "список.xlsx"))
	assert answer.status_code == 303, told(answer)
	return answer.location.partition("?")[0]


def run_jobs(desk: SimpleNamespace, name: str) -> None:
	def work() -> None:
		frappe.init("desk", sites_path=str(desk.folder), force=True)
		frappe.connect()
		try:
			from nastavnik_app.people import roster_import

			roster_import.run(name)
			frappe.db.commit()
		finally:
			frappe.destroy()

	apart(work)


def test_a_list_with_a_fault_is_shown_and_a_right_one_imported(
	curator: Browser, desk: SimpleNamespace
) -> None:
	heading = ("ФИО", "Дата рождения", "Класс")
	path = attached(curator, desk, workbook(heading, ("Незабудкин Пример", "31.02.2012", "8Б")))
	press(curator, path, "check_list")
	page = curator.get(path).text
	assert "31.02.2012" in page and "method:import_list" not in page
	path = attached(curator, desk, workbook(heading, ("Незабудкин Пример", "01.03.2012", "8Б")))
	assert "1" in press(curator, path, "check_list")
	press(curator, path, "import_list")
	name = path.rpartition("/")[2]
	run_jobs(desk, name)
	assert stored(desk, "Roster Import", name, "status") == "Imported"
	assert "Незабудкин" in curator.get("/app/mentee").text
	assert "method:" not in curator.get(path).text


def test_the_list_of_mentees_is_read_back_unchanged(curator: Browser, desk: SimpleNamespace) -> None:
	exported = curator.get("/app/mentee/export.xlsx")
	path = attached(curator, desk, io.BytesIO(exported.get_data()))
	press(curator, path, "check_list")
	name = path.rpartition("/")[2]
	counts = [
		stored(desk, "Roster Import", name, one) for one in ("new_count", "changed_count", "fault_count")
	]
	assert [one or 0 for one in counts] == [0, 0, 0]


def test_the_template_and_everybody_are_files(curator: Browser, desk: SimpleNamespace) -> None:
	api = "/api/method/nastavnik_app.api"
	for address in (
		f"{api}.roster_template?people=Mentor",
		f"{api}.export_roster?people=Mentee&organization={quote(desk.organization)}",
	):
		book = openpyxl.load_workbook(io.BytesIO(curator.get(address).get_data()))
		assert book.active["A1"].value == "Код"
