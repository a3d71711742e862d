"""The benchmarks still run through: no figure of theirs is tested, for a figure is the machine's."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path
from string import Template

import pytest

from benchmarks.lines import Line, Run, read, record, series, slope, write
from nastavnik_app.tests.conftest import REPOSITORY, SITE

SCRIPT = runpy.run_path(str(REPOSITORY / "scripts" / "performance_page.py"))
on_benchless = pytest.mark.skipif(bool(SITE), reason="the benchmark would fill the site")


@pytest.fixture
def folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
	"""Where a benchmark finds a site."""
	from nastavnik_app.tests.other_sites import installed

	installed("perf", tmp_path, tmp_path_factory)
	return tmp_path


def _measured(folder: Path, *arguments: str) -> dict[str, Run]:
	"""What the benchmarks of these arguments have recorded."""
	output = folder / "results.json"
	command = [sys.executable, "-m", "benchmarks", "--once", "--folder", folder, "--output", output]
	run = subprocess.run(
		[*command, *arguments], cwd=REPOSITORY, capture_output=True, encoding="utf-8", timeout=300
	)
	assert run.returncode == 0, run.stderr
	return read(output)["benchless"]


def _at(run: Run, what: str) -> list[Line]:
	return [line for line in run.lines if line.what == what]


# the filler writes nothing that they would list: nobody has opened a profile, no term of keeping has run out
NOT_COMPARED = {"Data to Destroy", "Who Read Support Profiles"}


@on_benchless
def test_every_report_has_a_statement_with_as_many_rows_and_sends_no_more_for_many(folder: Path) -> None:
	runs = _measured(folder, "--only", "lists", "reports", "nightly", "--sizes", "60", "300")
	records = (REPOSITORY / "nastavnik_app/nastavnik_app/report").glob("*/*.json")
	names = {json.loads(path.read_text("utf-8"))["name"] for path in records}
	assert {line.what for line in runs["reports"].lines} == names - NOT_COMPARED
	for few, many in series(runs["reports"].lines):
		assert (few.size, many.size) == (60, 300)
		assert many.rows and many.rows == many.rows_of_yardstick, many
		assert many.queries == few.queries, many.what
	for curator in ("curator of one school", "curator of 40 schools"):
		for what in ("page home", "page list Mentee", "list Mentee", "figure consent coverage"):
			assert len(_at(runs["lists"], f"{what}, {curator}")) == 2, what
	for few, many in series(runs["nightly"].lines):
		# a part of a report that has nothing to tell asks less
		assert many.queries <= few.queries * 1.2, many.what


@on_benchless
def test_the_best_places_are_those_of_another_solver_and_no_worse_than_greedy_ones(folder: Path) -> None:
	pytest.importorskip("ortools", reason="the independent optimum is OR-Tools'")
	run = _measured(folder, "--only", "matching", "--sizes", "60")["matching"]
	beside = {line.yardstick: line for line in _at(run, "best places")}
	assert (beside["OR-Tools"].rows, beside["OR-Tools"].gain) == (beside["OR-Tools"].rows_of_yardstick, 1)
	assert beside["greedy"].rows >= beside["greedy"].rows_of_yardstick
	assert _at(run, "from records to proposals")


@on_benchless
def test_the_other_benchmarks_run_through(folder: Path) -> None:
	names = ("roadmap", "importing", "signing", "printing", "consolidation")
	runs = _measured(folder, "--only", *names, "--sizes", "2", "5")
	for name in names:
		compared = [lines for lines in series(runs[name].lines) if lines[0].yardstick]
		assert compared or name == "consolidation", name
		assert all([line.size for line in lines] == [2, 5] for lines in compared), name
	assert [line.rows for line in _at(runs["roadmap"], "read .docx")] == [2, 5]


@on_benchless
def test_each_file_is_read_once_for_everybody_on_an_act(folder: Path) -> None:
	run = _measured(folder, "--only", "destruction", "--sizes", "110")["destruction"]
	assert [line.rows for line in run.lines if line.yardstick] == [2]  # files that show a name


def test_a_slope_is_the_power_with_which_seconds_grow() -> None:
	sizes = (10, 100, 1000)
	for power in (0, 1, 1.5, 2):
		assert slope([(size, 0.003 * size**power) for size in sizes]) == pytest.approx(power)
	# least squares: one line too slow by ten times in the middle leaves the power, at the end it adds a half
	assert slope([(10, 1), (100, 100), (1000, 100)]) == pytest.approx(1)
	assert slope([(10, 1), (100, 10), (1000, 1000)]) == pytest.approx(1.5)
	assert slope([(10, 1)]) is None


def test_results_are_read_back_and_one_benchmark_leaves_the_others_alone(tmp_path: Path) -> None:
	path = tmp_path / "results.json"
	line = Line("signing", 50, 0.25, "loop", 0.5, rows=3, queries=7, gain=1.25)
	run = Run("pairs", "2026-10-05", "SQLite", (line, Line("sending", 50, 0.125)))
	results = {"benchless": {"signing": run, "importing": run}, "Frappe 15.72.4": {"signing": run}}
	write(results, path)
	assert read(path) == results
	anew = Run("pairs", "2026-10-06", "SQLite", (Line("signing", 100, 0.5),))
	record("benchless", "signing", anew, path)
	assert read(path) == {**results, "benchless": {"signing": anew, "importing": run}}


def test_the_page_says_ratios_slopes_and_what_is_not_measured_yet() -> None:
	lines = [Line("sign", size, size / 100, "loop", size / 200, queries=size) for size in (10, 100, 1000)]
	page = SCRIPT["render"]({"benchless": {"signing": Run("pairs", "2026-10-05", "SQLite", tuple(lines))}})
	assert (
		"| sign | loop | 0.1 (2.00) | 1 (2.00) | 10 (2.00) | 10 → 1,000 | 1.00 | 1.00 | 1.00 | 1.00 |" in page
	)
	assert "| benchless | signing | sign | 1.00 | sign | 1.00 |" in page
	assert page.count(SCRIPT["NOT_MEASURED"]) > 5


@on_benchless
def test_the_page_has_a_place_for_every_benchmark() -> None:
	from benchmarks.__main__ import ALL

	words = Template(SCRIPT["WORDS"].read_text("utf-8"))
	page = words.substitute(dict.fromkeys((*ALL, "growth", "plots"), "a table"))
	assert page.count("a table") == len(ALL) + 2


def test_the_page_is_made_of_the_results() -> None:
	assert SCRIPT["PAGE"].read_text("utf-8") == SCRIPT["render"](read())
