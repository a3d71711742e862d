"""Files kept for documents."""

from typing import Any

import frappe


def save_file(
	fname: str,
	content: str | bytes,
	dt: str | None,
	dn: str | None,
	is_private: int = 0,
	df: str | None = None,
) -> Any:
	"""Writes a file and its File record, attached to a document."""
	return frappe.get_doc(
		doctype="File",
		file_name=fname,
		attached_to_doctype=dt,
		attached_to_name=dn,
		attached_to_field=df,
		is_private=is_private,
		content=content,
	).insert(ignore_permissions=True)
