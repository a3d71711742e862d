"""What a form of Desk asks for in each state."""

import frappe

from nastavnik_app.rules.states import MACHINES
from nastavnik_app.tests.builders import SchoolTestCase


class TestOpenFields(SchoolTestCase):
	def boot(self) -> dict:
		boot = frappe._dict()
		for hook in frappe.get_hooks("extend_bootinfo"):
			if hook.startswith("nastavnik_app."):
				frappe.get_attr(hook)(boot)
		return frappe.parse_json(frappe.as_json(boot.nastavnik_open_fields))

	def test_desk_is_told_what_stays_open_in_each_state(self) -> None:
		boot = self.boot()
		self.assertEqual(set(boot), set(MACHINES))
		plan = boot["Individual Plan"]
		self.assertEqual(plan["field"], "workflow_state")
		self.assertIsNone(plan["states"]["Draft"], "all content is open")
		self.assertEqual(plan["states"]["Ready"], ["remark"])
		self.assertEqual(plan["states"]["Completed"], [])
