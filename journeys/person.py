"""What a person can do at a site: the verbs of the journeys. Each engine's pages say how."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PIL import Image

from journeys.watch import Watch

TALLEST = 3000  # pixels of a picture


class Person:
	"""Somebody before a page of Playwright. Doctypes and fields go by their names, buttons by their labels in the source.

	Values: `str` for texts, for options as they are read, and for links as a title; `date`; `bool`; `Path` for a file.
	"""

	own_pages = False  # whether the pages themselves are of this repository
	not_watched: tuple[str, ...] = ()  # parts of addresses whose faults are not the app's

	def __init__(self, page: Any, watch: Watch, pictures: Path | None) -> None:
		self.page, self.watch, self.pictures = page, watch, pictures

	# ways

	def sign_in(self, login: str, password: str) -> None:
		"""From the sign-in page to the first page."""
		raise NotImplementedError

	def home(self, workspace: str = "Mentoring") -> None:
		"""Opens what the day begins with; on Desk, a workspace."""
		raise NotImplementedError

	def open(self, path: str) -> None:
		"""Opens an address of the site and waits until the page is there."""
		raise NotImplementedError

	def where(self) -> str:
		"""The address of the present record, for somebody else to open."""
		return re.sub(r"^https?://[^/]+", "", self.page.url)

	def open_list(self, doctype: str, search: str = "") -> None:
		"""Opens a list, of the records found only where something is searched for."""
		raise NotImplementedError

	def titles(self) -> list[str]:
		"""Titles of the records in the open list, as far as its first page shows them."""
		raise NotImplementedError

	def open_record(self, doctype: str, title: str) -> None:
		"""Finds a record in its list and opens it."""
		raise NotImplementedError

	def may_create(self, doctype: str) -> bool:
		"""Whether the DocType's list offers a new record; opens that list."""
		raise NotImplementedError

	def open_new(self, doctype: str) -> None:
		"""Opens the form of a new record."""
		raise NotImplementedError

	# the form

	def fill(self, **values: Any) -> None:
		"""Fills fields in their order."""
		raise NotImplementedError

	def fill_row(self, table: str, number: int, **values: Any) -> None:
		"""Fills a row of a table, counted from 1; the one after the last is added."""
		raise NotImplementedError

	def may_fill(self, fieldname: str) -> bool:
		"""Whether the form asks for a field, or only shows it."""
		raise NotImplementedError

	def value(self, fieldname: str) -> str:
		"""What a field holds, as it is read."""
		raise NotImplementedError

	def state(self) -> str:
		"""The indicator beside the title, in Russian."""
		raise NotImplementedError

	def doubts(self) -> dict[int, str]:
		"""Rows in doubt of a roadmap under review: number → what is doubted."""
		raise NotImplementedError

	def save(self) -> None:
		"""Saves the form; returns when it is saved or refused."""
		raise NotImplementedError

	def act(self, action: str) -> None:
		"""Takes an action of the workflow, by its name."""
		raise NotImplementedError

	def button(self, label: str, confirm: str = "", **asked: Any) -> None:
		"""Presses a button of the form; fills what it asks, and presses `confirm`."""
		raise NotImplementedError

	def buttons(self) -> list[str]:
		"""What the form offers, in Russian: saving, actions of the workflow, buttons."""
		raise NotImplementedError

	def printed(self, kind: str, paper: str = "") -> bytes:
		"""The record as "PDF" or "Word"; `paper` is the label of the print format where there are several."""
		raise NotImplementedError

	# what is said

	def message(self) -> str:
		"""What the last step has said."""
		raise NotImplementedError

	def refusal(self) -> str:
		"""Why the last step was refused; closes the message where one has to."""
		raise NotImplementedError

	@contextmanager
	def refused(self) -> Iterator[SimpleNamespace]:
		"""Around a step that must be refused: `with curator.refused() as why: …`, then `why.text`."""
		why = SimpleNamespace(text="")
		with self.watch.expecting_refusal():
			yield why
			why.text = self.refusal()
		assert why.text, "not refused"

	# reports and pictures

	def report(self, name: str, **filters: Any) -> list[str]:
		"""Opens a report, sets its filters and returns its rows, each as one text."""
		raise NotImplementedError

	def has_chart(self) -> bool:
		"""Whether the open report shows a chart."""
		raise NotImplementedError

	def text(self) -> str:
		"""All that the page says, without its menu."""
		raise NotImplementedError

	def picture(self, name: str) -> None:
		"""Keeps a picture of the whole page, if pictures are wanted."""
		if self.pictures:
			self.pictures.mkdir(parents=True, exist_ok=True)
			shot = self.page.screenshot(full_page=True)
			image = Image.open(BytesIO(shot))
			# a palette is enough for pages, and a page with hundreds of rows for nobody's eyes
			image = image.crop((0, 0, image.width, min(image.height, TALLEST)))
			image = image.convert("RGB").quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
			image.save(self.pictures / f"{name}.png", optimize=True)
