"""The scripts of Desk's forms keep what was typed and show the record that is open; run by Node, which a bench has."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import frappe
import pytest

pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="the scripts of forms are run by Node")

FORMS = Path(frappe.get_app_path("nastavnik_app", "nastavnik_app", "doctype"))
BUNDLE = Path(frappe.get_app_path("nastavnik_app", "public", "js", "nastavnik_desk.bundle.js")).read_text(
	"utf-8"
)
DESK = """
const done = [], waiting = [];
let handlers, buttons, sections, dirty, figures = "";
globalThis.__ = (text) => text;
globalThis.frappe = {
	provide: (path) => path.split(".").reduce((within, name) => (within[name] ??= {}), globalThis),
	ui: { form: { on: (doctype, given) => (handlers = given) } },
	call: () => (done.push("call"), new Promise((answer) => waiting.push(answer))),
	datetime: { get_day_diff: () => 1000 },
	model: { can_create: () => false },
	utils: { escape_html: (text) => text },
	show_alert() {},
};
const figures_html = { $wrapper: { html: (text) => (figures = text), empty: () => (figures = "") } };
const add_section = (html) => {
	const section = { html };
	sections.push(section);
	return { find: () => ({ html: (text) => (section.html = text) }) };
};
const frm = {
	fields_dict: { figures_html },
	perm: [{ write: 1 }],
	dashboard: { add_section, show() {} },
	is_new: () => !!frm.doc.__islocal,
	is_dirty: () => dirty,
	save: async () => (done.push("save"), (dirty = false)),
	reload_doc: () => done.push("reload"),
	add_custom_button: (label, act) => (buttons[label] = act),
	toggle_display() {},
	set_df_property() {},
};
const open = (doc) => {
	buttons = {};
	sections = [];
	frm.doc = doc;
	handlers.refresh(frm);
};
const settled = () => new Promise((done) => setTimeout(done));
const answer = (index, message) => (waiting[index]({ message }), settled());
"""


def said_by(doctype: str, steps: str) -> list:
	"""What `steps` print in a Desk of which the form of a DocType is open, as the JSON that they are."""
	name = frappe.scrub(doctype)
	script = (FORMS / name / f"{name}.js").read_text(encoding="utf-8")
	program = f"{DESK}\n(() => {{ {BUNDLE} }})();\n{script}\n(async () => {{ {steps} }})();"
	ran = subprocess.run(["node", "-"], input=program, capture_output=True, text=True, encoding="utf-8")
	assert not ran.returncode, ran.stderr
	return json.loads(ran.stdout)


BUTTONS = [
	("Pair Meeting", "Take From the Plan", {"status": "Planned"}),
	("Website Check", "List Schools and Documents", {}),
	("Mentoring Program", "Divide Into Years", {"workflow_state": "Draft", "years": []}),
	("Program Return", "Count Anew", {"docstatus": 0, "workflow_state": "Draft"}),
	("Program Return Request", "Remind", {}),
]


@pytest.mark.parametrize("typed", (True, False))
@pytest.mark.parametrize("doctype, label, doc", BUTTONS, ids=[label for _doctype, label, _doc in BUTTONS])
def test_a_button_saves_what_was_typed_before_the_form_is_loaded_anew(
	doctype: str, label: str, doc: dict, typed: bool
) -> None:
	steps = f"""
		open({json.dumps({"name": "one", **doc})});
		done.length = waiting.length = 0; // what the form itself has asked for
		dirty = {json.dumps(typed)};
		buttons[{json.dumps(label)}]();
		await settled();
		await answer(0, "");
		console.log(JSON.stringify(done));
	"""
	assert said_by(doctype, steps) == ["save"] * typed + ["call", "reload"]


def test_a_new_return_shows_no_figures_of_the_one_before() -> None:
	steps = """
		open({ name: "one", docstatus: 0 });
		await answer(0, "figures of one");
		const shown = [figures];
		open({ name: "new", __islocal: 1 });
		console.log(JSON.stringify([...shown, figures]));
	"""
	assert said_by("Program Return", steps) == ["figures of one", ""]


def test_figures_that_come_late_are_not_shown_in_another_return() -> None:
	steps = """
		open({ name: "one", docstatus: 0 });
		open({ name: "two", docstatus: 0 });
		await answer(1, "figures of two");
		await answer(0, "figures of one");
		console.log(JSON.stringify(figures));
	"""
	assert said_by("Program Return", steps) == "figures of two"


@pytest.mark.parametrize(("opened_before", "opened"), [("one", "two"), ("two", "two")])
def test_what_signing_does_is_said_once_and_in_its_own_order(opened_before: str, opened: str) -> None:
	steps = f"""
		open({{ name: "{opened_before}", docstatus: 0 }});
		open({{ name: "{opened}", docstatus: 0 }});
		await answer(1, ["What two does"]);
		await answer(0, ["What was asked before"]);
		console.log(JSON.stringify(sections.map((section) => section.html)));
	"""
	(said,) = said_by("Mentoring Order", steps)
	assert "What two does" in said
