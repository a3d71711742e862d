"""Every page that the workspaces lead to: the school's as the curator sees it, the authority's as the officer does; and
what each of the others begins the day with."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from journeys.inspection import inspect, named
from journeys.person import Person
from journeys.steps import PROGRAM, address_of

APP = Path(__file__).resolve().parents[1] / "nastavnik_app" / "nastavnik_app"
ROLES = {"curator": "Mentoring Curator", "officer": "Mentoring Municipal Officer"}
PEOPLE = ("curator", "director", "methodist", "psychologist", "mentor", "officer")
READERS = {"mentoring": "curator", "municipal_mentoring": "officer"}


def linked(kind: str) -> list[tuple[str, str]]:
	"""Who opens what: a workspace shows each reader what the reader's role may open."""
	return [
		(reader, row["link_to"])
		for workspace, reader in READERS.items()
		for row in shipped("workspace", workspace)["links"]
		if row["type"] == "Link" and row["link_type"] == kind and may_open(reader, kind, row["link_to"])
	]


def may_open(reader: str, kind: str, name: str) -> bool:
	"""By the roles that the DocType or the report is shipped with."""
	record = shipped(kind.lower(), named(name).replace("-", "_"))
	rows = record["permissions"] if kind == "DocType" else record["roles"]
	return ROLES[reader] in {row["role"] for row in rows}


def shipped(folder: str, name: str) -> dict:
	return json.loads((APP / folder / name / f"{name}.json").read_text(encoding="utf-8"))


# the demonstration's pairs have just begun, and one school has them; what the others tell of, their reader says first
NOTHING_TO_SHOW = (
	"Pairs Without Meetings",
	"Pairs With Other Schools",
	"Questionnaire Analysis",
	"Entry and Exit by Cohort",
	"Who Was Counted",
)


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
	somebody.home("Municipal Mentoring" if login == "officer" else "Mentoring")
	inspect(somebody, f"home-{login}")


@pytest.mark.parametrize(("login", "doctype"), linked("DocType"))
def test_list_and_forms(person: Callable[[str], Person], login: str, doctype: str) -> None:
	somebody, name = person(login), picture_of(login, doctype)
	somebody.open_list(doctype)
	inspect(somebody, f"list-{name}")
	if titles := somebody.titles():
		somebody.open_record(doctype, titles[0])
		inspect(somebody, f"form-{name}")
	if somebody.may_create(doctype):
		somebody.open_new(doctype)
		inspect(somebody, f"new-{name}")


def test_what_a_button_asks(curator: Person) -> None:
	curator.open_record("Mentoring Program", PROGRAM)
	curator.button("Make an Order")
	inspect(curator, "action-make-order")


@pytest.mark.parametrize(("login", "report"), linked("Report"))
def test_report(person: Callable[[str], Person], login: str, report: str) -> None:
	somebody = person(login)
	assert somebody.report(report) or report in NOTHING_TO_SHOW
	inspect(somebody, f"report-{picture_of(login, report)}")


def picture_of(login: str, what: str) -> str:
	"""What the curator sees bears no login."""
	return named(what) if login == "curator" else f"{login}-{named(what)}"
