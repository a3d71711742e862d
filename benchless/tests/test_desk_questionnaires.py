"""Questionnaires on the staff pages: links that are shown once, answers typed in, the page for guests."""

from __future__ import annotations

import os
import re
from types import SimpleNamespace

import frappe
import pytest

from benchless.tests.staff_pages import (
	Browser,
	apart,
	curator,
	desk,
	director,
	signed_in,
	stored,
	told,
	undone,
)

pytestmark = pytest.mark.skipif("NASTAVNIK_SITE" in os.environ, reason="about the pages of benchless")
__all__ = ["curator", "desk", "director", "signed_in", "undone"]  # fixtures

INVITE = "/app/mentoring-program/action/invite-to-answer"
RESPONSES = "/app/mentoring-questionnaire-response"
LINK = re.compile(r'href="http://[^"]*/anketa#([\w-]{43})"')


def questions(desk: SimpleNamespace, questionnaire: str) -> list:
	def read() -> list:
		frappe.init("desk", sites_path=str(desk.folder), force=True)
		frappe.connect()
		try:
			return frappe.get_doc("Mentoring Questionnaire", questionnaire).questions
		finally:
			frappe.destroy()

	return apart(read)


def answers(desk: SimpleNamespace, questionnaire: str) -> dict[str, str]:
	fitting = {"Scale 1-10": "8", "Yes or No": "Yes", "Open": "Своими словами", "Several Choices": "sport"}
	given = {row.name: fitting.get(row.answer_kind) for row in questions(desk, questionnaire)}
	for row in questions(desk, questionnaire):
		if row.answer_kind == "Choice":
			given[row.name] = row.options.split("\n")[0]
		elif row.used_for == "Time":
			given[row.name] = "Monday Morning"
	return given


def test_links_are_shown_once_and_answers_are_typed_in(
	desk: SimpleNamespace,
	curator: Browser,
) -> None:
	asked = curator.get(f"{INVITE}?name={desk.program}")
	assert asked.status_code == 200 and "Вводная анкета наставника" in asked.text
	page = curator.post(INVITE, name=desk.program, questionnaire="entry-mentor", source="", by_mail="")
	assert page.status_code == 200, told(page)
	tokens = LINK.findall(page.text)
	assert len(tokens) == len(set(tokens)) == 2  # of the two mentors

	listed = curator.get(RESPONSES).text
	assert not LINK.search(listed) and not any(token in listed for token in tokens)
	name = re.search(rf'href="{RESPONSES}/(\w{{10}})"', listed)[1]
	form = curator.get(f"{RESPONSES}/{name}").text
	assert "action/enter-answers" in form and "action/new-link" in form
	assert not any(token in form for token in tokens)

	path = f"{RESPONSES}/action/enter-answers"
	refused = curator.post(path, name=name)
	assert refused.status_code == 417
	typed = answers(desk, "entry-mentor")
	done = curator.post(path, name=name, **typed)
	assert done.status_code == 303, told(done)
	fields = ("status", "way")
	assert stored(desk, "Mentoring Questionnaire Response", name, fields) == ("Answered", "On Paper")
	form = curator.get(f"{RESPONSES}/{name}").text
	assert "Своими словами" in form and "action/enter-answers" not in form


def test_another_link_for_who_has_lost_the_first(
	desk: SimpleNamespace,
	curator: Browser,
) -> None:
	page = curator.post(
		INVITE, name=desk.program, questionnaire="third-party-staff", source="Psychologist", by_mail=""
	)
	first = LINK.findall(page.text)
	name = re.search(rf'href="{RESPONSES}/(\w{{10}})"', curator.get(RESPONSES).text)[1]
	again = LINK.findall(curator.post(f"{RESPONSES}/action/new-link", name=name).text)
	assert len(again) == 1 and again[0] not in first


def test_who_gives_no_links_is_offered_none(desk: SimpleNamespace, director: Browser) -> None:
	assert "invite-to-answer" not in director.get(f"/app/mentoring-program/{desk.program}").text
	refused = director.post(INVITE, name=desk.program, questionnaire="entry-mentor", source="", by_mail="")
	assert refused.status_code == 403


def test_a_new_version_from_the_form(desk: SimpleNamespace, curator: Browser) -> None:
	path = "/app/mentoring-questionnaire/action/new-version"
	done = curator.post(path, name="exit-mentor")
	assert done.status_code == 303, told(done)
	name = done.location.rsplit("/", 1)[1]
	fields = ("version", "status", "organization")
	assert stored(desk, "Mentoring Questionnaire", name, fields) == (2, "Draft", desk.organization)


def test_the_page_for_guests_needs_no_sign_in(desk: SimpleNamespace) -> None:
	guest = Browser(desk.app)
	page = guest.get("/anketa")
	assert page.status_code == 200 and '<html lang="ru">' in page.text
	assert "noindex" in page.headers["X-Robots-Tag"]
	loaded = re.findall(r'(?:src|href)="(/assets/[^"?]+)', page.text)
	assert len(loaded) == 3
	for path in loaded:
		assert guest.get(path).status_code == 200, path
	for path in ("/assets/nastavnik_app/../hooks.py", "/assets/nastavnik_app/%2e%2e/hooks.py"):
		assert guest.get(path).status_code == 404, path
