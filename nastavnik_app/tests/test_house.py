"""The house is as docs/architecture.md draws it: floors, no import cycle, short files and functions, folders that say
what lives in them."""

from __future__ import annotations

import ast

from nastavnik_app.tests import house

APP = "nastavnik_app"
LINES, LINES_OF_FUNCTION = 400, 60
LONGER = {"benchmarks/reports_sql.py": "a statement for each report, to be read one beside the other"}
"""File → why it is longer than the others."""

PLAIN = {"rules": {"rules"}, "roadmap": {"roadmap", "rules"}, "roster": {"roster", "roadmap", "rules"}}
"""Rooms of plain Python → the rooms that they may import."""
GROUND = {*PLAIN, "permissions", "arguments", "translation", "privacy.access_log", "privacy.kept"}
"""What all rooms stand on: plain Python, rights, what a caller sends, the reader's language, who read a profile."""
DOORS = {APP, "api", "api_authority", "api_erp", "api_privacy", "hooks", "install", "patches", "tasks", "www"}
DOORS |= {"locale.extraction", "roadmap.__main__"}
"""Where somebody comes in: modules of these rooms, and every module with a function that the web may call."""
LATE = {
	("pairs.matching", "rules.matching"): "SciPy takes a second to import; only who matches waits for it",
	("rules.suppression", "rules.suppression_proofs"): "SciPy again: only who counts a return waits for it",
	("roadmap.sources", "roadmap.sources.word"): "python-docx is asked for by .docx alone",
	("roadmap.sources", "roadmap.sources.excel"): "openpyxl is asked for by .xlsx alone",
	(
		"locale.extraction",
		"rules.states",
	): "Babel calls one extractor a file; the others' words are not its matter",
	(
		"locale.extraction",
		"rules.fulfilment",
	): "Babel calls one extractor a file; the others' words are not its matter",
}
"""Own modules imported inside a function → why. None of it is to break a cycle: `test_nobody_imports_in_a_circle`."""


def app_modules() -> list[str]:
	"""Modules of the app without its tests, under their names within it."""
	names = [one.removeprefix(f"{APP}.") for one in house.modules() if one.split(".")[0] == APP]
	return [one for one in names if not one.startswith("tests")]


def imported(module: str) -> set[str]:
	"""What a module imports of the app, under the names within it."""
	full = APP if module == APP else f"{APP}.{module}"
	return {one.removeprefix(f"{APP}.") for one in house.imported(full) if one.startswith(f"{APP}.")}


def stands_in(module: str, rooms: set[str]) -> bool:
	parts = module.split(".")
	return any(".".join(parts[:length]) in rooms for length in range(1, len(parts) + 1))


def is_door(module: str) -> bool:
	return module == APP or stands_in(module, DOORS) or house.whitelists(f"{APP}.{module}")


def test_imports_are_seen_where_they_are() -> None:
	assert "conditions" in imported("workflow") and "rules.matching" in imported("pairs.matching")
	assert is_door("endpoints") and is_door("desk.figures") and not is_door("orders.signing")
	assert len(app_modules()) > 300


def test_nobody_imports_in_a_circle() -> None:
	assert house.cycle() == []


def test_nothing_below_imports_a_door() -> None:
	upwards = [
		f"{module} → {other}"
		for module in app_modules()
		if not is_door(module)
		for other in imported(module)
		if is_door(other)
	]
	assert upwards == []


def test_the_ground_imports_no_service() -> None:
	upwards = [
		f"{module} → {other}"
		for module in app_modules()
		if stands_in(module, GROUND) and not is_door(module)
		for other in imported(module)
		if not stands_in(other, GROUND)
	]
	assert upwards == []


def test_plain_rooms_know_no_frappe_and_only_the_rooms_below() -> None:
	wrong = []
	for module in app_modules():
		room = module.split(".")[0]
		if room in PLAIN:
			wrong += [
				f"{module} → {one}"
				for one in house.imported(f"{APP}.{module}")
				if "frappe" in one.split(".")[0]
			]
			wrong += [f"{module} → {one}" for one in imported(module) if one.split(".")[0] not in PLAIN[room]]
	assert wrong == []


def test_the_app_knows_nothing_of_the_folders_beside_it() -> None:
	beside = {*house.TOP, "conftest"} - {APP}
	wrong = [
		f"{module} → {one}"
		for module in app_modules()
		for one in house.imported(APP if module == APP else f"{APP}.{module}")
		if one.split(".")[0] in beside or one.startswith(f"{APP}.tests")
	]
	assert wrong == []


def test_each_import_inside_a_function_has_its_reason() -> None:
	late = {
		(module, one.removeprefix(f"{APP}."))
		for module in app_modules()
		for one in house.late_imports(APP if module == APP else f"{APP}.{module}")
	}
	assert late == set(LATE)


def test_no_function_is_longer_than_a_screen() -> None:
	long = {
		f"{path}: {node.name}"
		for path in house.files(".py")
		for node in house.functions(path)
		if node.end_lineno - node.lineno + 1 > LINES_OF_FUNCTION
	}
	assert long == set()


def test_no_file_is_too_long_to_be_read() -> None:
	written = house.files(".py", ".js", ".html", ".css")
	long = {path for path in written if house.text_of(path).count("\n") > LINES}
	assert long - LONGER.keys() == set()


def test_every_folder_says_what_lives_in_it_and_what_may_not() -> None:
	assert [folder for folder in house.folders() if not house.is_described(folder)] == []
	short = [one for one in house.folders() if 0 < len(house.said_of(one).strip().splitlines()) < 2]
	assert short == []


def test_a_page_for_guests_is_no_readme() -> None:
	served = (f"{APP}/www/", f"{APP}/templates/pages/", f"{APP}/public/")
	assert [path for path in house.files(".md") if path.startswith(served)] == []


def test_public_names_of_the_plain_rooms_are_documented() -> None:
	silent = []
	for module, path in house.modules().items():
		if module.startswith((f"{APP}.rules", f"{APP}.roadmap", f"{APP}.roster")):
			silent += [
				f"{path}: {name}" for name, node in public(house.tree_of(path)) if not ast.get_docstring(node)
			]
	assert silent == []


def public(node: ast.Module | ast.ClassDef, within: str = "") -> list[tuple[str, ast.AST]]:
	"""A module or class and all that it offers by a name without an underscore."""
	found: list[tuple[str, ast.AST]] = [(within or "module", node)]
	for one in node.body:
		if isinstance(one, ast.FunctionDef | ast.ClassDef) and not one.name.startswith("_"):
			name = f"{within}.{one.name}".lstrip(".")
			found += public(one, name) if isinstance(one, ast.ClassDef) else [(name, one)]
	return found
