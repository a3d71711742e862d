"""Sites of the embedded engine beside the suite's own, each looked at in a thread of its own."""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frappe
import pytest

_INSTALLED = "installed"


def on(site: str, sites_path: Path, work: Callable[[], Any]) -> Any:
	"""What `work` gives on a connected site, as Administrator; what it raises, this raises."""
	found: list[Any] = []
	wrong: list[BaseException] = []
	kept = list(frappe.sites_folder)

	def there() -> None:
		try:
			frappe.init(site, sites_path=str(sites_path))
			frappe.connect()
			frappe.flags.in_test = True
			found.append(work())
			# the site is kept as it was left
			frappe.db.commit()  # nosemgrep
		except BaseException as error:
			wrong.append(error)
		finally:
			frappe.destroy()

	thread = threading.Thread(target=there)
	thread.start()
	thread.join()
	frappe.sites_folder[:] = kept
	if wrong:
		raise wrong[0]
	return found[0]


def installed(site: str, sites_path: Path, factory: pytest.TempPathFactory) -> None:
	"""Makes a site with the app, closed: a copy of one that the whole run, in however many processes, installs once."""
	run = factory.getbasetemp()
	run = run.parent if run.name.startswith("popen-") else run  # the process of one of several workers
	made = run / _INSTALLED
	with (run / f"{_INSTALLED}.lock").open("w") as lock:
		fcntl.flock(lock, fcntl.LOCK_EX)
		if not made.exists():
			_install(run / f"{_INSTALLED}.begun")
			(run / f"{_INSTALLED}.begun").rename(made)
	shutil.copytree(made / "site", sites_path / site)


def _install(sites_path: Path) -> None:
	from frappe.installer import install_app, new_site

	shutil.rmtree(sites_path, ignore_errors=True)
	new_site("site", sites_path=str(sites_path))
	install_app("nastavnik_app")
	frappe.destroy()


def first_release(sites_path: Path) -> str:
	"""A site as the first release left it: its name. `data/first_release.zip` was written by that release itself."""
	from frappe.database import collation

	folder = sites_path / "first"
	with zipfile.ZipFile(Path(__file__).parent / "data" / "first_release.zip") as archive:
		archive.extractall(folder)
	for empty in ("public/files", "outbox"):
		(folder / empty).mkdir(parents=True)
	connection = sqlite3.connect(folder / "site.db")
	connection.create_collation("frappe", collation.compare)
	connection.executescript((folder / "site.sql").read_text(encoding="utf-8"))
	connection.close()
	(folder / "site_config.json").write_text('{"allow_tests": true, "secret_key": "x"}', encoding="utf-8")
	return "first"


def counts() -> dict[str, int]:
	"""How many records each DocType of the app has."""
	ours = frappe.get_all("DocType", filters={"module": "Nastavnik App", "issingle": 0}, pluck="name")
	return {doctype: frappe.db.count(doctype) for doctype in ours}
