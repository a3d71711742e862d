"""What the workspace of an authority counts, out of its schools' returns that the reader sees."""

import frappe

from nastavnik_app.nastavnik_app.report.consolidated_return import consolidated_return
from nastavnik_app.nastavnik_app.report.returns_received import returns_received
from nastavnik_app.permissions import organizations_of
from nastavnik_app.returns.stored import RETURN, period_asked


@frappe.whitelist()
def schools_not_sent() -> dict:
	"""Schools that have not sent their return of the newest period."""
	missing = [row for row in _rows() if not row["name"]]
	return {"value": len(missing), "fieldtype": "Int", "route": ["query-report", "Returns Received"]}


@frappe.whitelist()
def returns_to_accept() -> dict:
	"""Returns that have arrived and wait to be accepted or sent back."""
	arrived = {
		"authority": ["in", [*sorted(organizations_of(frappe.session.user)), ""]],
		"workflow_state": "Sent",
	}
	names = frappe.get_list(RETURN, filters=arrived, pluck="name", limit_page_length=0)
	return {
		"value": len(names),
		"fieldtype": "Int",
		"route": ["List", RETURN],
		"route_options": {"workflow_state": "Sent"},
	}


@frappe.whitelist()
def returns_by_state() -> dict:
	"""Chart: schools by what became of their return of the newest period."""
	chart = returns_received.get_chart(_rows())
	return chart["data"] if chart else {}


@frappe.whitelist()
def indicators_of_all() -> dict:
	"""Chart: the indicators over all schools, beside those of the year before."""
	chart = consolidated_return.execute({})[3]
	return chart["data"] if chart else {}


def _rows() -> list[dict]:
	frappe.has_permission(RETURN, "read", throw=True)
	period = period_asked({})
	return returns_received.get_data(period) if period else []
