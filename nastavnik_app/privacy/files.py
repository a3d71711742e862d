"""Files and letters in which a name stands: what can be read of them, and which are deleted."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path

import frappe
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from nastavnik_app.privacy import records
from nastavnik_app.privacy.kept import Kept, why_kept
from nastavnik_app.privacy.records import erase, erase_files
from nastavnik_app.privacy.subjects import Subject
from nastavnik_app.privacy.sweep import Owners, note_left
from nastavnik_app.rules.name_traces import decoded

MOST_UNPACKED = 200 * 1024 * 1024  # bytes of one archive; beyond it the rest is not read
# the embedded engine keeps what it has sent as files
LETTERS = "outbox"
FOLDERS = {"private": "/private/files/", "public": "/files/"}
# records that are nothing without their file
FILE_ALONE = ("Prepared Report", "Mentoring Print Job")

_TAG = re.compile(r"<[^<>]*>")


def text_of(content: bytes) -> str:
	"""All text in a file: PDF, Office documents, archives of them, and whatever is text in some encoding."""
	return "\n".join(_texts(content))


def _texts(content: bytes) -> Iterator[str]:
	if content.startswith(b"PK"):
		yield from _of_archive(content)
	elif content.startswith(b"\x1f\x8b"):
		try:
			yield from _texts(gzip.decompress(content))
		except (OSError, EOFError):
			return
	elif content.startswith(b"%PDF"):
		yield _of_pdf(content)
	else:
		yield from _plain(content)


def _of_archive(content: bytes) -> Iterator[str]:
	left = MOST_UNPACKED
	try:
		with zipfile.ZipFile(io.BytesIO(content)) as archive:
			for member in archive.infolist():
				left -= member.file_size
				if left < 0:
					return
				yield member.filename
				yield from _texts(archive.read(member))
	except (zipfile.BadZipFile, RuntimeError, NotImplementedError):  # not an archive, or a locked one
		yield from _plain(content)


def _of_pdf(content: bytes) -> str:
	try:
		pages = PdfReader(io.BytesIO(content)).pages
		return "\n".join(page.extract_text() for page in pages)
	except (PyPdfError, ValueError, KeyError):  # locked or broken
		return ""


def _plain(content: bytes) -> Iterator[str]:
	for encoding in ("utf-8", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "cp1251"):
		text = decoded(content.decode(encoding, errors="ignore"))
		yield text
		if "<" in text:
			# Word divides a word among tags, Excel puts each cell into its own
			yield _TAG.sub("", text)
			yield _TAG.sub(" ", text)


def delete_files(subjects: list[Subject], kept: Kept) -> None:
	"""Deletes each File that shows a name; those of papers within their terms stay and are listed."""
	owners = Owners()
	fields = ["name", "file_name", "file_url", "attached_to_doctype", "attached_to_name"]
	for file in frappe.get_all("File", filters={"is_folder": 0}, fields=fields):
		attached = (file.attached_to_doctype or "", file.attached_to_name or "")
		until = kept.until(*attached)
		touched = [one for one in subjects if attached in one.about]
		if until:
			for subject in touched:
				note_left(subject, attached, why_kept(until))
			continue
		if owners.another(attached[0]):
			continue
		shown = _shown_in(file, attached, subjects)
		if not shown:
			continue
		erase_files([file.name])
		if attached[0] in FILE_ALONE and frappe.db.exists(*attached):
			erase(attached[0], [attached[1]])
		for subject in shown:
			subject.count("File", 1)


def delete_orphans(subjects: list[Subject]) -> None:
	"""Deletes files that no File record names any more, or ever did: the framework leaves a second copy of what is
	saved by its older function."""
	for kind, folder in FOLDERS.items():
		known = set(frappe.get_all("File", filters={"file_url": ["like", f"{folder}%"]}, pluck="file_url"))
		base = Path(frappe.get_site_path(kind, "files"))
		for path in sorted(base.rglob("*")) if base.is_dir() else ():
			if not path.is_file() or f"{folder}{path.relative_to(base).as_posix()}" in known:
				continue
			text = f"{path.name}\n{text_of(path.read_bytes())}"
			shown = [one for one in subjects if one.traces.found(text, linked=False)]
			if shown:
				records.after_commit(partial(path.unlink, missing_ok=True))
			for subject in shown:
				subject.count("File", 1)


def _shown_in(file: frappe._dict, attached: tuple[str, str], subjects: list[Subject]) -> list[Subject]:
	own = [one for one in subjects if attached == one.record]
	if own:
		return own
	text = f"{file.file_name}\n{file.file_url}\n{_content(file.name)}"
	return [one for one in subjects if one.traces.found(text, attached in one.about)]


def _content(name: str) -> str:
	file = frappe.get_doc("File", name)
	if not (file.file_url or "").startswith(("/private/files/", "/files/")):
		return ""
	path = Path(file.get_full_path())
	return text_of(path.read_bytes()) if path.is_file() else ""


def delete_letters(subjects: list[Subject]) -> None:
	"""Deletes letters, sent or waiting, in which a name stands: of the queue, and of the embedded engine's folder."""
	for name in frappe.get_all("Email Queue", pluck="name"):
		letter = frappe.db.get_value("Email Queue", name, "message") or ""
		shown = _shown_in_letter(letter.encode(), subjects)
		if shown:
			erase("Email Queue", [name])
		for subject in shown:
			subject.count("Email Queue", 1)
	folder = Path(frappe.get_site_path(LETTERS))
	for path in sorted(folder.glob("*.eml")) if folder.is_dir() else ():
		if _shown_in_letter(path.read_bytes(), subjects):
			records.after_commit(partial(path.unlink, missing_ok=True))


def _shown_in_letter(letter: bytes, subjects: list[Subject]) -> list[Subject]:
	text = text_of_letter(letter)
	return [one for one in subjects if one.traces.found(text, linked=False)]


def text_of_letter(letter: bytes) -> str:
	"""Headers, text and attachments of a message, decoded."""
	message = message_from_bytes(letter, policy=policy.default)
	texts = [f"{key}: {value}" for key, value in message.items()]
	for part in message.walk():
		texts.append(part.get_filename() or "")
		if not part.is_multipart():
			texts.append(text_of(part.get_payload(decode=True) or b""))
	return "\n".join(texts)
