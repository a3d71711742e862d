"""A file as the answer to a request.

Not by `frappe.response`, which spoils a name that is not Latin.
"""

from __future__ import annotations

from urllib.parse import quote

from werkzeug.wrappers import Response

# what a browser must know at the least; everything else is a file and no more
_KINDS = {
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"ics": "text/calendar",
	"pdf": "application/pdf",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"zip": "application/zip",
}


def sent(content: bytes, name: str, kind: str | None = None, inside: bool = False) -> Response:
	"""A file under its name; `inside` lets the browser show it."""
	kind = kind or _KINDS.get(name.rpartition(".")[2], "application/octet-stream")
	response = Response(content, mimetype=kind)
	# a header takes a name that is not Latin only in code (RFC 6266)
	way = "inline" if inside else "attachment"
	response.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(name, safe='')}"
	return response
