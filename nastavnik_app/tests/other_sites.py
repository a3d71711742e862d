"""Sites of the embedded engine beside the suite's own, each looked at in a thread of its own."""

from __future__ import annotations

import sqlite3
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frappe


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
