"""The benchmark still runs through: no figure of it is tested, for a figure is the machine's."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from nastavnik_app.tests.conftest import REPOSITORY, SITE

pytestmark = pytest.mark.skipif(bool(SITE), reason="the benchmark would fill the site")


@pytest.fixture
def folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
	"""Where a benchmark finds a site."""
	from nastavnik_app.tests.other_sites import installed

	installed("perf", tmp_path, tmp_path_factory)
	return str(tmp_path)


def test_everything_is_asked_by_everybody(folder: str) -> None:
	told = _told("benchmarks", folder, "--participants", "50", "--mentees", "20", "--repeated", "0")
	assert told.count("page home") == 5  # the officer has one as well
	assert told.count("page list Mentee") == 4
	assert told.count("from records to proposals") == 2


# the filler writes nothing that they would list: nobody has opened a profile, no term of keeping has run out
NOT_COMPARED = {"Data to Destroy", "Who Read Support Profiles"}


def test_every_report_has_a_statement_with_as_many_rows_and_sends_no_more_for_many(
	folder: str, tmp_path: Path
) -> None:
	figures = tmp_path / "figures.json"
	_told("benchmarks.reports", folder, "--sizes", "60", "300", "--repeated", "1", "--json", str(figures))
	few, many = {}, {}
	for one in json.loads(figures.read_text("utf-8")):
		(few if one["participants"] == 60 else many)[one["report"]] = one
	records = (REPOSITORY / "nastavnik_app/nastavnik_app/report").glob("*/*.json")
	names = {json.loads(path.read_text("utf-8"))["name"] for path in records}
	assert set(many) == names - NOT_COMPARED
	for name, one in many.items():
		assert one["rows"] > 0, name
		assert one["rows"] == one["rows_by_hand"], one
		assert one["queries"] == few[name]["queries"], name


def _told(module: str, folder: str, *arguments: str) -> str:
	command = [sys.executable, "-m", module, "--folder", folder, *arguments]
	run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", timeout=300)
	assert run.returncode == 0, run.stderr
	return run.stdout


def test_each_file_is_read_once_for_everybody_on_an_act(folder: str) -> None:
	told = _told("benchmarks.destruction", folder, "--files", "110", "--people", "3")
	assert told.count("each file read once") == 2
	assert "files that show a name: 2" in told


def test_the_returns_of_many_schools_are_added_up(folder: str) -> None:
	assert "from records to sums" in _told("benchmarks.consolidation", folder, "--schools", "30")
