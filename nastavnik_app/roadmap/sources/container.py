"""Looks at a file before any library does: its kind, its size, and whether it is a trap."""

from __future__ import annotations

import os
import zipfile
from io import BytesIO
from pathlib import Path

from nastavnik_app.roadmap.sources.blocks import UnreadableDocument
from nastavnik_app.rules.messages import _

MEGABYTE = 1024 * 1024
MAX_FILE = 20 * MEGABYTE
MAX_XML_MEMBER = 24 * MEGABYTE
MAX_XML = 40 * MEGABYTE
MAX_UNPACKED = 120 * MEGABYTE
MAX_MEMBERS = 2000
MAX_RATIO = 200  # Word's own XML packs about 10 … 60 times

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")


def read_bytes(path_or_bytes: str | Path | bytes) -> bytes:
	"""The content of the file; refuses what is missing, empty or too large before reading it."""
	if isinstance(path_or_bytes, bytes | bytearray):
		data = bytes(path_or_bytes)
		_check_size(len(data))
	else:
		try:
			if not Path(path_or_bytes).is_file():
				raise UnreadableDocument(_("There is no such file: {0}").format(str(path_or_bytes)))
			_check_size(os.stat(path_or_bytes).st_size)
			data = Path(path_or_bytes).read_bytes()
		except OSError as error:
			raise UnreadableDocument(_("The file cannot be opened: {0}").format(error.strerror)) from error
	if not data.strip():
		raise UnreadableDocument(_("The file is empty. Choose the file with the roadmap."))
	return data


def _check_size(size: int) -> None:
	if size > MAX_FILE:
		raise UnreadableDocument(
			_("The file is {0} MB; at most {1} MB are read. Remove pictures or save only the plan.").format(
				size // MEGABYTE, MAX_FILE // MEGABYTE
			)
		)


def kind_of(data: bytes, filename: str) -> str:
	"""`docx`, `xlsx` or `text`, by the content; the name of the file is not believed."""
	if data.startswith(b"PK"):
		return _kind_of_package(data)
	if data.startswith(OLE):
		raise UnreadableDocument(_ole_message(data))
	if data.startswith(b"%PDF"):
		raise UnreadableDocument(_("This is a PDF. Save the roadmap as .docx or .xlsx and choose that file."))
	if data.startswith(b"{\\rtf"):
		raise UnreadableDocument(_("This is an RTF document. Open it in Word and save it as .docx."))
	if data.startswith(PICTURES):
		raise UnreadableDocument(
			_("This is a picture, not a document. Choose the .docx, .xlsx or text the picture was made from.")
		)
	if filename.lower().endswith((".docx", ".xlsx")):
		raise UnreadableDocument(
			_(
				"The file is damaged or is not a {0} document. Open it in its program and save it again."
			).format(filename.lower()[-5:])
		)
	return "text"


def _ole_message(data: bytes):
	if "EncryptedPackage".encode("utf-16-le") in data:
		return _("The document is protected by a password. Save it without the password and choose it again.")
	if "Workbook".encode("utf-16-le") in data:
		return _("This is an old .xls workbook. Open it in Excel and save it as .xlsx.")
	return _("This is an old .doc document. Open it in Word and save it as .docx.")


def _kind_of_package(data: bytes) -> str:
	damaged = _("The file is damaged or was not copied to the end. Open it in its program and save it again.")
	try:
		with zipfile.ZipFile(BytesIO(data)) as package:
			_check_package(package)
			names = set(package.namelist())
	except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
		raise UnreadableDocument(damaged) from error
	except Exception as error:  # zlib.error and struct.error have no common ancestor
		if isinstance(error, UnreadableDocument):
			raise
		raise UnreadableDocument(damaged) from error
	if "word/document.xml" in names:
		return "docx"
	if "xl/workbook.xml" in names:
		return "xlsx"
	if "content.xml" in names:
		raise UnreadableDocument(_("This is an OpenDocument file. Save it as .docx or .xlsx."))
	raise UnreadableDocument(
		_("This is an archive, not a document. Unpack it and choose the .docx or .xlsx in it.")
	)


def _check_package(package: zipfile.ZipFile) -> None:
	bomb = _("The file unpacks to far more than a roadmap can hold and was not opened.")
	members = package.infolist()
	if any(member.flag_bits & 1 for member in members):
		raise UnreadableDocument(
			_("The document is protected by a password. Save it without the password and choose it again.")
		)
	if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
		raise UnreadableDocument(bomb)
	xml_size = 0
	for member in members:
		large = member.file_size > MEGABYTE
		if large and member.file_size > MAX_RATIO * max(member.compress_size, 1):
			raise UnreadableDocument(bomb)
		if member.filename.lower().endswith((".xml", ".rels")):
			xml_size += _check_xml(package, member, bomb)
	if xml_size > MAX_XML:
		raise UnreadableDocument(bomb)


def _check_xml(package: zipfile.ZipFile, member: zipfile.ZipInfo, bomb) -> int:
	"""Unpacked size as it really is, whatever the directory declares; a DTD (entity bombs) is refused."""
	if member.file_size > MAX_XML_MEMBER:
		raise UnreadableDocument(bomb)
	size, tail = 0, b""
	with package.open(member) as stream:
		while chunk := stream.read(256 * 1024):
			size += len(chunk)
			if size > MAX_XML_MEMBER:
				raise UnreadableDocument(bomb)
			plain = (tail + chunk).replace(b"\x00", b"")
			if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
				raise UnreadableDocument(
					_("The document declares XML entities, which no office program does; it was not opened.")
				)
			tail = chunk[-32:]
	return size
