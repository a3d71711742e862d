"""A questionnaire behind a link, on a phone, with nobody signed in: answered, dropped in the middle, sent once."""

from collections.abc import Iterator
from typing import Any

import pytest

from journeys.person import Person
from journeys.test_refusals import TOKEN, names, stored

PHONE = {"width": 360, "height": 740}
SUBMITTING = "**/api/method/nastavnik_app.api.submit_questionnaire"
DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('anketa:')).length"
QUESTIONS = [
	{"question": "Насколько полезны были встречи?", "answer_kind": "Scale 1-10", "required": 1},
	{"question": "Хотите ли Вы продолжить?", "answer_kind": "Yes or No"},
	{"question": "Что запомнилось?", "answer_kind": "Open", "required": 1},
]


def post(person: Person, path: str, data: dict) -> Any:
	headers = {"Accept": "application/json", "X-Frappe-CSRF-Token": person.page.evaluate(TOKEN)}
	answer = person.page.request.post(f"/api/{path}", headers=headers, data=data)
	assert answer.ok, answer.text()[:500]
	return answer.json()


@pytest.fixture
def invited(curator: Person) -> dict:
	"""`link` and `name` of a response, to a questionnaire of the test's own."""
	curator.home()
	program = min(names(curator, "Mentoring Program", workflow_state="Running"))
	organization = stored(curator, "Mentoring Program", program)["organization"]
	made = {
		"title": "Анкета о встречах",
		"organization": organization,
		"audience": "Mentor",
		"purpose": "Entry",
		"status": "Published",
		"questions": QUESTIONS,
	}
	questionnaire = post(curator, "resource/Mentoring Questionnaire", made)["data"]["name"]
	people = [min(names(curator, "Mentor", workflow_state="In Bank", organization=organization))]
	asked = {"questionnaire": questionnaire, "program": program, "people": people}
	return post(curator, "method/nastavnik_app.api.invite_to_questionnaire", asked)["message"]["links"][0]


@pytest.fixture
def guest(browser: Any, url: str) -> Iterator[Any]:
	"""A page of somebody's phone."""
	context = browser.new_context(base_url=url, locale="ru-RU", viewport=PHONE)
	yield context.new_page()
	context.close()


def opened(guest: Any, link: str) -> None:
	guest.goto(f"/anketa#{link.partition('#')[2]}")
	guest.wait_for_selector("#form fieldset")


def assert_accessible(guest: Any) -> None:
	axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
	found = axe.Axe().run(guest)
	assert not found.violations_count, found.generate_report()
	assert not guest.evaluate("document.documentElement.scrollWidth > innerWidth"), "wider than the phone"


def answer_by_keyboard(guest: Any) -> None:
	for number in range(guest.locator("fieldset").count()):
		guest.locator("fieldset").nth(number).locator("input").first.focus()
		guest.keyboard.press("Space")
	guest.locator("textarea").fill("Поход в музей")


def test_answers_survive_a_connection_that_drops(curator: Person, guest: Any, invited: dict) -> None:
	opened(guest, invited["link"])
	assert_accessible(guest)
	guest.locator("[type=submit]").click()
	guest.locator("#told li").nth(1).wait_for()  # the two mandatory questions
	assert_accessible(guest)

	answer_by_keyboard(guest)
	guest.reload()
	guest.wait_for_selector("#form fieldset")
	assert guest.locator("textarea").input_value() == "Поход в музей"

	def lose_the_answer(route: Any) -> None:
		route.fetch()  # the school has it, the phone does not know
		route.abort()

	guest.route(SUBMITTING, lose_the_answer)
	guest.locator("[type=submit]").click()
	guest.locator("#told.bad").wait_for()
	assert guest.evaluate(DRAFTS) == 1
	guest.unroute(SUBMITTING)
	guest.evaluate("window.dispatchEvent(new Event('online'))")
	guest.locator("#told.good").wait_for()
	assert_accessible(guest)
	assert guest.evaluate(DRAFTS) == 0

	response = stored(curator, "Mentoring Questionnaire Response", invited["name"])
	assert (response["status"], len(response["answers"])) == ("Answered", 3)


def test_a_link_works_once(guest: Any, invited: dict) -> None:
	opened(guest, invited["link"])
	answer_by_keyboard(guest)
	guest.locator("[type=submit]").click()
	guest.locator("#told.good").wait_for()
	guest.reload()
	guest.locator("#told.bad").wait_for()
	assert_accessible(guest)
	assert not guest.locator("#form").is_visible()


def test_a_wrong_link_says_so(guest: Any) -> None:
	guest.goto("/anketa#nonsense")
	guest.locator("#told.bad").wait_for()
	assert_accessible(guest)
