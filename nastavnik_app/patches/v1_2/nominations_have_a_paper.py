"""A nomination gets its paper and wording where the site has not given it any; a second kind is for contests."""

from __future__ import annotations

import json
from pathlib import Path

import frappe

from nastavnik_app import seed
from nastavnik_app.documents.nominations import PAPER

KIND, NEW = "award-nomination", "award-contest-nomination"


def execute() -> None:
	records = json.loads(Path(seed.FOLDER, "36_kinds.json").read_text(encoding="utf-8"))
	wordings = {record["name"]: record.get("wording") for record in records}
	seed.insert_missing("36_kinds", only=(NEW,))
	kind = frappe.db.get_value("Mentoring Kind", KIND, ["paper", "wording"], as_dict=True)
	if not kind or kind.paper:
		return
	values = {"paper": PAPER, "wording": kind.wording or wordings[KIND]}
	frappe.db.set_value("Mentoring Kind", KIND, values, update_modified=False)
	frappe.db.set_value("Mentoring Award", {"kind": KIND}, "paper", PAPER, update_modified=False)
