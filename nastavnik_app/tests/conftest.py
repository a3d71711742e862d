"""Which engine the suite runs on: a real site where one is named, the embedded engine otherwise.

NASTAVNIK_SITE and NASTAVNIK_SITES_PATH name a site of a bench that allows tests.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import freezegun
import pytest
from hypothesis import HealthCheck, settings

REPOSITORY = Path(__file__).resolve().parents[2]
SITE = os.environ.get("NASTAVNIK_SITE")

if not SITE:
	sys.path.insert(0, str(REPOSITORY / "benchless"))

# a class that sets the clock while it is prepared takes seconds all the same, not years
freezegun.configure(extend_ignore_list=["_pytest.timing"])

# how long an example takes on a busy machine is no fault of the code
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


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
		import frappe.auth

		from nastavnik_app.tests.other_sites import installed

		frappe.auth.HASHING = "pbkdf2:sha256:1"
		sites_path = tmp_path_factory.mktemp("sites")
		installed("school", sites_path, tmp_path_factory)
		frappe.init("school", sites_path=str(sites_path), force=True)
		frappe.connect()
	frappe.flags.in_test = True
	frappe.set_user("Administrator")
	yield frappe.local.site
	if getattr(frappe.local, "db", None):  # the engine's own suite may have closed it
		frappe.db.rollback()
		frappe.destroy()
