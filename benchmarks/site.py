"""The site that is measured: of a bench where NASTAVNIK_SITE names one, otherwise one of its own, removed afterwards."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SITE, SITES_PATH = os.environ.get("NASTAVNIK_SITE"), os.environ.get("NASTAVNIK_SITES_PATH", ".")

if not SITE:
	sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchless"))


@contextmanager
def opened(folder: str | None = None) -> Iterator[tuple[str, str]]:
	"""The site's name and the path of the sites, open as Administrator; with no bench the site is kept in `folder` where
	one is given, and filled further."""
	with tempfile.TemporaryDirectory() as passing:
		site, sites_path = (SITE, SITES_PATH) if SITE else ("perf", folder or passing)
		_open(site, sites_path)
		yield site, sites_path


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


def refuse_other_data(site: str) -> None:
	from benchmarks import fill

	if fill.has_other_data():
		sys.exit(f"{site} has schools of its own: name a site that has none.")
