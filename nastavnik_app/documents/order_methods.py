"""What print templates call about an order. Every function here is a method of Jinja on the whole site.

An order shows what it lists; of a local act that the reader may not see, the title alone.
"""

from __future__ import annotations

from typing import Any

from frappe.model import document

from nastavnik_app.documents import reading

CELLS = ("cell_1", "cell_2", "cell_3", "cell_4")


def annexed_acts(order: document.Document) -> list[dict[str, Any]]:
	"""The local acts of an order, each as `title` and `act` (None to who may not read it)."""
	return [
		{"title": row.act_title, "act": reading.readable("Mentoring Local Act", row.act)}
		for row in order.acts
	]


def order_list(order: document.Document) -> dict[str, Any]:
	"""The list that an order has of its own: `columns` (titles, up to four) and `rows` of as many texts."""
	columns = [title.strip() for title in (order.list_columns or "").split("|")][: len(CELLS)]
	rows = [[row.get(cell) or "" for cell in CELLS[: len(columns)]] for row in order.list_rows]
	return {"columns": columns, "rows": rows}


def shown_program(name: str) -> document.Document | None:
	"""The programme, or None to who may not read it."""
	return reading.readable("Mentoring Program", name)


def acknowledging(order: document.Document, way: str) -> list[document.Document]:
	"""Rows of those who sign (Signs) or are informed (Is Informed)."""
	return [row for row in order.acknowledgements if (row.way or "Signs") == way]
