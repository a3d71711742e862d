"""kill -9 in the middle of a destruction, with real commits: what the next process finds."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nastavnik_app.rules import retention
from nastavnik_app.tests.conftest import REPOSITORY, SITE

NAME = "Зельмаренюк Пётр Ильич"


def worker(folder: Path, *asked: str) -> subprocess.CompletedProcess:
	command = [sys.executable, "-m", "nastavnik_app.tests.destruction_worker", str(folder), *asked]
	return subprocess.run(command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", timeout=300)


class Found:
	"""What stands on the site, read past the engine."""

	def __init__(self, folder: Path, made: dict[str, str]) -> None:
		self.folder, self.made = folder, made

	def one(self, query: str, *values: Any) -> tuple:
		with sqlite3.connect(self.folder / "school" / "site.db") as database:
			return database.execute(query, values).fetchone()

	def look(self) -> tuple[str, str, str, bool]:
		"""State of the act, name on the card, title of the task, whether the file is there."""
		state = "select destruction_state from `tabData Destruction Act` where name = ?"
		file = self.folder / "school" / self.made["file"].lstrip("/")
		return (
			self.one(state, self.made["act"])[0],
			self.one("select full_name from tabMentee where name = ?", self.made["mentee"])[0],
			self.one("select title from `tabRoadmap Task` where name = ?", self.made["task"])[0],
			file.exists(),
		)

	def hours_pass(self) -> None:
		before = str(datetime.now() - timedelta(days=1))
		with sqlite3.connect(self.folder / "school" / "site.db") as database:
			database.execute("update `tabData Destruction Act` set modified = ?", (before,))


@pytest.mark.skipif(bool(SITE), reason="it commits, on a site of its own")
def test_killed_twice_it_is_done_in_the_end_and_never_half(tmp_path: Path) -> None:
	prepared = worker(tmp_path, "prepare")
	assert prepared.returncode == 0, prepared.stderr
	found = Found(tmp_path, json.loads(prepared.stdout.splitlines()[-1]))
	whole = (NAME, f"Беседа: {NAME}", True)
	assert found.look() == ("Waiting", *whole)

	killed = worker(tmp_path, "run", "nastavnik_app.privacy.destruction", "sweep")
	assert killed.returncode == -signal.SIGKILL, killed.stderr
	assert found.look() == ("Running", *whole)

	found.hours_pass()
	killed = worker(tmp_path, "run", "nastavnik_app.privacy.records", "remove")
	assert killed.returncode == -signal.SIGKILL, killed.stderr
	mark = retention.mark(found.made["mentee"])
	assert found.look() == ("Running", mark, f"Беседа: {mark}", True)

	found.hours_pass()
	last = worker(tmp_path, "run")
	assert last.returncode == 0, last.stderr
	assert found.look() == ("Done", mark, f"Беседа: {mark}", False)
	again = worker(tmp_path, "run")
	assert json.loads(again.stdout) == {"finished": 0, "failed": 0}
