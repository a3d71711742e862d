"""What Frappe's own extractors of messages leave out: states and actions, words of the rules, titles.

Named in `babel_extractors.csv`; `bench generate-pot-file --app nastavnik_app` calls these functions. Each yields
tuples as Babel's extractors do: line, function, message (or context and message), comments.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import IO

Extracted = tuple[None, str, str | tuple[str, str], list[str]]

# Frappe uses these words in another sense than our forms do, and a catalogue without contexts serves the whole
# site. Here they get the DocType as context besides, as Desk asks for them; without it they keep Frappe's sense.
OWN_SENSE = frozenset(
	{
		"About",
		"Activity",
		"Agreement",
		"Content",
		"Event",
		"From",
		"Full Name",
		"Group",
		"Indicator",
		"Members",
		"Method",
		"Name",
		"Note",
		"Output",
		"Persons",
		"Position",
		"Purpose",
		"Reason",
		"Recipient",
		"Short Name",
		"Signed By",
		"Start",
		"Target",
		"To",
	}
)

TITLE_FIELDS = {"Print Format": "name", "Number Card": "label", "Dashboard Chart": "chart_name"}


def doctype(fileobj: IO[bytes], *args: object, **options: object) -> Iterator[Extracted]:
	"""All that Frappe takes from a DocType, and the words of `OWN_SENSE` once more with their context."""
	from frappe.gettext.extractors import doctype as frappe_doctype

	source = fileobj.read()
	name = json.loads(source)["name"]
	for line, function, message, comments in frappe_doctype.extract(io.BytesIO(source)):
		yield line, function, message, comments
		if message in OWN_SENSE:
			yield line, "pgettext", (name, message), comments


def states(fileobj: IO[bytes], *args: object, **options: object) -> Iterator[Extracted]:
	"""States, actions and roles of `rules/states.py`."""
	from nastavnik_app.rules.states import MACHINES, ROLES

	for machine in MACHINES.values():
		for state in machine.states:
			yield None, "_", state.name, [f"State of '{machine.doctype}'"]
		for edge in machine.edges:
			yield None, "_", edge.action, [f"Action of '{machine.doctype}'"]
	for role in ROLES:
		yield None, "_", role, ["Name of a role"]


def verdicts(fileobj: IO[bytes], *args: object, **options: object) -> Iterator[Extracted]:
	"""How `rules/fulfilment.py` judges a task."""
	from nastavnik_app.rules.fulfilment import IN_TIME, LATE, OVERDUE

	for verdict in (IN_TIME, LATE, OVERDUE):
		yield None, "_", verdict, ["Whether a task was done in time"]


def lines(fileobj: IO[bytes], *args: object, **options: object) -> Iterator[Extracted]:
	"""Texts that stand a line each: names of the modules, and words of Desk that Frappe itself leaves in English."""
	for line in fileobj.read().decode().splitlines():
		if line.strip():
			yield None, "_", line.strip(), ["As Desk shows it"]


def title(fileobj: IO[bytes], *args: object, **options: object) -> Iterator[Extracted]:
	"""The title of a print format, a number card or a chart."""
	record = json.load(fileobj)
	yield None, "_", record[TITLE_FIELDS[record["doctype"]]], [f"Title of a {record['doctype']}"]
