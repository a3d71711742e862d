"""The benchmark still runs through: no figure of it is tested, for a figure is the machine's."""

from __future__ import annotations

import subprocess
import sys

import pytest

from nastavnik_app.tests.conftest import REPOSITORY, SITE


@pytest.mark.skipif(bool(SITE), reason="the benchmark would fill the site")
def test_everything_is_asked_by_everybody() -> None:
	command = [sys.executable, "-m", "benchmarks", "--participants", "50", "--mentees", "20"]
	run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", timeout=300)
	assert run.returncode == 0, run.stderr
	assert run.stdout.count("page home") == 5  # the officer has one as well
	assert run.stdout.count("page list Mentee") == 4
	assert run.stdout.count("from records to proposals") == 2
