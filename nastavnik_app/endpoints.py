"""Stand in for endpoints of the framework that look past the rows a reader may see (hooks.py names them)."""

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _

from nastavnik_app.arguments import (
	conditions_in,
	listing,
	mapping_in,
	names_in,
	names_or_none,
	require_doctype,
)
from nastavnik_app.permissions import may, may_name, neighbours_of, organizations_of, sees_everything
from nastavnik_app.references import refuse_reading, require_reading
from nastavnik_app.rules.scope import SCOPE_FIELD, SEARCHED

FARTHEST = 1_000_000  # rows that a search skips


@frappe.whitelist()
def get_count(
	doctype: str, filters: dict | list | str | None = None, debug: bool = False, cache: bool = False
) -> int:
	"""Rows that the reader may list. The framework counts all of them, so that filters tell what stands in them."""
	require_doctype(doctype)
	if _is_narrowed(doctype):
		filters = conditions_in(filters)
		with listing():
			return len(frappe.client.get_list(doctype, filters=filters, limit_page_length=0, as_dict=False))
	if not frappe.get_meta(doctype).istable:
		frappe.has_permission(doctype, "read", throw=True)
	with listing():
		return frappe.client.get_count(doctype, conditions_in(filters))


@frappe.whitelist()
def get(
	doctype: str,
	name: str | int | None = None,
	filters: dict | list | str | None = None,
	parent: str | None = None,
) -> dict:
	"""A record by its name, or the first that the reader may list. The framework looks among all of them, so that a
	refusal in place of an absence tells what stands in them."""
	require_doctype(doctype)
	filters = conditions_in(filters)
	with listing():
		if not name and _is_narrowed(doctype):
			asked = {"filters": filters, "parent": parent, "limit_page_length": 1, "as_dict": False}
			found = frappe.client.get_list(doctype, **asked)
			if not found:
				frappe.throw(_("{0} not found").format(_(doctype)), frappe.DoesNotExistError)
			name, filters = found[0][0], None
		return frappe.call(frappe.client.get, doctype=doctype, name=name, filters=filters, parent=parent)


@frappe.whitelist()
def validate_link(doctype: str, docname: str, fields: list | str | None = None) -> dict:
	"""A record that the reader may not see is answered like one that is not there."""
	if may("read", doctype, docname):
		with listing():
			return frappe.client.validate_link(doctype, docname, names_or_none(fields))
	return {"name": docname if may_name(doctype, docname) else None}


@frappe.whitelist()
def get_link_title(doctype: str, docname: str) -> str | None:
	"""The title of a record, or its bare name to who may not read it."""
	if not may_name(doctype, docname):
		return docname
	return _framework("frappe.desk.search.get_link_title")(doctype, docname)


@frappe.whitelist()
def get_chart(
	chart_name: str | None = None,
	chart: dict | str | None = None,
	no_cache: bool | None = None,
	filters: dict | list | str | None = None,
	from_date: str | None = None,
	to_date: str | None = None,
	timespan: str | None = None,
	time_interval: str | None = None,
	heatmap_year: int | str | None = None,
	refresh: bool | None = None,
) -> dict:
	"""A chart that somebody draws up; a heat map counts all rows of all schools, so there is none of ours."""
	if not chart_name and not chart:
		frappe.throw(_("There is no such page."), frappe.DoesNotExistError)
	asked = frappe.get_doc("Dashboard Chart", chart_name) if chart_name else mapping_in(chart)
	if asked.get("type") == "Heatmap" and _is_narrowed(asked.get("document_type")):
		frappe.throw(
			_("A heat map would count the records of every school. Choose another type of chart."),
			frappe.PermissionError,
		)
	with listing():
		return _framework("frappe.desk.doctype.dashboard_chart.dashboard_chart.get")(
			chart_name=chart_name,
			chart=chart,
			no_cache=no_cache,
			filters=filters,
			from_date=from_date,
			to_date=to_date,
			timespan=timespan,
			time_interval=time_interval,
			heatmap_year=heatmap_year,
			refresh=refresh,
		)


