"""Every page that the workspace leads to, as the curator sees it; and what each of the others begins the day with."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from journeys.inspection import inspect, named
from journeys.person import Person
from journeys.steps import PROGRAM, address_of

APP = Path(__file__).resolve().parents[1] / "nastavnik_app" / "nastavnik_app"
WORKSPACE = json.loads((APP / "workspace" / "mentoring" / "mentoring.json").read_text(encoding="utf-8"))
PEOPLE = ("curator", "director", "methodist", "psychologist", "mentor", "officer")


def linked(kind: str) -> list[str]:
	return [
		row["link_to"] for row in WORKSPACE["links"] if row["type"] == "Link" and row["link_type"] == kind
	]


# the demonstration's pairs have just begun, and it has one school; whose answers, a reader of an analysis says first
NOTHING_TO_SHOW = ("Pairs Without Meetings", "Pairs With Other Schools", "Questionnaire Analysis")


def test_sign_in(stranger: Callable[..., Person]) -> None:
	somebody = stranger()
	somebody.open("/login")
	inspect(somebody, "sign-in")
	with somebody.refused() as why:
		somebody.sign_in(address_of("curator"), "not the password")
	assert why.text
	inspect(somebody, "sign-in-refused")


@pytest.mark.parametrize("login", PEOPLE)
def test_home(person: Callable[[str], Person], login: str) -> None:
	somebody = person(login)
	somebody.home()
	inspect(somebody, f"home-{login}")


@pytest.mark.parametrize("doctype", linked("DocType"))
def test_list_and_forms(curator: Person, doctype: str) -> None:
	curator.open_list(doctype)
	inspect(curator, f"list-{named(doctype)}")
	if titles := curator.titles():
		curator.open_record(doctype, titles[0])
		inspect(curator, f"form-{named(doctype)}")
	if curator.may_create(doctype):
		curator.open_new(doctype)
		inspect(curator, f"new-{named(doctype)}")


def test_what_a_button_asks(curator: Person) -> None:
	curator.open_record("Mentoring Program", PROGRAM)
	curator.button("Make an Order")
	inspect(curator, "action-make-order")


@pytest.mark.parametrize("report", linked("Report"))
def test_report(curator: Person, report: str) -> None:
	assert curator.report(report) or report in NOTHING_TO_SHOW
	inspect(curator, f"report-{named(report)}")
