"""A copy of the embedded site's folder brings back every record and every file; bench has its own backups."""

from __future__ import annotations

import os
import shutil
import sqlite3
from hashlib import sha256
from pathlib import Path

import frappe
import pytest

from nastavnik_app import attachments
from nastavnik_app.tests.other_sites import counts, first_release, on

pytestmark = pytest.mark.skipif("NASTAVNIK_SITE" in os.environ, reason="copies a site of the embedded engine")


def everything() -> tuple[dict[str, int], list[tuple[str, str]]]:
	"""How many records there are of each DocType, and each file with what is in it."""
	files = [frappe.get_doc("File", name) for name in frappe.get_all("File", pluck="name", order_by="name")]
	return counts(), [(one.file_url, sha256(attachments.bytes_of(one)).hexdigest()) for one in files]


def spoil() -> None:
	for doctype in ("Mentee", "Consent", "Mentoring Order"):
		frappe.db.delete(doctype)
	for name in frappe.get_all("File", pluck="name"):
		Path(frappe.get_doc("File", name).get_full_path()).write_bytes(b"")


def test_a_copy_taken_at_work_brings_back_what_was_committed(tmp_path: Path) -> None:
	sites, copy = tmp_path / "sites", tmp_path / "copy"
	first_release(sites)

	def at_work() -> None:
		"""Somebody's letter is committed and stands in the log of the database alone; another is not finished."""
		frappe.get_doc(doctype="ToDo", description="записано").insert()
		frappe.db.commit()  # nosemgrep: frappe-manual-commit (the copy must hold it)
		frappe.get_doc(doctype="ToDo", description="не записано").insert()
		assert (sites / "first" / "site.db-wal").stat().st_size
		shutil.copytree(sites, copy)
		frappe.db.rollback()

	stood = on("first", sites, everything)
	on("first", sites, at_work)
	assert stood[0]["Mentee"] == 7 and len(stood[1]) == 2
	on("first", sites, spoil)
	assert on("first", sites, everything) != stood
	shutil.rmtree(sites)
	shutil.copytree(copy, sites)
	assert on("first", sites, everything) == stood
	written = on("first", sites, lambda: frappe.get_all("ToDo", pluck="description"))
	assert "записано" in written and "не записано" not in written
	connection = sqlite3.connect(sites / "first" / "site.db")
	connection.create_collation("frappe", lambda one, other: (one > other) - (one < other))
	assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
	connection.close()
