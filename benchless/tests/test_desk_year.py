"""Buttons and pages of the year between the order and the report, pressed as a curator presses them."""

import os
import re
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import frappe
import pytest

from benchless.tests.staff_pages import Browser, apart, curator, desk, director, signed_in, stored, told
from nastavnik_app.program import indicator_values

pytestmark = pytest.mark.skipif("NASTAVNIK_SITE" in os.environ, reason="about the pages of benchless")
__all__ = ["curator", "desk", "director", "signed_in"]  # fixtures


def insert(desk: SimpleNamespace, doctype: str, **values: Any) -> str:
	"""A committed record of the school's programme; its name."""

	def write() -> str:
		frappe.init("desk", sites_path=str(desk.folder), force=True)
		frappe.connect()
		try:
			record = frappe.get_doc({"doctype": doctype, "program": desk.program, **values}).insert()
			frappe.db.commit()
			return record.name
		finally:
			frappe.destroy()

	return apart(write)


def press(browser: Browser, path: str, key: str) -> str:
	"""What the form says after a button that asks nothing."""
	fields = browser.form(path)
	assert f"method:{key}" in browser.get(path).text
	answer = browser.post(path, **fields, do=f"method:{key}")
	assert answer.status_code == 303, told(answer)
	return told(browser.get(answer.location))


def test_potential_mentors_go_into_the_bank(desk: SimpleNamespace, curator: Browser) -> None:
	noted = [{"person_name": "Осокина Пример Ильинична", "post": "Учитель", "potential_mentor": 1}]
	event = insert(
		desk,
		"Mentoring Event",
		title="Педсовет",
		kind="event-council",
		held_on="2026-09-10",
		participants=noted,
	)
	assert "1" in press(curator, f"/app/mentoring-event/{event}", "add_potential_mentors")
	assert stored(desk, "Mentor", {"last_name": "Осокина"}, "workflow_state") == "Candidate"


def test_a_review_is_assembled_and_a_task_measured(desk: SimpleNamespace, curator: Browser) -> None:
	review = insert(desk, "Program Review", card="nine-criteria", reviewed_on="2026-11-20")
	assert "0" in press(curator, f"/app/program-review/{review}", "assemble_swot")
	task = insert(
		desk,
		"Roadmap Task",
		title="Публикации",
		measure="school-publications",
		threshold_op=">=",
		threshold_value=0,
		threshold_unit="публикаций",
	)
	press(curator, f"/app/roadmap-task/{task}", "measure_task")
	assert stored(desk, "Roadmap Task", task, "measured_on")
	assert "0 публикаций" in curator.get(f"/app/roadmap-task/{task}").text


def test_another_schools_curator_is_refused(desk: SimpleNamespace, signed_in: Any) -> None:
	review = insert(desk, "Program Review", card="nine-criteria", reviewed_on="2026-11-20")
	stranger = signed_in("stranger")
	stranger.get("/app")
	answer = stranger.post(f"/app/program-review/{review}", do="method:assemble_swot")
	assert answer.status_code == 403


def test_everybody_chooses_how_often_the_digest_comes(desk: SimpleNamespace, director: Browser) -> None:
	assert 'value="Weekly" selected' in director.get("/app/digest").text
	assert director.post("/app/digest", frequency="Daily").status_code == 303
	assert stored(desk, "Mentoring Digest Preference", {"user": desk.director}, "frequency") == "Daily"


@pytest.mark.parametrize(
	"report", ["Event Coverage", "Trained Mentors", "Potential Mentors", "Content Plan", "Roadmap Fulfilment"]
)
def test_each_report_opens_with_its_filters(curator: Browser, report: str) -> None:
	page = curator.get(f"/app/query-report/{report}")
	assert page.status_code == 200
	assert 'name="program' in page.text


def test_the_workspace_counts_the_indicators_without_a_value(desk: SimpleNamespace, curator: Browser) -> None:
	def write() -> int:
		frappe.init("desk", sites_path=str(desk.folder), force=True)
		frappe.connect()
		try:
			indicator_values.count(desk.program)
			frappe.db.commit()
			return frappe.db.count(indicator_values.VALUE, {"frozen": 0, "has_value": 0})
		finally:
			frappe.destroy()

	missing = apart(write)
	page = curator.get("/app").text
	report = quote("/app/query-report/Indicators Against Targets")
	shown = re.findall(rf'href="{report}[^"]*"><span class="name">[^<]*</span> <strong>(\d+)</strong>', page)
	assert missing > 0 and str(missing) in shown
