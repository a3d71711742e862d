"""Work without a mouse: keys alone, and what has the focus."""

from __future__ import annotations

from datetime import date
from typing import Any

# the words by which somebody who cannot see the page knows what has the focus
FOCUSED = """() => {
	const one = document.activeElement;
	const label = one.labels && one.labels.length ? one.labels[0].innerText : "";
	return (one.getAttribute("aria-label") || label || one.innerText || "").trim();
}"""
MOST_STEPS = 150


class Keyboard:
	"""The keys of somebody's page."""

	def __init__(self, page: Any) -> None:
		self._page = page

	def tab_to(self, words: str, key: str = "Tab") -> None:
		"""Presses Tab until what has the focus begins with the words."""
		for _step in range(MOST_STEPS):
			self._page.keyboard.press(key)
			if self._page.evaluate(FOCUSED).startswith(words):
				return
		raise AssertionError(f"{key} does not reach “{words}”")

	def back_to(self, words: str) -> None:
		"""The same with Shift held: backwards."""
		self.tab_to(words, "Shift+Tab")

	def type(self, text: str) -> None:
		self._page.keyboard.type(text)

	def type_day(self, day: date) -> None:
		"""In the order of the browser's own language, which it keeps whatever the page's is."""
		own = self._page.context.browser.new_page()
		is_russian = own.evaluate("navigator.language").startswith("ru")
		own.close()
		self.type(f"{day:%d.%m.%Y}" if is_russian else f"{day:%m/%d/%Y}")

	def enter(self) -> None:
		"""Enter, which follows a link or presses a button; waits for the page that it leads to."""
		with self._page.expect_navigation():
			self._page.keyboard.press("Enter")
