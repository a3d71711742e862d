"""Which engine the suite runs on: a real site where one is named, the embedded engine otherwise.

NASTAVNIK_SITE and NASTAVNIK_SITES_PATH name a site of a bench that allows tests.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SITE = os.environ.get("NASTAVNIK_SITE")

if not SITE:
	sys.path.insert(0, str(REPOSITORY / "benchless"))


@pytest.fixture(scope="session", autouse=True)
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
	"""A connected site with the app installed, for the whole run."""
	import frappe

	if SITE:
		frappe.init(SITE, sites_path=os.environ["NASTAVNIK_SITES_PATH"])
		frappe.connect()
		if not frappe.conf.allow_tests:
			pytest.exit(f"Site {SITE} does not allow tests: bench --site {SITE} set-config allow_tests true")
	else:
		from frappe.installer import install_app, new_site

		new_site("school", sites_path=str(tmp_path_factory.mktemp("sites")))
		install_app("nastavnik_app")
	frappe.flags.in_test = True
	frappe.set_user("Administrator")
	yield frappe.local.site
	if getattr(frappe.local, "db", None):  # the engine's own suite may have closed it
		frappe.db.rollback()
		frappe.destroy()
