"""The seeded dictionaries fit their DocTypes, and roadmap templates hold every row of the kinds that they answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from nastavnik_app.rules.indicators import Target, goal_of

APP = Path(__file__).parents[1]
FILES = sorted((APP / "seed").glob("*.json"))
LAYOUT = {"Section Break", "Column Break", "Tab Break"}
CHECKS, NUMBERS = {"Check", "Int"}, {"Float", "Percent", "Currency"}
LONGEST_DATA = 140

Record = dict[str, object]


def doctype_json(doctype: str) -> dict:
	folder = doctype.lower().replace(" ", "_")
	path = APP / "nastavnik_app" / "doctype" / folder / f"{folder}.json"
	return json.loads(path.read_text(encoding="utf-8"))


def fields_of(doctype: str) -> dict[str, dict]:
	return {
		field["fieldname"]: field
		for field in doctype_json(doctype)["fields"]
		if field["fieldtype"] not in LAYOUT
	}


def records(path: Path) -> list[Record]:
	return json.loads(path.read_text(encoding="utf-8"))


def everything() -> list[Record]:
	return [record for path in FILES for record in records(path)]


def rows_in_depth(doctype: str, values: Record) -> Iterator[tuple[str, Record]]:
	"""A record and the rows of its tables, each with its DocType."""
	yield doctype, values
	for name, field in fields_of(doctype).items():
		if field["fieldtype"] == "Table":
			for row in values.get(name, []):
				yield from rows_in_depth(field["options"], row)


def problem_of(field: dict, value: object, seeded: set[tuple[str, object]]) -> str | None:
	"""What is wrong with a value of a field, or None."""
	kind, options = field["fieldtype"], field.get("options", "")
	if kind == "Select" and value not in options.split("\n"):
		return "is no choice of the list"
	if kind == "Link" and (options, value) not in seeded:
		return "links to nothing that is seeded"
	if kind == "Table" and not isinstance(value, list):
		return "is no list of rows"
	if kind in CHECKS and type(value) is not int:
		return "is no whole number"
	if kind in NUMBERS and type(value) not in (int, float):
		return "is no number"
	if kind == "Data" and (not isinstance(value, str) or len(value) > field.get("length", LONGEST_DATA)):
		return "does not fit a line"
	return None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_records_fit_their_doctypes(path: Path) -> None:
	seeded = {(record["doctype"], record["name"]) for record in everything()}
	problems = []
	for record in records(path):
		values = {key: value for key, value in record.items() if key not in ("doctype", "name")}
		for doctype, row in rows_in_depth(record["doctype"], values):
			fields = fields_of(doctype)
			where = f"{record['name']} ({doctype})"
			problems += [f"{where}: no field {key}" for key in row if key not in fields]
			problems += [
				f"{where}: {name} is missing"
				for name, field in fields.items()
				if field.get("reqd")
				and not field.get("read_only")
				and "default" not in field
				and row.get(name) in (None, "")
			]
			problems += [
				f"{where}: {key} {problem}"
				for key, value in row.items()
				if key in fields and (problem := problem_of(fields[key], value, seeded))
			]
	assert not problems, "\n".join(problems)


def test_each_slug_and_each_unique_value_is_given_once() -> None:
	slugs = [(record["doctype"], record["name"]) for record in everything()]
	assert len(slugs) == len(set(slugs))
	assert all(re.fullmatch(r"[a-z0-9-]+", slug) for _doctype, slug in slugs)
	for doctype in {record["doctype"] for record in everything()}:
		for name, field in fields_of(doctype).items():
			if field.get("unique"):
				values = [record[name] for record in everything() if record["doctype"] == doctype]
				assert len(values) == len(set(values)), f"{doctype}.{name}"


def test_seven_stages_stand_in_their_order() -> None:
	stages = records(APP / "seed" / "10_stages.json")
	assert [stage["sequence"] for stage in stages] == list(range(1, 8))


def test_forms_between_workers_ask_for_the_consent_to_additional_work() -> None:
	forms = {form["name"]: form for form in records(APP / "seed" / "10_forms.json")}
	between_workers = {name for name, form in forms.items() if form["worker_to_worker"]}
	assert between_workers == {"teacher-teacher", "educator-educator", "kindergarten-educators"}
	assert all(form["role_models"] for form in forms.values())


def test_federal_targets_end_in_2024_and_are_historical() -> None:
	indicators = records(APP / "seed" / "48_indicators.json")
	federal = [one for one in indicators if one["name"].startswith("federal-")]
	assert len(federal) == 6
	for one in federal:
		assert [target["year"] for target in one["targets"]] == [2020, 2021, 2022, 2023, 2024]
		goal = goal_of([Target(target["year"], target["target"]) for target in one["targets"]], 2027)
		assert (goal.year, goal.historical, goal.binds) == (2024, True, False)


def templates() -> dict[str, Record]:
	return {template["name"]: template for template in records(APP / "seed" / "30_roadmap_templates.json")}


def test_five_templates_hold_every_row_of_the_kinds_of_roadmap_they_answer() -> None:
	assert {name: len(template["rows"]) for name, template in templates().items()} == {
		"school-academic-year": 26,
		"school-calendar-year": 8,
		"supplementary-education": 7,
		"municipality": 13,
		"programme-of-several-years": 12,
	}


def test_every_template_row_says_when_who_and_what_comes_of_it() -> None:
	for name, template in templates().items():
		for row in template["rows"]:
			for field in ("section", "term_text", "responsible", "expected_result"):
				assert row.get(field), f"{name}: {row['title']}: {field}"
