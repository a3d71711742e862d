"""A site of the first release becomes one of today: nothing is lost, what is new is filled in, and work goes on."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from nastavnik_app import attachments, tasks
from nastavnik_app.rules.scope import SCOPE_FIELD
from nastavnik_app.tests.other_sites import counts, first_release, on

pytestmark = pytest.mark.skipif("NASTAVNIK_SITE" in os.environ, reason="makes a site of the embedded engine")
ORDER = "Mentoring Order"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
	folder = tmp_path_factory.mktemp("upgraded")
	on(first_release(folder), folder, migrate)
	return folder


@pytest.fixture(scope="module")
def before(sites: Path) -> dict[str, int]:
	return json.loads((sites / "first" / "counts.json").read_text(encoding="utf-8"))


def migrate() -> None:
	from frappe.installer import migrate

	migrate()


def test_every_record_is_there(sites: Path, before: dict[str, int]) -> None:
	after = on("first", sites, counts)
	assert set(before) <= set(after), "a DocType was taken away"
	dictionaries = {doctype for doctype in before if doctype not in SCOPE_FIELD}
	for doctype, count in before.items():
		if doctype in dictionaries:
			assert after[doctype] >= count, doctype
		else:
			assert after[doctype] == count, doctype
	assert sum(before[doctype] for doctype in SCOPE_FIELD if doctype in before) > 40


def test_a_second_migration_changes_nothing(sites: Path) -> None:
	stood = on("first", sites, everything)
	on("first", sites, migrate)
	again = on("first", sites, everything)
	for doctype, rows in stood.items():
		assert again[doctype] == rows, doctype


def everything() -> dict[str, list[Any]]:
	return {one: frappe.get_all(one, fields=["*"], order_by="name asc") for one in counts()}


def test_what_the_school_changed_stays_and_what_is_new_is_filled_in(sites: Path) -> None:
	on("first", sites, look_at_the_values)


def look_at_the_values() -> None:
	assert frappe.db.get_single_value("Mentoring Settings", "both_below_age") == 16
	assert frappe.db.get_single_value("Mentoring Settings", "silence_days") == 30
	words = "О закреплении пар, своими словами"
	assert frappe.db.get_value("Mentoring Order Type", "assign-pairs", "heading") == words
	for doctype in ("Mentor", "Mentee"):
		keys = frappe.get_all(doctype, pluck="person_key")
		assert all(keys) and len(keys) == len(set(keys))
	(left,) = frappe.get_all("Mentor", filters={"workflow_state": "Archived"}, fields=["left_on", "modified"])
	assert getdate(left.left_on) == getdate(left.modified)
	pupil = frappe.get_doc("Mentee", {"last_name": "Васильков"})
	assert (pupil.class_number, len(pupil.representatives), len(pupil.needs)) == (8, 1, 1)
	acts = frappe.get_all("Data Destruction Act", fields=["workflow_state", "docstatus"])
	assert {(act.workflow_state, act.docstatus) for act in acts} == {("Approved", 1)}
	by_hand = frappe.get_all("Mentoring Indicator", filters={"thing": ["is", "not set"]}, pluck="name")
	assert by_hand == ["municipal-staff"]
	assert frappe.get_all("Mentoring Event", pluck="status") == ["Held"]
	withdrawn = frappe.get_doc("Mentee", {"last_name": "Клёнов"})
	said = (str(withdrawn.blocked_on), withdrawn.blocked_because, withdrawn.workflow_state)
	day = frappe.db.get_value("Consent", {"party": withdrawn.name}, "withdrawn_on")
	assert said == (str(day), "Consent Withdrawn", "Archived")
	assert frappe.db.count("Mentoring Questionnaire") and frappe.db.count("Individual Plan Template")
	signed = frappe.get_doc(ORDER, {"docstatus": 1})
	copy = frappe.get_doc("File", {"file_url": signed.signed_copy})
	assert (signed.order_number, attachments.bytes_of(copy)[:4]) == ("1-н", b"%PDF")


def test_every_record_opens_and_saves(sites: Path) -> None:
	refused = on("first", sites, save_everything)
	# written by the app alone, and the one who has withdrawn the consent
	assert sorted(doctype for doctype, _why in refused) == ["Mentee", "Mentoring Print Job"], refused


def save_everything() -> list[tuple[str, str]]:
	refused = []
	for doctype in counts():
		if frappe.get_meta(doctype).istable:
			continue
		for name in frappe.get_all(doctype, pluck="name"):
			frappe.db.savepoint("opened")
			try:
				frappe.get_doc(doctype, name).save()
			except (frappe.ValidationError, frappe.PermissionError) as error:
				refused.append((doctype, f"{name}: {error}"))
			frappe.db.rollback(save_point="opened")
	return refused


def test_work_goes_on(sites: Path) -> None:
	on("first", sites, work_a_day)


def work_a_day() -> None:
	frappe.db.savepoint("worked")
	tasks.hourly()
	tasks.daily()
	failed = {"method": ["like", "Work by the clock failed%"]}
	assert not frappe.get_all("Error Log", filters=failed, fields=["method", "error"])
	name = frappe.db.get_value(ORDER, {"workflow_state": "On Approval"})
	director = frappe.db.get_value("Educational Organization", {}, "director")
	frappe.set_user(director)
	order = frappe.get_doc(ORDER, name)
	order.order_date = "2026-10-01"
	order.save()
	order = apply_workflow(order, "Sign")
	frappe.set_user("Administrator")
	assert order.order_number == "2-н", "the journal goes on where it was"
	states = {frappe.db.get_value("Pair", row.pair, "workflow_state") for row in order.pairs}
	assert states == {"Assigned"}
	frappe.db.rollback(save_point="worked")
