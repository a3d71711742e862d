"""Orders, acts and other papers out of the seeds are whole and typed cleanly, and no line of them is a school's own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from nastavnik_app.documents.placeholders import (
	AWARD_PLACEHOLDERS,
	ORDER_PLACEHOLDERS,
	PROGRAM_PLACEHOLDERS,
	check_template,
)
from nastavnik_app.orders import drafting
from nastavnik_app.orders.signing import EFFECTS
from nastavnik_app.tests.test_seed_files import (
	APP,
	Record,
	everything,
	fields_of,
	records,
	templates,
)

SOURCES = sorted((APP.parents[1] / "shared" / "seeds").glob("*.txt"))

ORDERS_BY_KIND = {
	1: {"start-program"},
	2: {"working-group"},
	3: {"appoint-curator"},
	4: {"approve-regulation", "approve-teacher-regulation"},
	5: {"approve-roadmap"},
	6: {"monitoring-terms"},
	7: {"accessibility"},
	8: {"mentor-school"},
	9: {"assign-pairs"},
	10: {"approve-plans", "approve-plan-form"},
	11: {"final-event"},
	12: {"contest"},
	13: {"grant-awards"},
	14: {"mentor-duties"},
	15: {"replace-mentor", "terminate-pairs", "close-program"},
	16: {"next-roadmap"},
}
"""The sixteen orders of a programme, from the start to the roadmap of the next year."""

WORDED = ("heading", "preamble", "control", "annex_title", "list_title", "text", "wording")
PLACEHOLDERS = {
	"Mentoring Order Type": ORDER_PLACEHOLDERS,
	"Mentoring Local Act Template": PROGRAM_PLACEHOLDERS,
	"Mentoring Kind": AWARD_PLACEHOLDERS,
}


def orders() -> dict[str, Record]:
	return {kind["name"]: kind for kind in records(APP / "seed" / "40_order_types.json")}


def acts() -> dict[str, Record]:
	return {act["name"]: act for act in records(APP / "seed" / "35_local_act_templates.json")}


def kinds(about: str) -> list[Record]:
	return [kind for kind in records(APP / "seed" / "36_kinds.json") if kind["about"] == about]


def strings(value: object, key: str = "") -> Iterator[tuple[str, str]]:
	"""Every text of a record with the field that it stands in."""
	if isinstance(value, str):
		yield key, value
	elif isinstance(value, dict):
		for name, inner in value.items():
			yield from strings(inner, name)
	elif isinstance(value, list):
		for inner in value:
			yield from strings(inner, key)


def papers() -> Iterator[tuple[str, str, str]]:
	"""Every text that somebody signs: record, field, text."""
	for record in [*orders().values(), *acts().values(), *kinds("Award")]:
		for field, text in strings(record):
			if field not in ("doctype", "name"):
				yield f"{record['doctype']} {record['name']}", field, text


def test_every_kind_of_order_of_a_programme_is_there() -> None:
	assert list(ORDERS_BY_KIND) == list(range(1, 17))
	assert set().union(*ORDERS_BY_KIND.values()) | {"other"} <= orders().keys()


def test_every_effect_has_an_order_that_brings_it() -> None:
	effects = set(fields_of("Mentoring Order Type")["effect"]["options"].split("\n"))
	assert {kind.get("effect", "") for kind in orders().values()} == effects


def test_every_effect_can_be_chosen_and_is_offered_for_something() -> None:
	for doctype in ("Mentoring Order Type", "Mentoring Order"):
		assert set(fields_of(doctype)["effect"]["options"].split("\n")) == {"", *EFFECTS}, doctype
	offered = [*drafting.PROGRAM_EFFECTS, *(one for of in drafting.SUBJECTS.values() for one in of.effects)]
	assert sorted([*offered, "Replace Mentor"]) == sorted(["", *EFFECTS])  # that one has an action of its own


def test_every_placeholder_is_known_where_it_stands() -> None:
	faults = []
	for record in everything():
		for field, text in strings(record):
			if field in WORDED and record["doctype"] in PLACEHOLDERS:
				fault = check_template(text, PLACEHOLDERS[record["doctype"]])
				faults += [fault] if fault else []
			elif "{{" in text or "{%" in text:
				faults.append(f"{record['name']}: {field} is not filled in: {text}")
	assert not faults, faults


def test_a_new_local_act_has_no_date_yet() -> None:
	for name, act in acts().items():
		assert "{{ date }}" not in json.dumps(act), name


def annexes_of(kind: Record) -> int:
	return (
		len(kind.get("acts", ()))
		+ kind.get("annex_roadmap", 0)
		+ bool(kind.get("annex_title"))
		+ bool(kind.get("list_title"))
	)


def test_an_order_names_each_of_its_annexes_and_no_other() -> None:
	for name, kind in orders().items():
		text = " ".join(row["text"] for row in kind.get("points", ()))
		named = {int(number) for number in re.findall(r"приложени\w+ (\d+)", text)}
		assert named == set(range(1, annexes_of(kind) + 1)), name


def test_an_order_that_lists_people_has_them_read_it_and_sign() -> None:
	for name, kind in orders().items():
		if kind.get("list_of_people") or kind.get("effect") in ("Assign Pairs", "Terminate Pairs"):
			assert any("под подпись" in row["text"] for row in kind["points"]), name


def test_lists_have_up_to_four_columns_and_no_cell_beyond_them() -> None:
	for name, kind in orders().items():
		columns = kind["list_columns"].split(" | ") if kind.get("list_columns") else []
		assert bool(columns) == bool(kind.get("list_title")), name
		assert len(columns) <= 4, name
		for row in kind.get("list_rows", ()):
			assert set(row) <= {f"cell_{place}" for place in range(1, len(columns) + 1)}, f"{name}: {row}"


def test_hours_of_the_training_are_the_same_in_its_programme_and_in_its_schedule() -> None:
	scheduled = sum(int(row["cell_3"]) for row in orders()["mentor-school"]["list_rows"])
	text = "\n".join(section["text"] for section in acts()["mentor-school-program"]["sections"])
	taught = sum(int(hours) for hours in re.findall(r"\((\d+) час", text))
	assert scheduled == taught == int(re.search(r"объём обучения — (\d+) час", text)[1])


def test_regulation_and_programme_have_every_part_they_need() -> None:
	filled = [section.get("content") for section in acts()["program"]["sections"]]
	wanted = ["Aims", "Tasks", "Leaders", "Forms", "Partners", "Roadmap by Stages", "Expected Results"]
	assert set(wanted) | {"Indicators"} <= set(filled)
	headings = " ".join(section["heading"] for section in acts()["regulation"]["sections"])
	for part in ("куратора", "наставника", "наставляемого", "пар", "Мониторинг", "поощрение", "Документы"):
		assert part in headings, part
	assert "Forms" in [section.get("content") for section in acts()["regulation"]["sections"]]


def test_kinds_carry_what_they_are_about_in_their_slug() -> None:
	for about in ("Award", "Event", "Meeting", "Publication"):
		assert kinds(about), about
		for kind in kinds(about):
			assert kind["name"].startswith(f"{about.lower()}-"), kind["name"]
			assert about == "Award" or not {"paper", "to_parents", "wording"} & set(kind), kind["name"]
	assert [kind["sequence"] for kind in kinds("Meeting")] == list(range(1, 8))


def test_every_award_on_paper_says_what_for() -> None:
	for kind in kinds("Award"):
		assert bool(kind.get("paper")) == bool(kind.get("wording")), kind["name"]
		if kind.get("to_parents"):
			assert "{{ participant_genitive }}" in kind["wording"]


LOST_YO = re.compile(
	r"\b(?:\w*отчет\w*|учет\w*|расчет\w*|партнер\w*|объем\w*|прием\w*|еще|ее|нее|путем|трех|четырех|почет\w*|"
	r"одарен\w*|отдаленн\w*|утвержденн\w*|закрепленн\w*|проведенн\w*|определенн\w*|включенн\w*|приобретенн\w*|"
	r"затрудненн\w*|надежн\w*|вперед|причем|ребенок|вовлеченн\w*)\b",
	re.IGNORECASE,
)


def test_the_papers_are_typed_cleanly() -> None:
	faults = []
	for where, field, text in papers():
		for line in text.split("\n"):
			for fault, found in (
				("spaces", line != line.strip() or "  " in line),
				("straight quotes", '"' in line or "“" in line),
				("unpaired quotes", line.count("«") != line.count("»")),
				("unpaired brackets", line.count("(") != line.count(")")),
				("hyphen for a dash", " - " in line or line.startswith("-")),
				# «… 2027 г.» has a stop of its own
				("a stop after a day", re.search(r"{{ (period|ended_on|date|reason) }}\.", line)),
				("space before a stop", re.search(r" [,.;:!?]", line)),
				("ё", LOST_YO.search(line)),
				("a Latin letter in a Russian word", re.search(r"[А-яё][A-Za-z]|[A-Za-z][А-яё]", line)),
			):
				if found:
					faults.append(f"{where}, {field}: {fault}: {line}")
	assert not faults, "\n".join(faults)


def stops_of_list(text: str) -> Iterator[tuple[str, str]]:
	"""Lines of a point or a section that end as they should not."""
	lines = text.split("\n")
	for line, following in zip(lines, [*lines[1:], ""], strict=True):
		item, listed = line.startswith("– "), following.startswith("– ")
		wanted = ";" if item and listed else ":" if listed else "."
		if not line.endswith((wanted, "{{ reason }}")):
			yield line, wanted


def test_points_and_sections_end_as_sentences_and_items_as_items() -> None:
	texts = [(name, row["text"], "") for name, kind in orders().items() for row in kind.get("points", ())]
	texts += [
		(name, section["text"], section.get("content"))
		for name, act in acts().items()
		for section in act["sections"]
	]
	faults = [
		f"{name}: wants «{wanted}»: {line}"
		for name, text, content in texts
		for line, wanted in stops_of_list(text)
		# what the app writes below needs the colon
		if not (content and line == text.split("\n")[-1] and line.endswith(":"))
	]
	assert not faults, "\n".join(faults)


def test_a_preamble_leads_up_to_the_command() -> None:
	assert not [name for name, kind in orders().items() if kind["preamble"][-1] in ".,;:"]


def words(text: str) -> str:
	return " ".join(re.findall(r"\w+", text.lower().replace("ё", "е")))


@pytest.mark.skipif(
	not SOURCES, reason="the collected roadmaps lie beside the repository only where it is written"
)
def test_no_line_is_copied_from_a_school() -> None:
	copied_from = " ".join(words(path.read_text(encoding="utf-8")) for path in SOURCES)
	own_text = ("title", "content", "expected_result", "indicator")
	lines = [
		line
		for template in templates().values()
		for row in template["rows"]
		for field in own_text
		for line in row.get(field, "").split("\n")
	]
	copied = [line for line in lines if len(words(line).split()) > 3 and words(line) in copied_from]
	copied += [
		line
		for _where, field, text in papers()
		# an order bears the name that such orders bear everywhere
		if field not in ("title", "heading")
		for line in text.split("\n")
		if len(words(line).split()) > 6 and words(line) in copied_from
	]
	assert not copied, copied


def test_seeds_name_no_person() -> None:
	initials = re.compile(r"[А-ЯЁ][а-яё]+\s+[А-ЯЁ]\.|[А-ЯЁ]\.\s*[А-ЯЁ]\.")
	for record in everything():
		assert not initials.search(json.dumps(record, ensure_ascii=False)), record["name"]
