"""A list of people imported at once against a loop of `insert`, on the same site in the same run; 300 planted faults.

With no bench it makes a site of its own and removes it afterwards. NASTAVNIK_SITE and NASTAVNIK_SITES_PATH name a site
of a bench; whatever is written there is taken back at the end.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.site import SITE, opened

PEOPLE, FAULTS = 10_000, 300
ONE_BY_ONE = 100  # people of the loop, each of the three times that it runs
LEAST = 10  # times faster than the loop


@dataclass(frozen=True)
class Figures:
	"""Seconds of each step of an import, and people a second of the loop and of the import."""

	engine: str
	people: int
	faults_planted: int
	faults_told: int
	check_with_faults: float
	check: float
	run: float
	run_again: float
	inserted_one_by_one: float
	imported: float
	written_in_bulk: float

	@property
	def ratio(self) -> float:
		return self.imported / self.inserted_one_by_one


def main() -> None:
	parser = argparse.ArgumentParser(prog="python -m benchmarks.importing", description=__doc__)
	parser.add_argument("--people", type=int, default=PEOPLE, help=f"rows of the list (default {PEOPLE})")
	parser.add_argument("--json", type=Path, help="a file for the figures")
	arguments = parser.parse_args()
	with opened():
		import frappe

		# the job's own steps are not committed, so that everything can be taken back
		frappe.flags.in_test = True
		try:
			figures = measure(arguments.people)
		finally:
			frappe.db.rollback()
	show(figures)
	if arguments.json:
		found = {**asdict(figures), "ratio": figures.ratio}
		arguments.json.write_text(json.dumps(found, indent="\t") + "\n", "utf-8")


def measure(people: int) -> Figures:
	import frappe

	from nastavnik_app.people import new_people
	from nastavnik_app.tests.builders import make_school
	from nastavnik_app.tests.roster_lists import plant_faults, pupils, to_xlsx

	school = make_school("Школа с большим списком")
	frappe.set_user(school.curator)
	rows = pupils(people)
	spoilt, planted = plant_faults(rows, FAULTS)
	checked = _new_import(school.organization, to_xlsx(spoilt))
	with_faults = _seconds(checked.check_list)
	told = checked.fault_count + checked.doubtful_count
	loop = [_one_by_one(school.organization, ONE_BY_ONE)]
	written, bulk = new_people.insert_all, []
	new_people.insert_all = lambda *args: bulk.append(_seconds(lambda: written(*args)))
	try:
		first = _whole_import(school.organization, to_xlsx(rows))
	finally:
		new_people.insert_all = written
	loop.append(_one_by_one(school.organization, ONE_BY_ONE))
	again = _whole_import(school.organization, to_xlsx(rows))
	loop.append(_one_by_one(school.organization, ONE_BY_ONE))
	assert frappe.db.count("Mentee", {"organization": school.organization}) == people
	return Figures(
		engine="Frappe " + frappe.__version__ if SITE else "embedded",
		people=people,
		faults_planted=len(planted),
		faults_told=told,
		check_with_faults=with_faults,
		check=first[0],
		run=first[1],
		run_again=again[1],
		inserted_one_by_one=len(loop) * ONE_BY_ONE / sum(loop),
		imported=people / first[1],
		written_in_bulk=people / bulk[0],
	)


def _new_import(organization: str, content: bytes) -> Any:
	import frappe

	from nastavnik_app.attachments import attach

	doc = frappe.get_doc(
		{"doctype": "Roster Import", "organization": organization, "people": "Mentee"}
	).insert()
	doc.file = attach("список.xlsx", content, "Roster Import", doc.name).file_url
	doc.save()
	return doc


def _whole_import(organization: str, content: bytes) -> tuple[float, float]:
	"""Seconds of the check, and of the import with its own check."""
	from nastavnik_app.people import roster_import

	doc = _new_import(organization, content)
	check = _seconds(doc.check_list)
	assert not doc.fault_count, [(one.row, one.column, one.value, one.fault) for one in doc.faults]
	doc.import_list()
	run = _seconds(lambda: roster_import.run(doc.name))
	doc.reload()
	assert doc.status == "Imported", doc.problems
	return check, run


def _one_by_one(organization: str, count: int) -> float:
	"""Seconds of a loop of `insert` over the same kind of people, taken back afterwards."""
	import frappe

	from nastavnik_app.tests.roster_lists import as_records

	records = as_records(count)
	frappe.db.savepoint("one_by_one")
	seconds = _seconds(
		lambda: [
			frappe.get_doc({"doctype": "Mentee", "organization": organization, **one}).insert()
			for one in records
		]
	)
	frappe.db.rollback(save_point="one_by_one")
	return seconds


def _seconds(work: Callable[[], Any]) -> float:
	started = time.perf_counter()
	work()
	return time.perf_counter() - started


def show(figures: Figures) -> None:
	print(f"{figures.engine}, {figures.people} people")
	print(
		f"  faults planted {figures.faults_planted}, told {figures.faults_told}: {figures.check_with_faults:.1f} s"
	)
	print(f"  check {figures.check:.1f} s, import {figures.run:.1f} s, once more {figures.run_again:.1f} s")
	print(
		f"  people a second: insert {figures.inserted_one_by_one:.0f}, import {figures.imported:.0f}"
		f" ({figures.ratio:.1f} times), its writing alone {figures.written_in_bulk:.0f}"
	)
	if figures.ratio < LEAST:
		print(f"  under {LEAST} times")


if __name__ == "__main__":
	main()
