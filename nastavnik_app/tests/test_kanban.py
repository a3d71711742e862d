"""The board of the roadmap: a card goes only where its task may go, and each school moves its own cards."""

from __future__ import annotations

import json
import os

import frappe
import pytest

from nastavnik_app import install
from nastavnik_app.desk import kanban
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school

on_frappe = pytest.mark.skipif("NASTAVNIK_SITE" not in os.environ, reason="only Frappe has boards")


def call(method: str, **arguments: object) -> object:
	"""As Desk calls it, through what hooks.py puts in its place."""
	name = kanban.FRAMEWORKS + method
	return frappe.call(frappe.get_hooks("override_whitelisted_methods")[name][-1], **arguments)


class TestTaskOnItsWay(SchoolTestCase):
	def test_a_task_that_is_reopened_is_no_longer_done_on_a_day(self) -> None:
		task = self.school.task()
		with as_user(self.school.curator):
			task.status = "Done"
			task.save()
			self.assertTrue(task.completed_on)
			task.status = "In Progress"
			task.save()
		self.assertIsNone(frappe.db.get_value("Roadmap Task", task.name, "completed_on"))

	def test_installation_works_where_there_are_no_boards(self) -> None:
		install.after_sync()
		kanban.remove_boards()


@on_frappe
class TestBoard(SchoolTestCase):
	def setUp(self) -> None:
		super().setUp()
		kanban.remove_boards()
		kanban.seed_board()
		self.task = self.school.task()

	def drag(self, source: str, target: str, **place: int) -> None:
		place = {"old_index": 0, "new_index": 0, **place}
		card = {"board_name": kanban.BOARD, "docname": self.task.name}
		call("update_order_for_single_card", **card, from_colname=source, to_colname=target, **place)

	def test_a_moved_card_is_a_task_in_its_new_state(self) -> None:
		with as_user(self.school.curator):
			self.drag("Planned", "Done", old_index=40)
		done = frappe.get_doc("Roadmap Task", self.task.name)
		self.assertEqual((done.status, bool(done.completed_on)), ("Done", True))

	def test_a_card_goes_no_way_that_the_workflow_has_not(self) -> None:
		with as_user(self.school.curator):
			self.drag("Planned", "Done")
			with self.assertRaises(frappe.ValidationError):
				self.drag("Done", "Planned")

	def test_another_schools_card_stays(self) -> None:
		with as_user(make_school("Соседняя школа").curator), self.assertRaises(frappe.PermissionError):
			self.drag("Planned", "Done")

	def test_opening_a_board_stores_nothing_for_others(self) -> None:
		with as_user(self.school.curator):
			call("update_order", board_name=kanban.BOARD, order=json.dumps({"Planned": [self.task.name]}))
			call("add_card", board_name=kanban.BOARD, docname=self.task.name, colname="Planned")
		board = frappe.get_doc("Kanban Board", kanban.BOARD)
		self.assertNotIn(self.task.name, "".join(column.order or "" for column in board.columns))

	def test_boards_of_other_records_keep_their_order(self) -> None:
		own = {"doctype": "Kanban Board", "kanban_board_name": "Дела", "field_name": "status"}
		columns = [{"column_name": "Open"}, {"column_name": "Closed"}]
		frappe.get_doc({**own, "reference_doctype": "ToDo", "columns": columns}).insert()
		todo = frappe.get_doc({"doctype": "ToDo", "description": "Позвонить"}).insert()
		call("update_order", board_name="Дела", order=json.dumps({"Open": [todo.name]}))
		self.assertIn(todo.name, frappe.get_doc("Kanban Board", "Дела").columns[0].order)

	def test_a_board_is_seeded_once_and_goes_with_the_app(self) -> None:
		frappe.db.set_value("Kanban Board", kanban.BOARD, "show_labels", 1)
		kanban.seed_board()
		self.assertEqual(frappe.db.get_value("Kanban Board", kanban.BOARD, "show_labels"), 1)
		kanban.remove_boards()
		self.assertFalse(frappe.db.exists("Kanban Board", kanban.BOARD))
