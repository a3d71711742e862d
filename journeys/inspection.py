"""What is asked of every page: Russian alone, and no serious fault for those who cannot see or use a mouse."""

from __future__ import annotations

import re

from journeys.person import Person

# addresses, files, checksums, names of formats, placeholders of templates, and the password of the demonstration
NOT_ENGLISH = re.compile(
	r"\S+@\S+|https?://\S+|\S*\.(?:docx|xlsx|pdf|csv)|\{\{.*?\}\}|\b[0-9a-f]{32,}\b|\b(?:PDF|Word|Excel|XLSX|JSON|CSV|ZIP|DOCX|SHA-256|SWOT)\b"
	r"|Vymyshlennaya-2026|Подстановки в двойных фигурных скобках:.*"
)
LATIN = re.compile(r"[A-Za-z][A-Za-z'-]{2,}")
SERIOUS = ("serious", "critical")


def named(doctype: str) -> str:
	"""`Roadmap Task` → `roadmap-task`, as in addresses and in names of pictures."""
	return doctype.lower().replace(" ", "-")


def inspect(person: Person, name: str) -> None:
	"""Looks at the open page under the name that its picture bears."""
	person.picture(name)
	english = dict.fromkeys(LATIN.findall(NOT_ENGLISH.sub(" ", person.text())))
	faults = [f"not in Russian: {', '.join(english)}"] if english else []
	faults += faults_of_access(person) if person.own_pages else []
	assert not faults, f"{name}:\n" + "\n".join(faults)


def faults_of_access(person: Person) -> list[str]:
	"""What axe-core finds serious on the open page."""
	from axe_playwright_python.sync_playwright import Axe

	found = Axe().run(person.page).response["violations"]
	return [
		f"{one['id']} ({one['impact']}): {one['help']}: {node['html'][:200]}"
		for one in found
		if one["impact"] in SERIOUS
		for node in one["nodes"]
	]
