"""A list of people imported at once, beside a loop of `insert` over the same people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from benchmarks.lines import Line
from benchmarks.site import taken_back
from benchmarks.timing import Rounds, seconds

OF = "people"
SIZES = (100, 1_000, 10_000)
LOOP = "loop of insert"


def lines(size: int, rounds: Rounds) -> Iterator[Line]:
	"""The import reads the file and asks every rule again; what writing takes of it stands beside it."""
	import frappe

	from nastavnik_app.people import new_people, roster_import
	from nastavnik_app.tests.builders import make_school
	from nastavnik_app.tests.roster_lists import as_records, pupils, to_xlsx

	with taken_back():
		school, content = make_school("Школа с большим списком"), to_xlsx(pupils(size))
		records = as_records(size)
		frappe.set_user(school.curator)
		checked = _attached(school.organization, content)
		(check,) = rounds.shortest(
			lambda: frappe.get_doc(checked.doctype, checked.name).check_list(), undone=True
		)
		yield Line("check of a list", size, check)
		asked = _asked(school.organization, content)
		written, insert_all = [], new_people.insert_all
		with patch.object(
			new_people,
			"insert_all",
			lambda *given: written.append(seconds(lambda: insert_all(*given))),
		):
			imported, looped = rounds.shortest(
				lambda: roster_import.run(asked.name),
				lambda: _one_by_one(school.organization, records),
				undone=True,
			)
		yield Line("import of a list", size, imported, LOOP, looped)
		yield Line("its writing alone", size, min(written), LOOP, looped)
		roster_import.run(asked.name)
		assert frappe.db.count("Mentee", {"organization": school.organization}) == size
		again = _asked(school.organization, content)
		(seconds_again,) = rounds.shortest(lambda: roster_import.run(again.name), undone=True)
		yield Line("import again, nothing changed", size, seconds_again)


def _attached(organization: str, content: bytes) -> Any:
	import frappe

	from nastavnik_app.attachments import attach

	doc = frappe.get_doc(
		{"doctype": "Roster Import", "organization": organization, "people": "Mentee"}
	).insert()
	doc.file = attach("список.xlsx", content, "Roster Import", doc.name).file_url
	return doc.save()


def _asked(organization: str, content: bytes) -> Any:
	"""A list that is checked and waits to be imported."""
	doc = _attached(organization, content)
	doc.check_list()
	assert not doc.fault_count, [(one.row, one.column, one.value, one.fault) for one in doc.faults]
	doc.import_list()
	return doc


def _one_by_one(organization: str, records: list[dict[str, Any]]) -> None:
	import frappe

	for one in records:
		frappe.get_doc({"doctype": "Mentee", "organization": organization, **one}).insert()
