"""The engine and its conformance tests. NASTAVNIK_SITE and NASTAVNIK_SITES_PATH name a site of real Frappe."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SITE = os.environ.get("NASTAVNIK_SITE")
if not SITE:
	sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


RIGHTS = dict.fromkeys(("read", "write", "create", "delete"), 1)
SIGNING = {**RIGHTS, "submit": 1, "cancel": 1}
SPECS = {
	"Conformance Item": {
		"autoname": "field:title",
		"naming_rule": "By fieldname",
		"fields": [
			("title", "Data", {"reqd": 1, "unique": 1}),
			("price", "Float"),
			("code", "Data", {"unique": 1}),
		],
		"permissions": [
			{**RIGHTS, "role": "System Manager"},
			{**dict.fromkeys(RIGHTS, 0), "role": "Desk User", "read": 1},
		],
	},
	"Conformance Row": {
		"istable": 1,
		"fields": [
			("item", "Link", {"options": "Conformance Item", "reqd": 1, "in_list_view": 1}),
			("price", "Float", {"fetch_from": "item.price"}),
		],
	},
	"Conformance Order": {
		"is_submittable": 1,
		"track_changes": 1,
		"allow_rename": 0,
		"fields": [
			("subject", "Data", {"reqd": 1}),
			("day", "Date", {"default": "Today"}),
			("count", "Int", {"non_negative": 1}),
			("kind", "Select", {"options": "Plain\nUrgent"}),
			("state", "Data", {"allow_on_submit": 1}),
			("secret", "Data", {"set_only_once": 1}),
			("pass_phrase", "Password"),
			("item", "Link", {"options": "Conformance Item"}),
			("rows", "Table", {"options": "Conformance Row"}),
		],
		"permissions": [
			{**SIGNING, "role": "System Manager"},
			{**SIGNING, "role": "Desk User", "if_owner": 1},
		],
	},
}


@pytest.fixture(scope="session", autouse=True)
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
	"""A connected site; on benchless a new one without any app."""
	import frappe

	if getattr(frappe.local, "db", None):  # the app's own suite, in the same run, has opened it
		yield frappe.local.site
		return
	if SITE:
		frappe.init(SITE, sites_path=os.environ["NASTAVNIK_SITES_PATH"])
		frappe.connect()
		assert frappe.conf.allow_tests, f"site {SITE} does not allow tests"
	else:
		from frappe import auth
		from frappe.installer import new_site

		auth.HASHING = "pbkdf2:sha256:1"
		new_site("conformance", sites_path=str(tmp_path_factory.mktemp("sites")))
	frappe.flags.in_test = True
	frappe.set_user("Administrator")
	yield frappe.local.site
	if getattr(frappe.local, "db", None):  # the app's own suite may have closed it
		frappe.db.rollback()
		frappe.destroy()


@pytest.fixture(autouse=True)
def undone(site: str) -> Iterator[None]:
	"""Each test starts as Administrator and leaves nothing behind."""
	import frappe

	frappe.set_user("Administrator")
	frappe.clear_messages()
	yield
	frappe.set_user("Administrator")
	frappe.local.lang = "en"
	frappe.db.rollback()


@pytest.fixture(scope="session")
def order_type(site: str) -> Iterator[str]:
	"""A DocType of the site's own, submittable, with a child table; removed at the end."""
	import frappe

	for name, spec in SPECS.items():
		frappe.delete_doc("DocType", name, force=True, ignore_missing=True)
		fields = [
			{
				"fieldname": fieldname,
				"fieldtype": kind,
				"label": fieldname.title(),
				**(more[0] if more else {}),
			}
			for fieldname, kind, *more in spec["fields"]
		]
		values = {"name": name, "module": "Core", "custom": 1, **spec, "fields": fields}
		frappe.get_doc({"doctype": "DocType", **values}).insert()
	frappe.db.commit()
	yield "Conformance Order"
	if not SITE:  # a site of the embedded engine goes with the run
		return
	frappe.db.rollback()
	frappe.set_user("Administrator")
	for name in reversed(SPECS):
		frappe.delete_doc("DocType", name, force=True)
	frappe.db.commit()
