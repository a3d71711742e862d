"""Which step of its way a document takes with the save that is under way."""

from __future__ import annotations

from frappe.model.document import Document


def was(doc: Document, state: str) -> bool:
	"""Whether a document stood in a state before this save."""
	before = doc.get_doc_before_save()
	return bool(before) and before.workflow_state == state


def is_new_or_was(doc: Document, state: str) -> bool:
	"""Whether its content was open in this first state until this save, the one that takes it further included."""
	return doc.is_new() or was(doc, state)


def passes(doc: Document, state: str, next_state: str) -> bool:
	"""Whether this save takes a document from one state to another."""
	return was(doc, state) and doc.workflow_state == next_state
