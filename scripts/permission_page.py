"""python -m scripts.permission_page: writes docs/permissions.md from the DocType files and `nastavnik_app/permissions.py`."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from nastavnik_app import hooks
from nastavnik_app.rules.states import ROLES

COMMAND = "python -m scripts.permission_page"
REPOSITORY = Path(__file__).resolve().parents[1]
PAGE = REPOSITORY / "docs" / "permissions.md"
APP = REPOSITORY / "nastavnik_app"

COLUMNS = ("System Manager", *ROLES)
SHORT = {role: role.removeprefix("Mentoring ") for role in COLUMNS}
LETTERS = {
	"read": "R",
	"write": "W",
	"create": "C",
	"delete": "D",
	"submit": "S",
	"cancel": "X",
	"print": "P",
	"email": "M",
	"report": "B",
	"export": "E",
}

OF_ORGANIZATION = "records of the organizations that one belongs to"
NOBODY = "—"
# rows that are left of a scoped DocType: to staff, to participants
NARROWED = {
	"Educational Organization": (
		"the organizations that one belongs to; read and print also of those directly below them",
		"those of one's own pairs",
	),
	"Mentoring Program": (OF_ORGANIZATION, "those of one's own pairs"),
	"Roadmap Import": (OF_ORGANIZATION, NOBODY),
	"Roadmap Task": (OF_ORGANIZATION, NOBODY),
	"Mentor": (OF_ORGANIZATION + "; blocked ones the director and the curator alone", NOBODY),
	"Mentee": (OF_ORGANIZATION + "; blocked ones the director and the curator alone", NOBODY),
	"Consent": (OF_ORGANIZATION, "one's own consents"),
	"Pair": (
		OF_ORGANIZATION
		+ "; the form of a pair between two schools, in no list, also the mentor's school, which writes its side",
		"one's own pairs, as mentor or as mentee",
	),
	"Individual Plan": (OF_ORGANIZATION, "plans of one's own pairs; written by the mentor alone"),
	"Mentoring Order": (OF_ORGANIZATION, "signed orders that ask for one's own acknowledgement"),
	"Mentoring Order Counter": (OF_ORGANIZATION, NOBODY),
	"Mentoring Local Act": (OF_ORGANIZATION, NOBODY),
	"Mentoring Award": (OF_ORGANIZATION, NOBODY),
	"Mentoring Event": (OF_ORGANIZATION, NOBODY),
	"Mentee Support Profile": (OF_ORGANIZATION, NOBODY),
	"Data Destruction Act": (OF_ORGANIZATION, NOBODY),
	"Support Profile Access": (OF_ORGANIZATION, NOBODY),
	"Mentoring Print Job": (OF_ORGANIZATION, NOBODY),
	"Pair Matching": (OF_ORGANIZATION, NOBODY),
	"Pair Meeting": (OF_ORGANIZATION, "meetings of one's own pairs; written by the mentor alone"),
	"Mentoring Questionnaire": (OF_ORGANIZATION + "; to read also those without an organization", NOBODY),
	"Mentoring Questionnaire Response": (OF_ORGANIZATION, NOBODY),
	"Competency Assessment": (OF_ORGANIZATION, NOBODY),
	"Program Review": (OF_ORGANIZATION, NOBODY),
	"Mentoring Publication": (OF_ORGANIZATION, NOBODY),
	"Mentoring Best Practice": (OF_ORGANIZATION, "those of the programmes of one's own pairs"),
	"Mentoring Material": (
		OF_ORGANIZATION + "; to read and print also what organizations above have published",
		"published for participants by the organizations of one's own pairs, or above them",
	),
	"Partner Organization": (OF_ORGANIZATION, NOBODY),
	"Mentoring Indicator Value": (OF_ORGANIZATION, NOBODY),
	"Program Return": (
		OF_ORGANIZATION
		+ "; of an authority also those that were sent to it, until they are replaced, to read, print and decide about",
		NOBODY,
	),
	"Program Return Request": (OF_ORGANIZATION, NOBODY),
	"Return Partner": (OF_ORGANIZATION, NOBODY),
	"Website Check": (OF_ORGANIZATION, NOBODY),
	"Municipal Report": (OF_ORGANIZATION, NOBODY),
	"Mentoring Report Mailing": (OF_ORGANIZATION, NOBODY),
	"Roster Import": (OF_ORGANIZATION, NOBODY),
}
# records of the framework about our records
REFERENCES = hooks._REFERENCES
# functions of these rooms whose docstrings say the rest
ROOMS = ("permissions.py", "references.py", "endpoints.py")
SAID_BY = (
	"sees_everything",
	"organizations_of",
	"subordinates_of",
	"above",
	"own_records_of",
	"query_conditions",
	"reference_conditions",
	"has_permission",
	"file_permission",
	"require_seen",
	"search",
	"require_same_organization",
)

PREFACE = """# Permissions

