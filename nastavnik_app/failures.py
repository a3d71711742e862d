"""What went wrong, in the words of the person who is told."""

from __future__ import annotations

import frappe
from frappe.utils import strip_html


def reason_of(error: Exception) -> str:
	"""What an error says; it is told once, here, and no longer shown as a message of its own."""
	frappe.clear_messages()
	return strip_html(str(error)) or type(error).__name__
