"""Files and letters in which a name stands, and which of them are deleted. Each is read once, whoever leaves."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

import frappe

from nastavnik_app.privacy.kept import Kept, why_kept
from nastavnik_app.privacy.records import FOLDERS, Record, erase, erase_files, is_leaving, leave, place_of
from nastavnik_app.privacy.subjects import Subject
from nastavnik_app.privacy.sweep import Owners, note_left
from nastavnik_app.privacy.texts import text_of, text_of_letter
from nastavnik_app.rules.name_traces import Text

# the embedded engine keeps what it has sent as files
LETTERS = "outbox"
# records that are nothing without their file
FILE_ALONE = ("Prepared Report", "Mentoring Print Job")


def delete_files(subjects: list[Subject], kept: Kept) -> None:
	"""Deletes each File that shows a name; those of papers within their terms stay and are listed."""
	owners = Owners()
	for address, files in groupby(_files(), key=lambda file: file.file_url or ""):
		content = cache(lambda address=address: Text(_content(address)))
		for file in files:
			attached = (file.attached_to_doctype or "", file.attached_to_name or "")
			until = kept.until(*attached)
			if until:
				for subject in subjects:
					if attached in subject.about:
						note_left(subject, attached, why_kept(until))
				continue
			if owners.another(attached[0]):
				continue
			shown = [one for one in subjects if attached == one.record]
			if not shown:
				shown = _shown(subjects, attached, Text(f"{file.file_name}\n{address}"), content())
			if shown:
				erase_files([file.name])
				if attached[0] in FILE_ALONE and frappe.db.exists(*attached):
					erase(attached[0], [attached[1]])
				_count(shown, "File")


def _files() -> list[frappe._dict]:
	"""All files, those of one address together."""
	fields = ["name", "file_name", "file_url", "attached_to_doctype", "attached_to_name"]
	return frappe.get_all("File", filters={"is_folder": 0}, fields=fields, order_by="file_url asc, name asc")


def _shown(subjects: list[Subject], record: Record | None, *texts: Text) -> list[Subject]:
	"""Whose name stands in one of the texts of a record, or of none."""
	return [one for one in subjects if any(one.traces.found(text, record in one.about) for text in texts)]


def _count(subjects: list[Subject], what: str) -> None:
	for subject in subjects:
		subject.count(what, 1)


def _content(address: str) -> str:
	place = place_of(address)
	path = Path(frappe.get_site_path(place)) if place else None
	return text_of(path.read_bytes()) if path and path.is_file() else ""


def delete_orphans(subjects: list[Subject]) -> None:
	"""Deletes files that no File record names any more, or ever did: the framework leaves a second copy of what is
	saved by its older function."""
	for place, path in _orphans():
		shown = _shown(subjects, None, Text(f"{path.name}\n{text_of(path.read_bytes())}"))
		if shown:
			leave(place)
			_count(shown, "File")


def _orphans() -> Iterator[tuple[str, Path]]:
	for folder, beginning in FOLDERS.items():
		known = set(frappe.get_all("File", filters={"file_url": ["like", f"{beginning}%"]}, pluck="file_url"))
		base = Path(frappe.get_site_path(folder))
		for path in sorted(base.rglob("*")) if base.is_dir() else ():
			rest = path.relative_to(base).as_posix()
			if path.is_file() and beginning + rest not in known and not is_leaving(f"{folder}/{rest}"):
				yield f"{folder}/{rest}", path


def delete_letters(subjects: list[Subject]) -> None:
	"""Deletes letters, sent or waiting, in which a name stands: of the queue, and of the embedded engine's folder."""
	for name in frappe.get_all("Email Queue", pluck="name"):
		letter = frappe.db.get_value("Email Queue", name, "message") or ""
		shown = _shown(subjects, None, Text(text_of_letter(letter.encode())))
		if shown:
			erase("Email Queue", [name])
			_count(shown, "Email Queue")
	folder = Path(frappe.get_site_path(LETTERS))
	for path in sorted(folder.glob("*.eml")) if folder.is_dir() else ():
		if _shown(subjects, None, Text(text_of_letter(path.read_bytes()))):
			leave(f"{LETTERS}/{path.name}")
