"""A school reads Russian everywhere, and English is complete: every label, option, state, action and message of the
app and of the embedded pages is English in the source and has its translation."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from nastavnik_app.locale.extraction import OWN_SENSE, TITLE_FIELDS
from nastavnik_app.rules.fulfilment import IN_TIME, LATE, OVERDUE
from nastavnik_app.rules.states import MACHINES, ROLES

APP = Path(__file__).parents[1]
ENGINE = APP.parent / "benchless"
PAGES = ENGINE / "desk"
AGAIN = (
	"Run bench generate-pot-file and bench update-po-files for nastavnik_app, then translate in locale/ru.po."
)

PLACEHOLDER = re.compile(r"\{[^{}]*\}|%(?:\(\w+\))?[sd]|</?[a-zA-Z][^<>]*>")
CALL_IN_SCRIPT = re.compile(r"__\(\s*([\"'])(?P<text>.+?)\1", re.DOTALL)
CALL_IN_TEMPLATE = re.compile(r"\b_\(\s*([\"'])(?P<text>.+?)\1", re.DOTALL)
# Sources that quote a word of a Russian document.
QUOTING = {
	"«До» a month is read as the last day of the month before",
	"«Например»: a value of a template may have been left in.",
	"No table of tasks was found. It needs a row of headings that name the activity and its term or the responsible "
	"person, for example: №, Мероприятие, Сроки, Ответственный.",
}
# English as Frappe spells it; the name of a report is a record's name and stays.
BRITISH = re.compile(
	r"programme|labour|behaviour|colour|favour|organis|personalis|recognis|authoris|finalis|centre|catalogue"
	r"|licence|enrolment|fulfilment",
	re.IGNORECASE,
)
NAMES_OF_RECORDS = {"Roadmap Fulfilment"}
# Names that are the same in every language.
PROPER = re.compile(r"\b(?:PDF|JSON|Word|Excel|XLSX|CSV|ZIP)\b")
MARKUP = re.compile(
	r"\{%-? set \w+ -?%\}.*?\{%-? endset -?%\}|\{[{%#].*?[}%#]\}|<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL
)

Key = tuple[str | None, str]


@pytest.fixture(scope="module")
def template() -> Catalog:
	return read_catalog("main.pot")


@pytest.fixture(scope="module")
def russian() -> Catalog:
	return read_catalog("ru.po")


@pytest.fixture(scope="module")
def engines_russian() -> Catalog:
	return read_catalog("ru.po", ENGINE / "frappe")


def read_catalog(name: str, package: Path = APP) -> Catalog:
	with (package / "locale" / name).open("rb") as file:
		return read_po(file, abort_invalid=True)


def messages(catalog: Catalog) -> Iterator[Message]:
	return (message for message in catalog if message.id)


def keys(catalog: Catalog) -> set[Key]:
	return {(message.context, message.id) for message in messages(catalog)}


def app_files(suffix: str) -> Iterator[Path]:
	for path in sorted(APP.rglob(f"*{suffix}")):
		if path.relative_to(APP).parts[0] not in ("tests", "locale", "seed", "fixtures"):
			yield path


def engine_files(suffix: str) -> Iterator[Path]:
	for path in sorted(ENGINE.rglob(f"*{suffix}")):
		if path.relative_to(ENGINE).parts[0] != "tests":
			yield path


def marked_in_python(path: Path) -> Iterator[ast.Call]:
	"""Calls of `_`, `frappe._` and `_lt`."""
	for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
		if isinstance(node, ast.Call) and node.args:
			name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
			if name in ("_", "_lt"):
				yield node


def said_in_python() -> Iterator[Key]:
	yield from said_in_calls(app_files(".py"))


def said_in_calls(paths: Iterable[Path]) -> Iterator[Key]:
	for path in paths:
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
			tables = ("links", "shortcuts", "charts", "number_cards", "quick_lists")
			rows = [row for table in tables for row in record[table]]
			yield from ((None, row["label"]) for row in (record, *rows))
			blocks = json.loads(record["content"])
			yield from ((None, block["data"]["text"]) for block in blocks if block["type"] == "header")
		elif record.get("doctype") == "Module Onboarding":
			yield from ((None, record[text]) for text in ("title", "subtitle", "success_message"))
		elif record.get("doctype") == "Onboarding Step":
			yield from ((None, record[text]) for text in ("title", "description", "action_label"))
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
	for path in (APP / "modules.txt", APP / "locale" / "desk_words.txt"):
		yield from ((None, name) for name in path.read_text().splitlines() if name)


def said_on_pages() -> Iterator[Key]:
	"""The embedded engine and its pages: calls, templates, and the labels of actions and of filters."""
	yield from said_in_calls(engine_files(".py"))
	for path in engine_files(".html"):
		for call in CALL_IN_TEMPLATE.finditer(path.read_text(encoding="utf-8")):
			yield None, call["text"]
	for path in engine_files(".py"):
		if path.parent == PAGES:
			yield from ((None, text) for text in labels_in_python(path))


def labels_in_python(path: Path) -> Iterator[str]:
	"""Constants under the key `label`, and the two that begin an `Action`."""
	for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
		if isinstance(node, ast.Dict):
			pairs = zip(node.keys, node.values, strict=True)
			values = [value for key, value in pairs if getattr(key, "value", None) == "label"]
		elif isinstance(node, ast.Call) and getattr(node.func, "id", None) == "Action":
			values = node.args[:2]
		else:
			values = []
		yield from (value.value for value in values if isinstance(value, ast.Constant))


def said_in_fixtures() -> Iterator[Key]:
	for path in sorted((APP / "fixtures").glob("*.json")):
		yield from (
			(None, record["workflow_action_name"])
			for record in json.loads(path.read_text(encoding="utf-8"))
			if record["doctype"] == "Workflow Action Master"
		)


OF_THE_APP = (said_in_python, said_in_pages, said_in_records, said_in_rules, said_in_fixtures)


def listed(found: list[str]) -> str:
	return "\n\t".join(["", *found])


@pytest.mark.parametrize("source", OF_THE_APP)
def test_everything_a_school_sees_is_translated(source, russian):
	said = set(source())
	assert said
	missing = sorted(f"{text} (in {context})" if context else text for context, text in said - keys(russian))
	assert not missing, f"Not in locale/ru.po. {AGAIN}{listed(missing)}"


def test_everything_on_the_embedded_pages_is_translated(russian, engines_russian):
	known = {text for _context, text in keys(russian) | keys(engines_russian)}
	said = {text for _context, text in said_on_pages()}
	assert len(said) > 100
	missing = sorted(said - known)
	assert not missing, f"Translate in benchless/frappe/locale/ru.po:{listed(missing)}"


@pytest.mark.parametrize("source", [*OF_THE_APP, said_on_pages])
def test_every_source_is_in_frappes_english(source):
	said = {text for _context, text in source()} - QUOTING - NAMES_OF_RECORDS
	wrong = sorted(text for text in said if cyrillic(text) or BRITISH.search(text))
	assert not wrong, f"Write it in English, spelled as Frappe does (program, labor):{listed(wrong)}"


def test_both_catalogues_hold_the_same_messages(template, russian):
	differing = sorted(str(key) for key in keys(template) ^ keys(russian))
	assert not differing, f"main.pot and ru.po differ. {AGAIN}{listed(differing)}"


def test_nothing_is_translated_that_nobody_says(russian):
	said = {key for source in OF_THE_APP for key in source()}
	stale = sorted(f"{text} (in {context})" if context else text for context, text in keys(russian) - said)
	assert not stale, f"No longer said by the app. {AGAIN}{listed(stale)}"


@pytest.mark.parametrize("name", ["russian", "engines_russian"])
def test_no_message_is_left_empty_doubtful_or_in_english(name, request):
	unfinished = [
		message.id
		for message in messages(request.getfixturevalue(name))
		if message.fuzzy or not message.string or (has_words(message.id) and not cyrillic(message.string))
	]
	assert not unfinished, f"Without a good translation:{listed(unfinished)}"


def has_words(text: str) -> bool:
	return bool(re.search("[A-Za-z]", PROPER.sub("", PLACEHOLDER.sub("", text))))


def cyrillic(text: str) -> bool:
	return bool(re.search("[А-Яа-яЁё]", text))


@pytest.mark.parametrize("name", ["russian", "engines_russian"])
def test_a_translation_fills_in_the_same_values(name, request):
	differing = [
		f"{message.id} → {message.string}"
		for message in messages(request.getfixturevalue(name))
		if Counter(PLACEHOLDER.findall(message.id)) != Counter(PLACEHOLDER.findall(message.string))
	]
	assert not differing, f"Placeholders or tags differ:{listed(differing)}"


def test_messages_are_whole_when_they_are_translated():
	wrong = [
		f"{path.relative_to(APP.parent)}:{call.lineno}"
		for path in (*app_files(".py"), *engine_files(".py"))
		for call in marked_in_python(path)
		if isinstance(call.args[0], (ast.JoinedStr, ast.BinOp))
	]
	assert not wrong, f"Write _('English with {{0}}').format(value):{listed(wrong)}"


def test_columns_of_reports_are_translated():
	for path in sorted(APP.glob("nastavnik_app/report/*/*.py")):
		assert not list(labels_in_python(path)), f"{path.name}: write the label of a column as _('…')"


def test_pages_and_mails_say_nothing_past_the_catalogue():
	"""Papers of law are Russian by themselves: `templates/print` and print formats. Mails and pages are not."""
	mails = [*APP.glob("templates/emails/*.html"), *APP.glob("templates/reports/*.html")]
	pages = [*engine_files(".html")]
	assert mails and pages
	for path in (*mails, *pages):
		bare = MARKUP.sub(" ", path.read_text(encoding="utf-8"))
		assert not has_words(bare) and not cyrillic(bare), f"{path.name}: {' '.join(bare.split())}"
	for path in (*app_files(".js"), *engine_files(".js")):
		assert not cyrillic(path.read_text(encoding="utf-8")), path.name
