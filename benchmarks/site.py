"""The site that is measured: of a bench where NASTAVNIK_SITE names one, otherwise one of its own, removed afterwards."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SITE, SITES_PATH = os.environ.get("NASTAVNIK_SITE"), os.environ.get("NASTAVNIK_SITES_PATH", ".")

if not SITE:
	sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchless"))


@contextmanager
def opened(folder: str | None = None) -> Iterator[None]:
	"""The site, open as Administrator; with no bench it is kept in `folder` where one is given, and filled further."""
	with tempfile.TemporaryDirectory() as passing:
		site, sites_path = (SITE, SITES_PATH) if SITE else ("perf", folder or passing)
		_open(site, sites_path)
		try:
			yield
		finally:
			import frappe

			frappe.destroy()


def _open(site: str, sites_path: str) -> None:
	import frappe

	if SITE or (Path(sites_path) / site / "site.db").exists():
		connect(site, sites_path)
	else:
		from frappe.installer import install_app, new_site

		new_site(site, sites_path)
		install_app("nastavnik_app")
	frappe.set_user("Administrator")


def connect(site: str, sites_path: str) -> None:
	import frappe

	frappe.init(site, sites_path=sites_path, force=True)
	frappe.connect()


@contextmanager
def taken_back() -> Iterator[None]:
	"""Whatever is written meanwhile is taken back, with what the steps of a job would have committed."""
	import frappe

	frappe.set_user("Administrator")
	frappe.flags.in_test = True
	try:
		yield
	finally:
		frappe.set_user("Administrator")
		frappe.db.rollback()
		frappe.flags.in_test = False


def refuse_other_data() -> None:
	import frappe

	from benchmarks import fill

	if fill.has_other_data():
		sys.exit(f"{frappe.local.site} has schools of its own: name a site that has none.")


def engine() -> str:
	import frappe

	return f"Frappe {frappe.__version__}" if SITE else "benchless"


def setting() -> str:
	"""Versions and processors, in words."""
	import frappe

	database = f"SQLite {sqlite3.sqlite_version}"
	if SITE:
		# nosemgrep: frappe-using-db-sql (no other way to ask)
		database = f"MariaDB {frappe.db.sql('SELECT VERSION()')[0][0].split('-')[0]}"
	return f"Python {platform.python_version()}, {database}, {os.cpu_count()} processors"
