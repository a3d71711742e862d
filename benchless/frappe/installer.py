"""Sites and apps: made, installed, migrated. Each step is one transaction."""

import importlib
import json
import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager

import frappe
from frappe.apps import get_module_list, list_file, read_json
from frappe.auth import update_password
from frappe.model.sync import (
	create_core_tables,
	import_document,
	sync_app,
	sync_roles,
)
from frappe.utils.scheduler import sync_jobs

_ROLES = ("Administrator", "System Manager", "Guest", "All", "Desk User")
_PATCH_SECTIONS = ("pre_model_sync", "post_model_sync")


def new_site(site: str, sites_path: str = ".", admin_password: str = "admin") -> None:
	"""Makes the site's folder, database, Administrator and Guest; leaves it connected."""
	for folder in ("private/files", "public/files", "outbox"):
		os.makedirs(os.path.join(sites_path, site, folder), exist_ok=True)
	config = os.path.join(sites_path, site, "site_config.json")
	if not os.path.exists(config):
		with open(config, "w", encoding="utf-8") as out:
			json.dump({"allow_tests": True, "secret_key": secrets.token_hex(32)}, out)
	frappe.init(site, sites_path=sites_path, force=True)
	frappe.connect(set_admin_as_user=False)
	frappe.set_user("Administrator")
	with _flag("in_install", "frappe"):
		create_core_tables()
		sync_roles([{"permissions": [{"role": role} for role in _ROLES]}])
		_add_module_defs("frappe")
		for code, name in (("en", "English"), ("ru", "Русский")):
			frappe.get_doc(doctype="Language", language_code=code, language_name=name).insert()
		for user in ("Administrator", "Guest"):
			doc = frappe.get_doc(doctype="User", first_name=user, email=user, enabled=1)
			doc.insert(ignore_permissions=True, set_name=user)
		frappe.get_doc("User", "Administrator").add_roles("System Manager")
		frappe.get_single("System Settings").save()
		update_password("Administrator", admin_password)
		frappe.db.commit()


@contextmanager
def _flag(name: str, value: object = True) -> Generator[None, None, None]:
	"""Sets a flag inside the block; what the block did is rolled back when it fails."""
	frappe.local.flags[name] = value
	try:
		yield
	except BaseException:
		frappe.db.rollback()
		raise
	finally:
		frappe.local.flags[name] = None


def _run_hooks(hook: str, app: str | None = None) -> None:
	for method in frappe.get_hooks(hook, app_name=app):
		frappe.get_attr(method)()


def install_app(name: str) -> None:
	"""Installs an app: DocTypes, `after_install`, fixtures, `after_sync`; its patches count as done."""
	if name in frappe.get_installed_apps():
		return
	if frappe.get_hooks("required_apps", app_name=name):
		raise NotImplementedError(f"{name}: required_apps are outside the contract of benchless")
	with _flag("in_install", name):
		_run_hooks("before_install", name)
		_add_module_defs(name)
		sync_app(name)
		for single in frappe.db.sql("select name from `tabDocType` where issingle = 1", pluck=True):
			if not frappe.db.get_singles_dict(single):
				doc = frappe.new_doc(single)
				doc.flags.update(ignore_mandatory=True, ignore_validate=True)
				doc.save()
		for section in _PATCH_SECTIONS:
			for patch in _patches(name, section):
				frappe.get_doc(doctype="Patch Log", patch=patch).insert(ignore_permissions=True)
		_run_hooks("after_install", name)
		sync_jobs()
		_sync_fixtures(name)
		_run_hooks("after_sync", name)
	frappe.clear_cache()
	frappe.db.commit()


def migrate() -> None:
	"""Patches before and after the DocTypes, fixtures, `after_migrate`; rolled back whole when a step fails."""
	with _flag("in_migrate"):
		apps = [app for app in frappe.get_installed_apps() if app != "frappe"]
		_run_hooks("before_migrate")
		create_core_tables()
		for app in apps:
			_run_patches(app, "pre_model_sync")
		for app in apps:
			_add_module_defs(app)
			sync_app(app)
		for app in apps:
			_run_patches(app, "post_model_sync")
		sync_jobs()
		for app in apps:
			_sync_fixtures(app)
		frappe.clear_cache()
		_run_hooks("after_migrate")
	frappe.db.commit()


def _add_module_defs(app: str) -> None:
	for module in get_module_list(app):
		if not frappe.db.exists("Module Def", module):
			doc = frappe.get_doc(doctype="Module Def", module_name=module, app_name=app)
			doc.insert(ignore_permissions=True)
	frappe.local.flags.installed_apps = None


def _patches(app: str, section: str) -> list[str]:
	out, current = [], None
	for line in list_file(frappe.get_app_path(app, "patches.txt")):
		if line.startswith("["):
			current = line.strip("[] ")
		elif current == section:
			out.append(line)
	return out


def _run_patches(app: str, section: str) -> None:
	"""Runs the patches of one section of `patches.txt` that have not run on this site."""
	done = set(frappe.get_all("Patch Log", pluck="patch"))
	for patch in _patches(app, section):
		if patch not in done:
			with _flag("in_patch"):
				importlib.import_module(patch.split()[0]).execute()
			frappe.get_doc(doctype="Patch Log", patch=patch).insert(ignore_permissions=True)


def _sync_fixtures(app: str) -> None:
	"""Every record of `<app>/fixtures/*.json` is put in place of the site's own."""
	folder = frappe.get_app_path(app, "fixtures")
	with _flag("in_fixtures"):
		for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
			for record in read_json(os.path.join(folder, name)) if name.endswith(".json") else ():
				import_document(record)