Generated from the DocType files, `hooks.py` and `permissions.py` by `{command}`; do not edit by hand.

Three things decide, each after the other: role × DocType × action (below; a school may change it in Desk), the rows that are left (further down), and the state of the document ([states.md](states.md): who takes which action, and what is locked). Whatever no line allows is refused.

## Role × DocType × action

{legend}. *Mentoring* is left out of the names of roles. A table within a document has the permissions of its document.
"""


def render() -> str:
	"""The whole page; an error where an action, a role or a scoped DocType has no words here yet."""
	return "\n".join([PREFACE.format(command=COMMAND, legend=_legend()), *_actions(), "", *_rows()])


def _legend() -> str:
	return ", ".join(f"**{letter}** {action}" for action, letter in LETTERS.items())


def doctypes() -> list[dict]:
	"""The DocTypes of the app that stand by themselves, by name."""
	paths = sorted((APP / "nastavnik_app" / "doctype").glob("*/*.json"))
	records = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
	return [record for record in records if not record.get("istable")]


def _actions() -> Iterator[str]:
	yield f"| DocType | {' | '.join(SHORT.values())} |"
	yield "|---" * (len(SHORT) + 1) + "|"
	for doctype in doctypes():
		cells = dict.fromkeys(COLUMNS, "")
		for permission in doctype["permissions"]:
			cells[_known_role(permission["role"])] += _letters(permission)
		yield f"| {doctype['name']} | {' | '.join(cell or NOBODY for cell in cells.values())} |"


def _known_role(role: str) -> str:
	if role not in SHORT:
		raise ValueError(f"The page has no column for the role {role}: add it to COLUMNS.")
	return role


def _letters(permission: dict) -> str:
	allowed = {action for action, value in permission.items() if action != "role" and value}
	if unknown := allowed - set(LETTERS):
		raise ValueError(f"The page has no letter for {', '.join(sorted(unknown))}: add it to LETTERS.")
	return "".join(letter for action, letter in LETTERS.items() if action in allowed)


def _rows() -> Iterator[str]:
	scoped = set(hooks._SCOPE_FIELD)
	if scoped != set(NARROWED):
		raise ValueError(
			f"Say in NARROWED how rows are narrowed: {', '.join(sorted(scoped ^ set(NARROWED)))}."
		)
	yield "## Rows that are left"
	yield ""
	yield "| DocType | Staff | Participant |"
	yield "|---|---|---|"
	for doctype, (staff, participant) in NARROWED.items():
		yield f"| {doctype} | {staff} | {participant} |"
	yield ""
	yield "Staff are directors, curators, methodists, specialists and municipal officers, each as far as the first table lets the role."
	yield ""
	yield f"Tables listed by themselves are narrowed through their documents: {', '.join(_tables(scoped))}; a participant lists none of them. {', '.join(REFERENCES)} are listed where they are about a record that one sees, and a file is for the readers of its record. Other DocTypes are dictionaries and settings, and hold nobody's records: their rows are not narrowed."
	yield ""
	yield "What the functions of `permissions.py`, `references.py` and `endpoints.py` say of themselves:"
	yield ""
	said = _docstrings()
	for name in SAID_BY:
		yield f"- `{name}`: {said[name]}"
	yield ""


def _tables(scoped: set[str]) -> list[str]:
	return sorted(set(hooks.permission_query_conditions) - scoped - set(REFERENCES))


def _docstrings() -> dict[str, str]:
	"""Docstring of each function of the rooms in one line; read, not imported, so that no engine is needed."""
	trees = [ast.parse((APP / room).read_text(encoding="utf-8")) for room in ROOMS]
	return {
		node.name: " ".join((ast.get_docstring(node) or "").split())
		for tree in trees
		for node in tree.body
		if isinstance(node, ast.FunctionDef)
	}


def main() -> None:
	PAGE.write_text(render(), encoding="utf-8")
	print(f"{PAGE} is written")


if __name__ == "__main__":
	main()
