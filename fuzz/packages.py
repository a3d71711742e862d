"""Inputs of the readers of files: the first byte says what the rest is.

A changed byte of a zip would only ever damage its checksum, so the rest stands for a part of the package.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

NAMES = ("a.docx", "a.xlsx", "a.csv", "a.txt", "")
# what the rest stands for: the file itself, a text in one byte a letter, or a part of a package
RAW, TEXT, PARTS = (
	0,
	1,
	{
		2: "word/document.xml",
		3: "word/numbering.xml",
		4: "xl/worksheets/sheet1.xml",
		5: "xl/sharedStrings.xml",
		6: "xl/workbook.xml",
		7: "xl/styles.xml",
	},
)
KINDS = 8


def file_of(data: bytes, documents: Mapping[str, bytes]) -> tuple[bytes, str]:
	"""The file that an input stands for, and its name. `documents`: whole packages by "word" and "xl"."""
	first, rest = (data[:1] or b"\0")[0], data[1:]
	kind, name = first % KINDS, NAMES[first // KINDS % len(NAMES)]
	if kind == RAW:
		return rest, name
	if kind == TEXT:
		return rest.decode("cp1251", "replace").encode(), name
	return with_part(documents[PARTS[kind].partition("/")[0]], PARTS[kind], rest), name


def with_part(package: bytes, part: str, content: bytes) -> bytes:
	stream = io.BytesIO()
	with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w") as new:
		for name in old.namelist():
			if name != part:
				new.writestr(name, old.read(name))
		new.writestr(part, content)
	return stream.getvalue()


def inputs_of(package: bytes) -> list[bytes]:
	"""A whole package as inputs: the file itself and each of its parts."""
	with zipfile.ZipFile(io.BytesIO(package)) as whole:
		parts = [(kind, whole.read(part)) for kind, part in PARTS.items() if part in whole.namelist()]
	return [bytes([RAW]) + package, *(bytes([kind]) + content for kind, content in parts)]


def text_input(text: str, name: str = "a.csv") -> bytes:
	return bytes([TEXT + KINDS * NAMES.index(name)]) + text.encode("cp1251", "replace")
