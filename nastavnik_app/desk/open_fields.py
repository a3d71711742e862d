"""What a form of Desk asks for in each state: the table of states as the page's boot takes it."""

from __future__ import annotations

import frappe

from nastavnik_app.rules.states import MACHINES


def extend_bootinfo(bootinfo: frappe._dict) -> None:
	"""By DocType the field of the state, and by state the names of the fields that stay open; null where all do."""
	bootinfo.nastavnik_open_fields = {
		doctype: {
			"field": machine.field,
			"states": {
				state.name: None if state.editable is None else sorted(state.editable)
				for state in machine.states
			},
		}
		for doctype, machine in MACHINES.items()
	}
