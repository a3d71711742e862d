"""What the workspace shows of the indicators, out of their kept values: each figure one query over what the reader may
list."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count

from nastavnik_app.arguments import filters_in
from nastavnik_app.nastavnik_app.report.indicators_against_targets import indicators_against_targets
from nastavnik_app.nastavnik_app.report.indicators_over_the_years import indicators_over_the_years
from nastavnik_app.permissions import listed
from nastavnik_app.program.indicator_values import VALUE
from nastavnik_app.rules.indicators import MISSED, REACHED, Value

AGAINST_TARGETS = "Indicators Against Targets"


@frappe.whitelist()
def indicators_reached() -> dict:
	"""Share of the indicators that have reached their target, of those whose target is of this year."""
	counts = _standings()
	judged = sum(number for standing, number in counts.items() if standing)
	return {
		"value": Value(counts.get(REACHED, 0), judged).shown() or 0,
		"fieldtype": "Percent",
		"route": ["query-report", AGAINST_TARGETS],
	}


@frappe.whitelist()
def behind_the_target() -> dict:
	"""Indicators that miss the target of this year by more than the tolerance."""
	return {
		"value": _standings().get(MISSED, 0),
		"fieldtype": "Int",
		"route": ["List", VALUE],
		"route_options": {"frozen": 0, "standing": MISSED},
	}


@frappe.whitelist()
def without_a_value() -> dict:
	"""Indicators with nothing to divide by: the report says of each what is missing."""
	value = frappe.qb.DocType(VALUE)
	query = frappe.qb.from_(value).select(Count(value.name))
	query = query.where((value.frozen == 0) & (value.has_value == 0))
	return {
		"value": listed(query, VALUE).run()[0][0],
		"fieldtype": "Int",
		"route": ["query-report", AGAINST_TARGETS],
	}


def _standings() -> dict[str | None, int]:
	value = frappe.qb.DocType(VALUE)
	query = frappe.qb.from_(value).select(value.standing, Count(value.name)).where(value.frozen == 0)
	return dict(listed(query, VALUE).groupby(value.standing).run())


@frappe.whitelist()
def values_and_targets() -> dict:
	"""Chart: shares of today beside their targets."""
	chart = indicators_against_targets.get_chart(indicators_against_targets.get_data(frappe._dict()))
	return chart["data"] if chart else {}


@frappe.whitelist()
def indicator_over_the_years(filters: dict | str | None = None) -> dict:
	"""Chart: the frozen values of one indicator by year, of the first one where none is chosen."""
	asked = filters_in(filters)
	series = indicators_over_the_years.get_series(asked, "target", "has_target", "target_year")
	if not series:
		return {}
	values: dict[int, Any] = next(iter(series.values()))
	shown = [row.value if row.has_value else 0 for row in values.values()]
	targets = [row.target if row.has_target and row.target_year == row.year else 0 for row in values.values()]
	return {
		"labels": [str(value) for value in values],
		"datasets": [{"name": _("Value"), "values": shown}, {"name": _("Target"), "values": targets}],
	}
