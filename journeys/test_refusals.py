"""Forged, stale and foreign requests from a signed-in browser: refused with a message, and nothing is changed."""

from pathlib import Path
from typing import Any

from journeys import steps
from journeys.person import Person

TOKEN = "window.frappe?.csrf_token ?? document.querySelector('[name=csrf_token]').value"
TOO_LARGE = 26 * 1024 * 1024  # bytes


def ask(person: Person, method: str, path: str, token: str | None = None, **how: Any) -> Any:
	"""A request with the cookies of the browser, as a script on the page would send it."""
	headers = {"Accept": "application/json", "X-Frappe-CSRF-Token": token or person.page.evaluate(TOKEN)}
	return person.page.request.fetch(f"/api/resource/{path}", method=method, headers=headers, **how)


def names(person: Person, doctype: str, **filters: str) -> set[str]:
	asked = {"filters": str([[key, "=", value] for key, value in filters.items()]).replace("'", '"')}
	answer = ask(person, "GET", doctype, params={**asked, "limit_page_length": 500})
	return {row["name"] for row in answer.json()["data"]}


def documents(person: Person) -> set[str]:
	"""Addresses of the files that are to be read into roadmaps."""
	answer = ask(person, "GET", "Roadmap Import", params={"fields": '["document"]', "limit_page_length": 500})
	return {row["document"] for row in answer.json()["data"] if row["document"]}


def stored(person: Person, doctype: str, name: str) -> dict:
	return ask(person, "GET", f"{doctype}/{name}").json()["data"]


def assert_refused(answer: Any, *statuses: int) -> None:
	assert answer.status in statuses, (answer.status, answer.text()[:500])


def test_forged_token(curator: Person) -> None:
	curator.home()
	name = min(names(curator, "Pair", workflow_state="Draft"))
	before = stored(curator, "Pair", name)
	assert_refused(ask(curator, "PUT", f"Pair/{name}", token="forged", data={"title": "Подделка"}), 400, 403)
	assert stored(curator, "Pair", name) == before


def test_state_is_not_written_past_the_workflow(curator: Person) -> None:
	curator.home()
	name = min(names(curator, "Pair", workflow_state="Draft"))
	before = stored(curator, "Pair", name)
	assert_refused(ask(curator, "PUT", f"Pair/{name}", data={"workflow_state": "Assigned"}), 403, 409, 417)
	assert stored(curator, "Pair", name) == before


def test_record_of_others(person: Any, curator: Person) -> None:
	mentor = person("mentor")
	mentor.home()
	curator.home()
	own, all_of_school = names(mentor, "Pair"), names(curator, "Pair")
	assert own and own < all_of_school
	foreign = min(all_of_school - own)
	before = stored(curator, "Pair", foreign)
	assert_refused(ask(mentor, "GET", f"Pair/{foreign}"), 403)
	assert_refused(ask(mentor, "PUT", f"Pair/{foreign}", data={"start_date": "2026-01-01"}), 403)
	assert stored(curator, "Pair", foreign) == before


def test_session_that_has_ended(stranger: Any, sessions: dict, curator: Person) -> None:
	curator.home()
	name = min(names(curator, "Pair", workflow_state="Draft"))
	before = stored(curator, "Pair", name)
	late = stranger(sessions["curator"])
	late.home()
	token = late.page.evaluate(TOKEN)
	late.page.context.clear_cookies()
	assert_refused(
		ask(late, "PUT", f"Pair/{name}", token=token, data={"start_date": "2026-01-01"}), 400, 401, 403
	)
	assert stored(curator, "Pair", name) == before


def test_file_that_is_too_large(curator: Person, tmp_path: Path) -> None:
	large = tmp_path / "roadmap.docx"
	large.write_bytes(b"0" * TOO_LARGE)
	curator.home()
	before = documents(curator)
	curator.open_new("Roadmap Import")
	with curator.refused():
		curator.fill(program=steps.PROGRAM, document=large)
		curator.save()
	curator.home()
	assert documents(curator) == before
