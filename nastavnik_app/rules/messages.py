"""Texts for people, made where no translation is at hand.

A rule says `_("Term ends before it starts: {0}").format(text)` and gets an English text; a door that knows
the reader's language translates `source` and formats it again with `args`.
"""

from __future__ import annotations


class Message(str):
	"""A formatted English text that keeps its `source` and `args` for translation."""

	source: str
	args: tuple

	def __new__(cls, source: str, args: tuple = ()) -> Message:
		message = super().__new__(cls, str.format(source, *args) if args else source)
		message.source = source
		message.args = args
		return message

	def __getnewargs__(self) -> tuple[str, tuple]:
		return self.source, self.args


class Source(Message):
	"""A text not yet filled in; without placeholders it is a message as it stands."""

	def __new__(cls, source: str) -> Source:
		return super().__new__(cls, source)

	def __getnewargs__(self) -> tuple[str]:
		return (self.source,)

	def format(self, *args: object) -> Message:
		"""The message with its placeholders filled, still to be translated."""
		return Message(self.source, args)


def _(source: str) -> Source:
	"""Marks a text for translation, as frappe's `_` does."""
	return Source(source)
