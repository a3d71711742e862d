"""What can be read of a file or a letter: all text in it, in whatever format and encoding."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from email import message_from_bytes, policy

from pypdf import PdfReader

MOST_UNPACKED = 200 * 1024 * 1024  # bytes of one archive; beyond it the rest is not read
DEEPEST = 4  # archives in archives

_TAG = re.compile(r"<[^<>]*>")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def text_of(content: bytes) -> str:
	"""All text in a file: PDF, Office documents, archives of them, and whatever is text in some encoding. Of what is
	broken or locked, what can be read without opening it."""
	return "\n".join(_texts(content))


def text_of_letter(letter: bytes) -> str:
	"""Headers, text and attachments of a message, decoded."""
	try:
		message = message_from_bytes(letter, policy=policy.default)
		texts = [f"{key}: {value}" for key, value in message.items()]
		for part in message.walk():
			texts.append(part.get_filename() or "")
			if not part.is_multipart():
				texts.append(text_of(part.get_payload(decode=True) or b""))
	except Exception:  # the parser raises whatever a malformed header leads it to
		return text_of(letter)
	return "\n".join(texts)


def _texts(content: bytes, depth: int = 0) -> Iterator[str]:
	for beginning, opened in OPENERS.items():
		if content.startswith(beginning) and depth < DEEPEST:
			try:
				yield from list(opened(content, depth + 1))
			except Exception:  # so do the libraries: one broken file must keep nobody's data
				yield from _plain(content)
			return
	yield from _plain(content)


def _of_archive(content: bytes, depth: int) -> Iterator[str]:
	left = MOST_UNPACKED
	with zipfile.ZipFile(io.BytesIO(content)) as archive:
		for member in archive.infolist():
			yield member.filename
			left -= member.file_size
			if left >= 0:
				yield from _texts(archive.read(member), depth)


def _of_packed(content: bytes, depth: int) -> Iterator[str]:
	with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
		yield from _texts(packed.read(MOST_UNPACKED), depth)


def _of_pdf(content: bytes, depth: int) -> Iterator[str]:
	reader = PdfReader(io.BytesIO(content))
	yield from (str(value) for value in (reader.metadata or {}).values())
	yield from (page.extract_text() for page in reader.pages)


OPENERS = {b"PK": _of_archive, b"\x1f\x8b": _of_packed, b"%PDF": _of_pdf}


def _plain(content: bytes) -> Iterator[str]:
	for text in _decoded(content):
		yield text
		if "<" in text and "\0" not in text:
			# Word divides a word among tags, Excel puts each cell into its own
			yield _TAG.sub("", text)
			yield _TAG.sub(" ", text)


def _decoded(content: bytes) -> Iterator[str]:
	"""A text in its encoding; in each that it may have, where that does not show."""
	if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
		yield content.decode("utf-16", errors="ignore")
		return
	if content.startswith(_OLD_OFFICE):
		yield content.decode("utf-16-le", errors="ignore")
	try:
		# no name in another encoding is by chance a text in this one
		yield content.decode("utf-8")
	except UnicodeDecodeError:
		yield content.decode("utf-8", errors="ignore")
		yield content.decode("cp1251", errors="ignore")
