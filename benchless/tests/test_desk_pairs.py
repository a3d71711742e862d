"""The work of a pair on the staff pages: plan from a template, meetings, calendar file, assessments."""

import html
import os
import re
from types import SimpleNamespace

import frappe
import pytest

from benchless.tests.staff_pages import Browser, apart, curator, desk, signed_in, stored, told

pytestmark = pytest.mark.skipif("NASTAVNIK_SITE" in os.environ, reason="about the pages of benchless")
__all__ = ["curator", "desk", "signed_in"]  # fixtures


@pytest.fixture(scope="module")
def pair(desk: SimpleNamespace) -> str:
	"""The pair of the site, assigned."""

	def assign() -> None:
		frappe.init("desk", sites_path=str(desk.folder), force=True)
		frappe.connect()
		frappe.db.set_value("Pair", desk.pair, "workflow_state", "Assigned")
		frappe.db.commit()
		frappe.destroy()

	apart(assign)
	return desk.pair


def address_in(page: str, beginning: str) -> str:
	return html.unescape(re.search(rf'href="({re.escape(beginning)}[^"]*)"', page)[1])


class TestWorkOfAPair:
	def test_a_plan_is_drawn_up_from_a_template_and_filled_from_another(
		self,
		curator: Browser,
		pair: str,
		desk: SimpleNamespace,
	) -> None:
		asking = address_in(curator.get(f"/app/pair/{pair}").text, "/app/pair/action/draw-up-plan")
		assert "Поддержка неуспевающего ученика" in curator.get(asking).text
		answer = curator.post("/app/pair/action/draw-up-plan", name=pair, template="plan-underachieving")
		assert answer.status_code == 303, told(answer)
		plan = answer.location.rpartition("/")[2]
		assert stored(desk, "Individual Plan", plan, "template") == "plan-underachieving"
		page = curator.get(answer.location).text
		curator.get(address_in(page, "/app/individual-plan/action/fill-plan"))
		answer = curator.post("/app/individual-plan/action/fill-plan", name=plan, template="plan-tutor")
		assert answer.status_code == 303, told(answer)
		assert stored(desk, "Individual Plan", plan, "template") == "plan-tutor"

	def test_a_meeting_is_planned_taken_home_and_held(
		self,
		curator: Browser,
		pair: str,
		desk: SimpleNamespace,
	) -> None:
		page = curator.get(f"/app/pair/{pair}").text
		assert "download_calendar" not in page
		beginning = address_in(page, "/app/pair-meeting/new?pair=" + pair + "&amp;kind")
		form = curator.form(beginning)
		assert (form["pair"], form["kind"]) == (pair, "meeting-acquaintance")
		assert not [name for name in form if name.startswith(("attendance", "activities"))]
		answer = curator.post("/app/pair-meeting/new", **{**form, "meeting_date": "2026-10-05"})
		assert answer.status_code == 303, told(answer)
		path = answer.location
		page = curator.get(path).text
		file = curator.get(address_in(page, "/api/method/nastavnik_app.api.download_calendar"))
		assert file.mimetype == "text/calendar" and b"BEGIN:VEVENT" in file.data
		form = curator.form(path)
		assert "attendance:0:absent" in page and "attendance:0:mentee" not in form
		answer = curator.post(path, **{**form, "status": "Held", "do": "save"})
		assert answer.status_code == 303, told(answer)
		name = path.rpartition("/")[2]
		assert stored(desk, "Pair Meeting", name, "status") == "Held"
		assert str(stored(desk, "Pair", pair, "first_meeting_on")) == "2026-10-05"
		page = curator.get(path).text
		assert "download_calendar" not in page and 'value="delete"' not in page

	def test_an_assessment_begins_with_what_is_to_be_assessed(
		self,
		curator: Browser,
		pair: str,
		desk: SimpleNamespace,
	) -> None:
		mentor = stored(desk, "Pair", pair, "mentor")
		page = curator.get(f"/app/mentor/{mentor}").text
		form = curator.form(address_in(page, "/app/competency-assessment/new"))
		scores = [name for name in form if name.endswith(":score")]
		assert len(scores) == 9 and form["scores:0:competency"] == "readiness-wish"
		values = {**form, "kind": "Entry", "assessed_on": "2026-10-01", "program": desk.program}
		answer = curator.post("/app/competency-assessment/new", **values | dict.fromkeys(scores, "6"))
		assert answer.status_code == 303, told(answer)
		assert stored(desk, "Competency Assessment", answer.location.rpartition("/")[2], "average") == 6
		page = curator.get(f"/app/query-report/Competency Growth?asked=1&program={desk.program}").text
		assert "Желание быть наставником" in page

	def test_reports_open(self, curator: Browser, pair: str) -> None:
		for report in (
			"Pairs Without Meetings",
			"Accessibility Measures",
			"Support Registers",
			"Competency Growth",
			"Assessments Due",
		):
			answer = curator.get(f"/app/query-report/{report}")
			assert answer.status_code == 200, told(answer)
			for kind in ("xlsx", "pdf"):
				assert curator.get(f"/app/query-report/{report}/{kind}").status_code == 200, (report, kind)
