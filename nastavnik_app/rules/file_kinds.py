"""Which files are kept with a school's records: documents and pictures that are what their names say, nothing that a
browser or a computer would run."""

from __future__ import annotations

import re

from nastavnik_app.rules.messages import Message, _

ZIP, OLE = (b"PK\x03\x04", b"PK\x05\x06"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
# ending → what such a file begins with; nothing where it is text
BEGINNINGS: dict[str, tuple[bytes, ...]] = {
	"pdf": (b"%PDF-",),
	"jpg": (b"\xff\xd8\xff",),
	"jpeg": (b"\xff\xd8\xff",),
	"png": (b"\x89PNG\r\n\x1a\n",),
	"tif": (b"II*\x00", b"MM\x00*"),
	"tiff": (b"II*\x00", b"MM\x00*"),
	"webp": (b"RIFF",),
	"docx": ZIP,
	"xlsx": ZIP,
	"pptx": ZIP,
	"odt": ZIP,
	"ods": ZIP,
	"zip": ZIP,
	"doc": OLE,
	"xls": OLE,
	"ppt": OLE,
	"rtf": (b"{\\rtf",),
	"txt": (),
	"md": (),
	"csv": (),
	"tsv": (),
	"json": (),
	"ics": (),
}
HEAD = 1024  # bytes that are looked at
# what is run, whatever it is called: programs, scripts, pages and drawings with scripts in them
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe")
_MARKUP = re.compile(
	rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|meta|\?xml|\?php)", re.IGNORECASE
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def fault_of(name: str, head: bytes, is_read: bool = False) -> Message | None:
	"""Why a file of this name, with these first bytes, is not kept. One that `is_read` is looked through by a reader,
	which says better what it is instead of a document."""
	ending = name.rpartition(".")[2].lower() if "." in name else ""
	if ending not in BEGINNINGS:
		return _(
			"“{0}”: files of this kind are not kept. Save it as PDF, a picture, Word, Excel or text."
		).format(name)
	if _is_run(head):
		return _("“{0}” is a page or a program and not a document. It was not kept.").format(name)
	beginnings = BEGINNINGS[ending]
	if beginnings and not is_read and not _begins(head, ending, beginnings):
		return _(
			"“{0}” is not what its name says: it does not begin as a file “.{1}” does. Save it anew in its program."
		).format(name, ending)
	return None


def _is_run(head: bytes) -> bool:
	text = head.replace(b"\x00", b"")
	for mark in _BOMS:
		text = text.removeprefix(mark)
	return text.lstrip().startswith(_PROGRAMS) or bool(_MARKUP.match(text.lstrip()))


def _begins(head: bytes, ending: str, beginnings: tuple[bytes, ...]) -> bool:
	# programs write a line of their own before a PDF
	return any(one in head if ending == "pdf" else head.startswith(one) for one in beginnings)
