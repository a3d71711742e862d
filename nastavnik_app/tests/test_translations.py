"""A school reads Russian everywhere: every label, option, state, action and message has its translation."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from nastavnik_app.locale.extraction import OWN_SENSE, TITLE_FIELDS
from nastavnik_app.rules.fulfilment import IN_TIME, LATE, OVERDUE
from nastavnik_app.rules.states import MACHINES, ROLES

APP = Path(__file__).parents[1]
AGAIN = (
	"Run bench generate-pot-file and bench update-po-files for nastavnik_app, then translate in locale/ru.po."
)

PLACEHOLDER = re.compile(r"\{[^{}]*\}|%(?:\(\w+\))?[sd]|</?[a-zA-Z][^<>]*>")
CALL_IN_SCRIPT = re.compile(r"__\(\s*([\"'])(?P<text>.+?)\1", re.DOTALL)
CALL_IN_TEMPLATE = re.compile(r"\b_\(\s*([\"'])(?P<text>.+?)\1", re.DOTALL)
# A message may quote a word of the document that was read.
QUOTED = re.compile(r"«[^»]*»|for example: .*")

Key = tuple[str | None, str]


@pytest.fixture(scope="module")
def template() -> Catalog:
	return read_catalog("main.pot")


@pytest.fixture(scope="module")
def russian() -> Catalog:
	return read_catalog("ru.po")


def read_catalog(name: str) -> Catalog:
	with (APP / "locale" / name).open("rb") as file:
		return read_po(file, abort_invalid=True)


def messages(catalog: Catalog) -> Iterator[Message]:
	return (message for message in catalog if message.id)


def keys(catalog: Catalog) -> set[Key]:
	return {(message.context, message.id) for message in messages(catalog)}


def app_files(suffix: str) -> Iterator[Path]:
	for path in sorted(APP.rglob(f"*{suffix}")):
		if path.relative_to(APP).parts[0] not in ("tests", "locale", "seed", "fixtures"):
			yield path


def marked_in_python(path: Path) -> Iterator[ast.Call]:
	"""Calls of `_`, `frappe._` and `_lt`."""
	for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
		if isinstance(node, ast.Call) and node.args:
			name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
			if name in ("_", "_lt"):
				yield node


def said_in_python() -> Iterator[Key]:
	for path in app_files(".py"):
		for call in marked_in_python(path):
			if isinstance(call.args[0], ast.Constant):
				context = [word.value.value for word in call.keywords if isinstance(word.value, ast.Constant)]
				yield (context[0] if context else None), call.args[0].value


def said_in_pages() -> Iterator[Key]:
	for suffix, pattern in ((".js", CALL_IN_SCRIPT), (".html", CALL_IN_TEMPLATE)):
		for path in app_files(suffix):
			for call in pattern.finditer(path.read_text(encoding="utf-8")):
				yield None, call["text"]


def said_in_records() -> Iterator[Key]:
	for path in app_files(".json"):
		record = json.loads(path.read_text(encoding="utf-8"))
		if record.get("doctype") == "DocType":
			yield from said_in_doctype(record)
		elif record.get("doctype") == "Report":
			yield None, record["report_name"]
		elif record.get("doctype") == "Workspace":
			rows = [
				row for table in ("links", "shortcuts", "charts", "number_cards") for row in record[table]
			]
			yield from ((None, row["label"]) for row in (record, *rows))
		elif record.get("doctype") in TITLE_FIELDS:
			yield None, record[TITLE_FIELDS[record["doctype"]]]


def said_in_doctype(doctype: dict) -> Iterator[Key]:
	texts = [doctype["name"], doctype.get("description")]
	texts += [link.get("group") for link in doctype.get("links", [])]
	texts += [rule["role"] for rule in doctype.get("permissions", [])]
	for field in doctype["fields"]:
		own = [field.get("label"), field.get("description")]
		if field["fieldtype"] == "Select":
			own += [option for option in field["options"].split("\n") if not option.isdigit()]
		texts += own
		yield from ((doctype["name"], text) for text in own if text in OWN_SENSE)
	yield from ((None, text) for text in texts if text)


def said_in_rules() -> Iterator[Key]:
	for machine in MACHINES.values():
		yield from ((None, state.name) for state in machine.states)
		yield from ((None, edge.action) for edge in machine.edges)
	yield from ((None, word) for word in (*ROLES, IN_TIME, LATE, OVERDUE))
	yield from ((None, name) for name in (APP / "modules.txt").read_text().splitlines() if name)


def listed(found: list[str]) -> str:
	return "\n\t".join(["", *found])


@pytest.mark.parametrize("source", [said_in_python, said_in_pages, said_in_records, said_in_rules])
def test_everything_a_school_sees_is_translated(source, russian):
	said = set(source())
	assert said
	missing = sorted(f"{text} (in {context})" if context else text for context, text in said - keys(russian))
	assert not missing, f"Not in locale/ru.po. {AGAIN}{listed(missing)}"


def test_both_catalogues_hold_the_same_messages(template, russian):
	differing = sorted(str(key) for key in keys(template) ^ keys(russian))
	assert not differing, f"main.pot and ru.po differ. {AGAIN}{listed(differing)}"


def test_no_message_is_left_empty_doubtful_or_in_english(russian):
	unfinished = [
		message.id
		for message in messages(russian)
		if message.fuzzy or not message.string or (has_words(message.id) and not cyrillic(message.string))
	]
	assert not unfinished, f"Without a good translation:{listed(unfinished)}"


def has_words(text: str) -> bool:
	return bool(re.search("[A-Za-z]", PLACEHOLDER.sub("", text)))


def cyrillic(text: str) -> bool:
	return bool(re.search("[А-Яа-яЁё]", text))


def test_a_translation_fills_in_the_same_values(russian):
	differing = [
		f"{message.id} → {message.string}"
		for message in messages(russian)
		if Counter(PLACEHOLDER.findall(message.id)) != Counter(PLACEHOLDER.findall(message.string))
	]
	assert not differing, f"Placeholders or tags differ:{listed(differing)}"


def test_messages_are_written_in_english_with_placeholders():
	wrong = []
	for path in app_files(".py"):
		for call in marked_in_python(path):
			text = call.args[0]
			in_russian = isinstance(text, ast.Constant) and cyrillic(QUOTED.sub("", text.value))
			if in_russian or isinstance(text, (ast.JoinedStr, ast.BinOp)):
				wrong.append(f"{path.relative_to(APP)}:{call.lineno}")
	assert not wrong, f"Write _('English with {{0}}').format(value):{listed(wrong)}"
