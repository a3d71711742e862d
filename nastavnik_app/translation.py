"""Messages of the rules, which know no reader, in the reader's language."""

from __future__ import annotations

from datetime import date

from frappe import _
from frappe.utils import formatdate

from nastavnik_app.rules.messages import Message


def translated(message: Message) -> str:
	"""A message of the rules in the reader's language; days as the reader writes them."""
	args = [_translated_argument(one) for one in message.args]
	return _(message.source).format(*args) if args else _(message.source)


def _translated_argument(value: object) -> object:
	if isinstance(value, Message):
		return translated(value)
	return formatdate(value) if isinstance(value, date) else value
