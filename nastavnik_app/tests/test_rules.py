"""The rules that know no database: who signs, whose signature counts, what follows what."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik_app.rules import consents, fulfilment, names, numbering
from nastavnik_app.rules.approval import ActingDirector, Signatory, approver_on, prepared_by_approver
from nastavnik_app.rules.machines import CANCELLED, DRAFT, SUBMITTED, Edge, Machine, State
from nastavnik_app.rules.personal_data import USER_DATA_FIELDS
from nastavnik_app.rules.states import ACTIONS, MACHINES, ROLES

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
	("birth", "day", "expected"),
	[
		(date(2012, 9, 2), date(2026, 9, 1), "Representative"),
		(date(2012, 9, 1), date(2026, 9, 1), "Both"),
		(date(2008, 9, 2), date(2026, 9, 1), "Both"),
		(date(2008, 9, 1), date(2026, 9, 1), "Self"),
		(date(2012, 2, 29), date(2026, 2, 28), "Representative"),
		(date(2012, 2, 29), date(2026, 3, 1), "Both"),
	],
)
def test_signatory_changes_on_the_birthday(birth: date, day: date, expected: str) -> None:
	assert consents.signatory(birth, day) == expected


def test_bounds_of_age_are_the_operators() -> None:
	pupil, day = date(2010, 5, 5), date(2026, 9, 1)
	assert consents.signatory(pupil, day) == "Both"
	assert consents.signatory(pupil, day, representative_below=18) == "Representative"


@given(DAYS, st.integers(0, 4000))
def test_nobody_grows_younger(birth: date, days: int) -> None:
	day = birth + timedelta(days=days)
	assert consents.age_on(birth, day) <= consents.age_on(birth, day + timedelta(days=1))


def test_consent_holds_to_its_last_day_and_not_on_the_day_of_withdrawal() -> None:
	term = {"signed_on": date(2026, 9, 1), "valid_until": date(2027, 5, 31)}
	assert not consents.holds(date(2026, 8, 31), withdrawn_on=None, **term)
	assert consents.holds(date(2026, 9, 1), withdrawn_on=None, **term)
	assert consents.holds(date(2027, 5, 31), withdrawn_on=None, **term)
	assert not consents.holds(date(2027, 6, 1), withdrawn_on=None, **term)
	assert not consents.holds(date(2026, 12, 1), withdrawn_on=date(2026, 12, 1), **term)


DIRECTOR = Signatory("director", "Берёзова П. И.", "Директор")
DEPUTY = Signatory("deputy", "Осинкин П. И.", "И. о. директора", acting=True)
LATER = Signatory("later", "Клёнова А. А.", "И. о. директора", acting=True)


def test_acting_director_signs_on_the_named_days_alone() -> None:
	acting = [ActingDirector(DEPUTY, date(2026, 10, 5), date(2026, 10, 9))]
	assert approver_on(date(2026, 10, 4), DIRECTOR, acting) is DIRECTOR
	assert approver_on(date(2026, 10, 5), DIRECTOR, acting) is DEPUTY
	assert approver_on(date(2026, 10, 9), DIRECTOR, acting) is DEPUTY
	assert approver_on(date(2026, 10, 10), DIRECTOR, acting) is DIRECTOR


def test_of_two_acting_the_one_named_last_signs() -> None:
	acting = [
		ActingDirector(DEPUTY, date(2026, 10, 1), date(2026, 10, 31)),
		ActingDirector(LATER, date(2026, 10, 7), date(2026, 10, 8)),
	]
	assert approver_on(date(2026, 10, 7), DIRECTOR, acting) is LATER


def test_only_the_director_signs_what_he_prepared() -> None:
	assert not prepared_by_approver("director", {"director"}, DIRECTOR)
	assert prepared_by_approver("deputy", {"deputy", "curator"}, DEPUTY)
	assert not prepared_by_approver("deputy", {"curator"}, DEPUTY)


def test_numbers_as_schools_write_them() -> None:
	assert [numbering.leading_number(text) for text in ("42-ОД", "26/1", " 7", "б/н")] == [42, 26, 7, None]
	assert numbering.counted_number(7, "ОД") == "7-ОД"
	assert numbering.counted_number(7, "к/1") == "7-к/1"
	assert numbering.counted_number(7, " /2-р ") == "7/2-р"
	assert numbering.counted_number(7, None) == "7"
	key = numbering.journal_key
	assert key("школа", 2026, "17 - ОД") == key("школа", 2026, "17-од") != key("школа", 2027, "17-ОД")


def test_names_keep_together_on_a_line() -> None:
	assert names.full_name("Иванова", " Анна ", None) == "Иванова Анна"
	assert names.initials_first("Иванова Анна Петровна") == "А.\u00a0П.\u00a0Иванова"
	assert names.initials_last("Иванова Анна Петровна") == "Иванова\u00a0А.\u00a0П."
	assert names.initials_first("Чернова Н.В.") == "Н.\u00a0В.\u00a0Чернова"
	assert names.initials_last("") == ""


def test_done_on_the_due_date_is_in_time() -> None:
	due, day = date(2026, 10, 31), date(2026, 11, 5)
	assert fulfilment.judge(due, due, day) == "In Time"
	assert fulfilment.judge(due, due + timedelta(days=1), day) == "Late"
	assert fulfilment.judge(due, None, due) is None
	assert fulfilment.judge(due, None, day) == "Overdue"
	assert fulfilment.judge(None, None, day) is None
	assert fulfilment.percent(1, 3) == 33.3
	assert fulfilment.percent(999, 1000) == 99.9
	assert fulfilment.percent(7, 7) == 100
	assert fulfilment.percent(0, 0) == 0


@pytest.mark.parametrize("machine", MACHINES.values(), ids=lambda machine: machine.doctype)
def test_the_table_is_whole(machine) -> None:
	known = {state.name: state for state in machine.states}
	assert machine.initial.docstatus == DRAFT
	for edge in machine.edges:
		assert edge.state in known and edge.next_state in known, edge
		assert set(edge.roles) <= set(ROLES), edge
		way = (known[edge.state].docstatus, known[edge.next_state].docstatus)
		assert way in {(DRAFT, DRAFT), (DRAFT, SUBMITTED), (SUBMITTED, SUBMITTED), (SUBMITTED, CANCELLED)}, (
			edge
		)
		if edge.by_person and way[0] != way[1]:
			assert machine.milestone(*way), f"{edge} changes docstatus without a milestone"
	reached = {machine.initial.name} | {edge.next_state for edge in machine.edges}
	assert reached == set(known), "a state that nothing leads to"


def test_fixture_names_the_actions_of_the_table() -> None:
	path = Path(__file__).parents[1] / "fixtures" / "workflow_action_master.json"
	assert [record["name"] for record in json.loads(path.read_text())] == ACTIONS


def fields_of_doctypes() -> dict[str, dict[str, dict]]:
	folder = Path(__file__).parents[1] / "nastavnik_app" / "doctype"
	doctypes = [json.loads(path.read_text()) for path in folder.glob("*/*.json")]
	return {one["name"]: {field["fieldname"]: field for field in one["fields"]} for one in doctypes}


def test_a_download_of_personal_data_looks_where_users_are_named() -> None:
	fields = fields_of_doctypes()
	for row in USER_DATA_FIELDS:
		assert fields[row["doctype"]][row["filter_by"]]["options"] in ("User", "Email"), row


def test_editable_fields_exist() -> None:
	fields = fields_of_doctypes()
	for machine in MACHINES.values():
		assert machine.field in fields[machine.doctype]
		for state in machine.states:
			for name in state.editable or ():
				table, _dot, column = name.partition(".")
				field = fields[machine.doctype][table]
				assert not column or column in fields[field["options"]], (machine.doctype, name)
				if state.docstatus == SUBMITTED:
					assert field.get("allow_on_submit"), (
						f"{machine.doctype}.{name} cannot change after submission"
					)


SENT = Edge("Draft", "Send", "Sent", ("Curator",), ("complete",))
LETTER = Machine(
	"Letter",
	(
		State("Draft", editable=None),
		State("Sent", editable=frozenset({"note"})),
		State("Read"),
		State("Lost"),
	),
	(SENT, Edge("Sent", "Read", "Read"), Edge("Draft", "Read", "Read"), Edge("Draft", "Take Back", "Lost")),
	milestones={(DRAFT, SUBMITTED): ("signed",)},
)


def test_what_may_be_edited_follows_the_state() -> None:
	assert LETTER.open_fields("Draft") is None
	assert LETTER.open_fields("Sent") == {"note"}
	assert LETTER.open_fields("Read") == frozenset(), "nothing, which is not the same as everything"
	assert LETTER.open_fields("Разобрано школой") is None, "a state of the site's own Workflow"


def test_an_edge_leads_from_its_state_to_the_next_and_not_back() -> None:
	assert list(LETTER.edges_between("Draft", "Sent")) == [SENT]
	assert list(LETTER.edges_between("Sent", "Draft")) == []


def test_a_state_that_a_person_may_bring_is_not_the_systems_alone() -> None:
	reached = {state.name: LETTER.reached_by_system_alone(state.name) for state in LETTER.states}
	assert reached == {"Draft": False, "Sent": False, "Read": True, "Lost": True}
	by_both = Machine("Letter", LETTER.states, (*LETTER.edges, Edge("Draft", "Lose", "Lost", ("Curator",))))
	assert not by_both.reached_by_system_alone("Lost")


def test_a_milestone_holds_for_its_change_alone() -> None:
	assert LETTER.milestone(DRAFT, SUBMITTED) == ("signed",)
	assert LETTER.milestone(SUBMITTED, CANCELLED) == ()