@frappe.whitelist()
def get_open_count(doctype: str, name: str, items: list | str | None = None) -> dict:
	"""Counts of linked records, of those DocTypes alone whose records the reader may see."""
	_require_reading(doctype, name)
	count = _framework("frappe.desk.notifications.get_open_count")
	linked = names_in(items) if items else _connections(doctype)
	if doctype == "Educational Organization" and not _belongs_to(name):
		linked = []
	readable = [one for one in linked if frappe.has_permission(one, "read")]
	return count(doctype, name, readable)


def _is_narrowed(doctype: str | None) -> bool:
	"""Whether readers list some of the records alone."""
	return doctype in frappe.get_hooks("permission_query_conditions")


def _connections(doctype: str) -> list[str]:
	groups = frappe.get_meta(doctype).get_dashboard_data().transactions
	return [linked for group in groups for linked in group.get("items") or []]


def _belongs_to(organization: str) -> bool:
	user = frappe.session.user
	return sees_everything(user) or organization in organizations_of(user)


@frappe.whitelist()
def toggle_like(doctype: str, name: str, add: str = "No") -> None:
	_require_reading(doctype, name)
	_framework("frappe.desk.like.toggle_like")(doctype, name, add)


@frappe.whitelist()
def remove_tag(tag: str, dt: str, dn: str) -> None:
	_require_reading(dt, dn)
	try:
		_framework("frappe.desk.doctype.tag.tag.remove_tag")(tag, dt, dn)
	except IndexError:  # the framework takes a refusal without words for an error of the database
		refuse_reading(dt)


@frappe.whitelist()
def get_open_activities(ref_doctype: str, ref_docname: str) -> dict:
	_require_reading(ref_doctype, ref_docname)
	return _framework("erpnext.crm.utils.get_open_activities")(ref_doctype, ref_docname)


@frappe.whitelist()
def get_workflow_state_count(doctype: str, workflow_state_field: str, states: list | str) -> list:
	"""Counts over all schools, for whoever draws the Workflow."""
	if not sees_everything(frappe.session.user):
		raise frappe.PermissionError
	count = _framework("frappe.workflow.doctype.workflow.workflow.get_workflow_state_count")
	return count(doctype, workflow_state_field, states)


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def search(
	doctype: str,
	txt: str,
	searchfield: str,
	start: int,
	page_len: int,
	filters: dict | list | str | None = None,
	as_dict: bool = False,
	reference_doctype: str | None = None,
	ignore_user_permissions: bool = False,
) -> list:
	"""Link search over what the user may see, whatever the caller asks to ignore.

	Returns rows of name and title (and the DocType's search fields), as Desk's link control expects them.
	"""
	if doctype not in (*SCOPE_FIELD, *SEARCHED):
		frappe.throw(_("{0} is not searched here.").format(_(doctype)), frappe.PermissionError)
	meta = frappe.get_meta(doctype)
	fields = list(dict.fromkeys(["name", meta.title_field or "name", *meta.get_search_fields()]))
	# what is sought in a date would have to be a date
	dates = {df.fieldname for df in meta.fields if df.fieldtype in ("Date", "Datetime")}
	texts = [field for field in fields if field not in dates]
	asked = {
		"filters": conditions_in(filters),
		"or_filters": [[doctype, field, "like", f"%{txt}%"] for field in texts] if txt else None,
		"fields": fields,
		"limit_page_length": min(page_len, FARTHEST),
		"as_list": not as_dict,
	}
	with listing():
		found = list(frappe.get_list(doctype, limit_start=min(max(start, 0), FARTHEST), **asked))
	if doctype == "Educational Organization" and not start:
		found += _neighbours_called(txt, as_dict)[: max(page_len - len(found), 0)]
	return found


def _neighbours_called(txt: str, as_dict: bool) -> list:
	"""Names and titles of the schools of the same authority that are called so."""
	names = neighbours_of(organizations_of(frappe.session.user))
	return frappe.get_all(
		"Educational Organization",
		filters={"name": ["in", sorted(names) or [""]], "title": ["like", f"%{txt}%"]},
		fields=["name", "title"],
		order_by="title asc",
		as_list=not as_dict,
	)


def _require_reading(doctype: str, name: str) -> None:
	require_doctype(doctype)
	require_reading(doctype, name)


def _framework(name: str) -> Callable[..., Any]:
	"""The endpoint that one here stands in for; another app's may not be there."""
	try:
		return frappe.get_attr(name)
	except (ImportError, AttributeError):
		frappe.throw(_("There is no such page."), frappe.DoesNotExistError)
