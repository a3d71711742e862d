"""The board of the roadmap's tasks: moving a card goes the Workflow's way, and each school sees its own cards.

Frappe keeps one order of a board's cards, that of whoever opened it last, and finds a card by its place in it: two
schools of a site would spoil each other's moves. On boards of our records no order is kept, the list's sorting holds.
"""

import frappe
from frappe.model.document import Document

from nastavnik_app.rules.scope import SCOPE_FIELD
from nastavnik_app.rules.states import MACHINES

BOARD = "Дорожная карта"
COLOURS = {"Planned": "Gray", "In Progress": "Orange", "Done": "Green"}
FRAMEWORKS = "frappe.desk.doctype.kanban_board.kanban_board."


def seed_board() -> None:
	"""Once, at installation: what the school changes or deletes afterwards stays so."""
	if not _has_boards() or frappe.db.exists("Kanban Board", BOARD):
		return
	machine = MACHINES["Roadmap Task"]
	board = {
		"doctype": "Kanban Board",
		"kanban_board_name": BOARD,
		"reference_doctype": machine.doctype,
		"field_name": machine.field,
		"columns": [{"column_name": state, "indicator": colour} for state, colour in COLOURS.items()],
		"fields": frappe.as_json(["due_date", "responsible"]),
	}
	frappe.get_doc(board).insert(ignore_permissions=True)


def remove_boards() -> None:
	if _has_boards():
		ours = {"reference_doctype": ["in", list(SCOPE_FIELD)]}
		for board in frappe.get_all("Kanban Board", filters=ours, pluck="name"):
			frappe.delete_doc("Kanban Board", board, force=True)


def _has_boards() -> bool:
	"""The embedded engine has no boards."""
	return bool(frappe.db.exists("DocType", "Kanban Board"))


@frappe.whitelist()
def update_order(board_name: str, order: str) -> tuple[Document, list]:
	"""Called whenever somebody opens a board."""
	board = frappe.get_doc("Kanban Board", board_name)
	if board.reference_doctype in SCOPE_FIELD:
		return board, []
	return frappe.get_attr(FRAMEWORKS + "update_order")(board_name, order)


@frappe.whitelist()
def update_order_for_single_card(
	board_name: str,
	docname: str,
	from_colname: str,
	to_colname: str,
	old_index: int | str,
	new_index: int | str,
) -> Document:
	"""Called when a card was moved: a record is saved in its new state, or refused."""
	board = frappe.get_doc("Kanban Board", board_name)
	if board.reference_doctype not in SCOPE_FIELD:
		return frappe.get_attr(FRAMEWORKS + "update_order_for_single_card")(
			board_name, docname, from_colname, to_colname, old_index, new_index
		)
	if from_colname != to_colname:
		record = frappe.get_doc(board.reference_doctype, docname)
		record.set(board.field_name, to_colname)
		record.save()
	return board


@frappe.whitelist()
def add_card(board_name: str, docname: str, colname: str) -> Document:
	"""Called when a record was made on a board; it is in its column already."""
	board = frappe.get_doc("Kanban Board", board_name)
	if board.reference_doctype in SCOPE_FIELD:
		return board
	return frappe.get_attr(FRAMEWORKS + "add_card")(board_name, docname, colname)
