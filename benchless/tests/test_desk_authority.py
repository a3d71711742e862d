"""What an authority and those who read mailings do on the pages: hand down, take back, divide, send again."""

import os
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import frappe
import pytest

from benchless.tests.staff_pages import Browser, apart, curator, desk, director, signed_in, stored
from benchless.tests.test_desk_year import insert, press

pytestmark = pytest.mark.skipif("NASTAVNIK_SITE" in os.environ, reason="about the pages of benchless")
__all__ = ["curator", "desk", "director", "signed_in"]  # fixtures


def write(desk: SimpleNamespace, work: Callable[[], Any]) -> Any:
	def committed() -> Any:
		frappe.init("desk", sites_path=str(desk.folder), force=True)
		frappe.connect()
		try:
			found = work()
			frappe.db.commit()
			return found
		finally:
			frappe.destroy()

	return apart(committed)


@pytest.fixture
def school(desk: SimpleNamespace) -> str:
	"""The other school, below the first one, which is an authority meanwhile."""

	def arrange() -> str:
		school = frappe.db.get_value("Mentee", desk.foreign, "organization")
		frappe.db.set_value("Educational Organization", school, "parent_organization", desk.organization)
		frappe.db.set_value(
			"Educational Organization", desk.organization, "organization_type", "Municipal Authority"
		)
		return school

	return write(desk, arrange)


def test_a_row_is_handed_down_and_taken_back(desk: SimpleNamespace, curator: Browser, school: str) -> None:
	task = insert(desk, "Roadmap Task", title="Принять локальные акты", responsible="МОО")
	assert "hand-down" in curator.get(f"/app/roadmap-task/{task}").text
	page = curator.get(f"/app/roadmap-task/action/hand-down?name={task}").text
	assert school in page and "checked" in page
	answer = curator.post("/app/roadmap-task/action/hand-down", name=task, schools=school)
	assert answer.status_code == 303
	assert stored(desk, "Roadmap Task", {"municipal_task": task}, "organization") == school
	assert "take-back" in curator.get(f"/app/roadmap-task/{task}").text
	answer = curator.post("/app/roadmap-task/action/take-back", name=task, schools=school)
	assert answer.status_code == 303
	assert not stored(desk, "Roadmap Task", {"municipal_task": task}, "name")


def test_a_school_is_not_offered_to_hand_down(desk: SimpleNamespace, signed_in: Any, school: str) -> None:
	stranger = signed_in("stranger")
	assert "hand-down" not in stranger.get("/app/roadmap-task").text


def test_the_report_of_the_municipal_roadmap_opens(curator: Browser, school: str) -> None:
	page = curator.get("/app/query-report/Municipal Roadmap?view=By School")
	assert page.status_code == 200
	assert 'name="authority' in page.text


def test_a_programme_of_several_years_is_divided(desk: SimpleNamespace, curator: Browser) -> None:
	program = insert(
		desk,
		"Mentoring Program",
		title="Три года",
		organization=desk.organization,
		period_start="2026-09-01",
		period_end="2029-05-31",
	)
	assert "3" in press(curator, f"/app/mentoring-program/{program}", "divide_into_years")
	assert stored(desk, "Program Year", {"parent": program, "idx": 3}, "end").isoformat() == "2029-05-31"


def test_a_mailing_is_sent_again_by_who_reads_it(desk: SimpleNamespace, curator: Browser) -> None:
	mailing = insert(
		desk,
		"Mentoring Report Mailing",
		title="Еженедельно",
		organization=desk.organization,
		kind="Weekly to Curators",
		recipient=desk.curator,
		status="Given Up",
		attempts=3,
		mailing_key="key",
	)
	press(curator, f"/app/mentoring-report-mailing/{mailing}", "send_again")
	assert stored(desk, "Mentoring Report Mailing", mailing, ["status", "attempts"]) == ("Queued", 0)
