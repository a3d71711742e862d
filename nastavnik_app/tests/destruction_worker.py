"""python -m nastavnik_app.tests.destruction_worker FOLDER prepare | run [MODULE FUNCTION]: a process of its own, on an
embedded site in a folder, that commits what it does, and kills itself where it is told to."""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

REPOSITORY = Path(__file__).resolve().parents[2]
SITE = "school"


def prepare(folder: str) -> dict[str, str]:
	"""A site with an approved act that waits for a worker."""
	import frappe
	from frappe.installer import install_app, new_site

	new_site(SITE, sites_path=folder)
	install_app("nastavnik_app")
	frappe.set_user("Administrator")
	from frappe.utils.file_manager import save_file

	from nastavnik_app.tests.builders import make_school
	from nastavnik_app.tests.test_destruction import approved

	school = make_school("Школа")
	mentee = school.mentee(last_name="Зельмаренюк", first_name="Пётр", middle_name="Ильич")
	task = school.task(title=f"Беседа: {mentee.full_name}")
	content = f"Дана: {mentee.full_name}".encode()
	file = save_file("справка.txt", content, "Mentoring Program", school.program, is_private=1)
	act = approved(school, mentee)
	frappe.db.commit()
	return {"act": act.name, "mentee": mentee.name, "task": task.name, "file": file.file_url}


def run(folder: str, module: str | None = None, function: str | None = None) -> dict[str, int]:
	"""What runs by the clock, and the queue."""
	import frappe

	frappe.init(SITE, sites_path=folder, force=True)
	frappe.connect()
	frappe.set_user("Administrator")
	from frappe.utils.background_jobs import run_pending

	from nastavnik_app import tasks

	tasks.hourly()
	frappe.db.commit()
	if not module:
		return run_pending()
	with patch.object(importlib.import_module(module), function, _die):
		return run_pending()


def _die(*_arguments: Any) -> None:
	os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
	sys.path.insert(0, str(REPOSITORY / "benchless"))
	asked = {"prepare": prepare, "run": run}[sys.argv[2]]
	print(json.dumps(asked(sys.argv[1], *sys.argv[3:])))
