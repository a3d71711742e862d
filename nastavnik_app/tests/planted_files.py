"""Files of every kind in which a name stands, and a search through all files of the site."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frappe
from frappe.model.document import Document
from openpyxl import Workbook

from nastavnik_app.attachments import attach
from nastavnik_app.documents.pdf import html_to_pdf
from nastavnik_app.privacy.texts import text_of, text_of_letter
from nastavnik_app.rules.name_traces import decoded, fold
from nastavnik_app.tests.builders import School


def plant(school: School, mentee: Document, who: Any) -> None:
	"""Files of the person, of others, of nobody, of the app's own jobs, and one that no record names."""
	own = _saved("справка.pdf", html_to_pdf(f"<p>Дана: {who.name}</p>"), mentee)
	frappe.db.set_value("File", own.name, "file_name", f"справка {who.last}.pdf")
	program = frappe.get_doc("Mentoring Program", school.program)
	_saved("список.xlsx", sheet(who.name), program)
	_saved(
		"письмо.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + f"Приказ: {who.name}".encode("utf-16-le"), program
	)
	_saved("папка.zip", zipped("отчёт.docx", zipped("word/document.xml", _word(who.name))), program)
	_saved("список.csv", f"ФИО;класс\n{who.name};8".encode("cp1251"))
	_saved("отчёт.json.gz", gzip.compress(json.dumps([who.name]).encode()))
	_print_job(school, who)
	_roster_import(school, who)
	if frappe.db.table_exists("Prepared Report"):
		report = frappe.get_doc({"doctype": "Prepared Report", "report_name": "Mentee Bank"})
		report.db_insert()
		_saved("ready.json.gz", gzip.compress(json.dumps([who.name]).encode()), report)
	orphan = Path(frappe.get_site_path("private", "files", f"{frappe.generate_hash(length=8)}.txt"))
	orphan.write_text(f"Характеристика: {who.name}", "utf-8")


def _saved(name: str, content: bytes, record: Document | None = None, field: str | None = None) -> Document:
	about = (record.doctype, record.name) if record else (None, None)
	return attach(name, content, *about, field)


def _print_job(school: School, who: Any) -> None:
	job = frappe.get_doc(
		{
			"doctype": "Mentoring Print Job",
			"organization": school.organization,
			"title": f"Согласия: {who.name}",
		}
	).insert(ignore_permissions=True)
	job.db_set("file", _saved("согласия.pdf", html_to_pdf(f"<p>{who.name}</p>"), job, "file").file_url)


def _roster_import(school: School, who: Any) -> None:
	"""A list that was checked and has a fault: the file, the report of the check and its rows have the name."""
	asked = {"doctype": "Roster Import", "organization": school.organization, "people": "Mentee"}
	roster = frappe.get_doc(asked).insert()
	rows = f"ФИО обучающегося;Дата рождения\n{who.name};{who.name}\n"
	roster.file = _saved("класс.csv", rows.encode("utf-8-sig"), roster, "file").file_url
	roster.save()
	roster.check_list()
	assert roster.report
	assert any(who.last in (row.value or "") for row in roster.faults)


def sheet(text: str) -> bytes:
	book, out = Workbook(), io.BytesIO()
	book.active.append(["ФИО", text])
	book.save(out)
	return out.getvalue()


def zipped(name: str, content: bytes) -> bytes:
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w") as archive:
		archive.writestr(name, content)
	return out.getvalue()


def _word(name: str) -> bytes:
	"""A name as Word divides it."""
	runs = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in (name[:3], name[3:8], name[8:]))
	return f"<w:p>{runs}</w:p>".encode()


def files_with(words: tuple[str, ...]) -> Iterator[Path]:
	"""Every file of the site that holds one of the words, in its name or its text."""
	for folder in ("private/files", "public/files", "outbox"):
		for path in Path(frappe.get_site_path(folder)).rglob("*"):
			if path.is_file():
				content = path.read_bytes()
				text = text_of_letter(content) if path.suffix == ".eml" else text_of(content)
				plain = fold(f"{path.name}\n{decoded(text)}")
				if any(word in plain for word in words):
					yield path
