"""benchless is cut by its contract: the app names nothing else, and every name is there and proven."""

import importlib
import os
from pathlib import Path
from typing import Any

import pytest

from benchless.tests.names import DOCUMENT, covered, files, used

ENGINE = Path(__file__).resolve().parents[1]
REPOSITORY = ENGINE.parent
CONTRACT = (ENGINE / "contract.txt").read_text(encoding="utf-8").split()
# modules and holders that a dotted name passes through
HOLDERS = {
	f"frappe.{name}"
	for name in "client conf db desk.form.assign_to desk.query_report flags local model.document qb session utils".split()
}


def find(dotted: str) -> Any:
	"""The object behind a dotted name."""
	parts = dotted.split(".")
	for length in range(len(parts), 0, -1):
		try:
			found = importlib.import_module(".".join(parts[:length]))
		except ModuleNotFoundError:
			continue
		for part in parts[length:]:
			found = getattr(found, part)
		return found
	raise AttributeError(dotted)


def test_app_uses_only_what_is_listed() -> None:
	assert sorted(set(CONTRACT)) == CONTRACT and len(CONTRACT) <= 150
	unlisted = {
		f"{name} ({path.relative_to(REPOSITORY)})"
		for path in files(REPOSITORY / "nastavnik_app", REPOSITORY / "demo")
		for name in used(path)[0]
		if name not in HOLDERS and not covered(name, set(CONTRACT))
	}
	assert not unlisted


def test_app_sends_no_statement_of_its_own_but_the_one_for_many_people() -> None:
	senders = [one.name for one in files(REPOSITORY / "nastavnik_app") if "frappe.db.sql" in used(one)[0]]
	assert senders == ["new_people.py"]  # rendered by the query builder, values as parameters


def test_each_listed_name_is_there_and_proven() -> None:
	tests = [used(path) for path in Path(__file__).parent.glob("test_conformance_*.py")]
	names, attributes = (set().union(*(one[place] for one in tests)) for place in (0, 1))
	for name in CONTRACT:
		find(name)
		if name.startswith(DOCUMENT + "."):
			assert name.rsplit(".", 1)[1] in attributes, name
		else:
			assert any(covered(one, {name}) for one in names), name


@pytest.mark.skipif("NASTAVNIK_SITE" in os.environ, reason="benchless alone refuses")
@pytest.mark.parametrize("name", ["frappe.share", "frappe.utils.fmt_money", "frappe.qb.engine"])
def test_anything_else_is_refused_by_name(name: str) -> None:
	with pytest.raises(NotImplementedError, match=name.replace(".", r"\.")):
		find(name)
