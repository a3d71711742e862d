"""What print templates call about an order. Every function here is a method of Jinja on the whole site.

An order shows what it lists; of a local act that the reader may not see, the title alone.
"""

from __future__ import annotations

from typing import Any

from frappe.model import document

from nastavnik_app.documents import reading

CELLS = ("cell_1", "cell_2", "cell_3", "cell_4")
LIST_WIDTH = 93  # % of the page, what the numbers of the rows leave
LONGEST = 80  # characters, beyond which a text takes lines and not width


def annexed_acts(order: document.Document) -> list[dict[str, Any]]:
	"""The local acts of an order, each as `title` and `act` (None to who may not read it)."""
	return [
		{"title": row.act_title, "act": reading.readable("Mentoring Local Act", row.act)}
		for row in order.acts
	]


def order_list(order: document.Document) -> dict[str, Any]:
	"""The list that an order has of its own: `columns` (title and width in %, up to four) and `rows` of as many
	texts."""
	titles = [title.strip() for title in (order.list_columns or "").split("|")][: len(CELLS)]
	rows = [[row.get(cell) or "" for cell in CELLS[: len(titles)]] for row in order.list_rows]
	longest = [max(len(text) for text in column) for column in zip(titles, *rows, strict=True)]
	# a text four times as long needs a column twice as wide: it takes more lines as well
	shares = [max(min(length, LONGEST), 1) ** 0.5 for length in longest]
	columns = [
		(title, round(LIST_WIDTH * share / sum(shares))) for title, share in zip(titles, shares, strict=True)
	]
	return {"columns": columns, "rows": rows}


def shown_program(name: str) -> document.Document | None:
	"""The programme, or None to who may not read it."""
	return reading.readable("Mentoring Program", name)


def acknowledging(order: document.Document, way: str) -> list[document.Document]:
	"""Rows of those who sign (Signs) or are informed (Is Informed)."""
	return [row for row in order.acknowledgements if (row.way or "Signs") == way]
