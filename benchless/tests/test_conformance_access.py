"""Who may do what: roles, owners, User Permissions, workflows, and the doors of frappe.client and link search."""

import frappe
import pytest
from frappe import client
from frappe.desk.search import search_link
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow, get_transitions, get_workflow_name


def make_user(name: str, *roles: str) -> str:
	"""A Desk user with these roles."""
	email = f"{name}-{frappe.generate_hash(length=6)}@conformance.example"
	values = {"doctype": "User", "email": email, "first_name": name, "send_welcome_email": 0}
	user = frappe.get_doc({**values, "roles": [{"role": role} for role in roles]})
	return user.insert(ignore_permissions=True).name


@pytest.fixture
def clerk(order_type: str) -> str:
	"""A user with a role of her own that opens the Desk, and nothing else."""
	if not frappe.db.exists("Role", "Conformance Clerk"):
		frappe.get_doc({"doctype": "Role", "role_name": "Conformance Clerk", "desk_access": 1}).insert()
	return make_user("clerk", "Conformance Clerk")


@pytest.fixture
def other(clerk: str) -> str:
	return make_user("other", "Conformance Clerk")


def make_order(order_type: str, **values: object) -> Document:
	return frappe.get_doc({"doctype": order_type, "subject": "Заказ", **values}).insert()


def test_roles(clerk: str) -> None:
	assert {"Conformance Clerk", "All", "Guest", "Desk User"} <= set(frappe.get_roles(clerk))
	assert frappe.get_roles("Guest") == ["Guest"]
	frappe.set_user(clerk)
	assert frappe.session.user == clerk


def test_owner_only_rights(order_type: str, clerk: str, other: str) -> None:
	frappe.set_user(clerk)
	order = make_order(order_type)
	frappe.set_user(other)
	assert frappe.get_list(order_type) == [] and len(frappe.get_all(order_type)) == 1
	assert not frappe.has_permission(order_type, "read", order.name)
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc(order_type, order.name).check_permission("read")
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc(order_type, order.name).save()
	with pytest.raises(frappe.PermissionError):
		frappe.has_permission(order_type, "write", order.name, throw=True)
	with pytest.raises(frappe.PermissionError):
		frappe.delete_doc(order_type, order.name)
	frappe.set_user(clerk)
	assert len(frappe.get_list(order_type)) == 1
	order.save()


def test_a_role_that_only_reads(order_type: str, clerk: str) -> None:
	frappe.get_doc({"doctype": "Conformance Item", "title": "Ёлка"}).insert()
	frappe.set_user(clerk)
	assert frappe.get_list("Conformance Item", pluck="name") == ["Ёлка"]
	assert frappe.has_permission("Conformance Item", "read")
	assert not frappe.has_permission("Conformance Item", "create")
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc({"doctype": "Conformance Item", "title": "Дуб"}).insert()
	frappe.get_doc({"doctype": "Conformance Item", "title": "Дуб"}).insert(ignore_permissions=True)
	with pytest.raises(frappe.PermissionError):
		frappe.get_list("Error Log")


def test_user_permissions_narrow_lists_and_links(order_type: str, clerk: str) -> None:
	for title in ("Ёлка", "Дуб"):
		frappe.get_doc({"doctype": "Conformance Item", "title": title}).insert()
	frappe.get_doc(
		{"doctype": "User Permission", "user": clerk, "allow": "Conformance Item", "for_value": "Дуб"}
	).insert()
	frappe.set_user(clerk)
	assert frappe.get_list("Conformance Item", pluck="name") == ["Дуб"]
	assert not frappe.has_permission("Conformance Item", "read", "Ёлка")
	with pytest.raises(frappe.PermissionError):
		make_order(order_type, item="Ёлка")
	assert make_order(order_type, item="Дуб").name


def test_custom_permissions_put_the_shipped_ones_aside(order_type: str, clerk: str) -> None:
	values = {"parent": "Conformance Item", "role": "System Manager", "read": 1}
	frappe.get_doc({"doctype": "Custom DocPerm", **values}).insert()
	frappe.clear_cache(doctype="Conformance Item")
	frappe.set_user(clerk)
	assert not frappe.has_permission("Conformance Item", "read")
	frappe.set_user("Administrator")
	frappe.db.rollback()
	frappe.clear_cache(doctype="Conformance Item")


def test_client_works_under_the_users_rights(order_type: str, clerk: str, other: str) -> None:
	frappe.set_user(clerk)
	name = client.insert({"doctype": order_type, "subject": "По почте"})["name"]
	assert client.get(order_type, name)["subject"] == "По почте"
	assert client.get_value(order_type, "subject", {"name": name}) == {"subject": "По почте"}
	assert client.get_count(order_type) == 1
	assert client.get_list(order_type, fields=["subject"]) == [{"subject": "По почте"}]
	assert client.set_value(order_type, name, "state", "new")["state"] == "new"
	assert client.save({**frappe.get_doc(order_type, name).as_dict(), "count": 2})["count"] == 2
	assert client.validate_link(order_type, name, ["subject"])["subject"] == "По почте"
	changes = [{"doctype": order_type, "docname": name, "kind": "Odd"}]
	assert len(client.bulk_update(frappe.as_json(changes))["failed_docs"]) == 1
	frappe.set_user(other)
	for refused in (
		lambda: client.get(order_type, name),
		lambda: client.set_value(order_type, name, "state", "x"),
		lambda: client.delete(order_type, name),
		lambda: client.cancel(order_type, name),
	):
		with pytest.raises(frappe.PermissionError):
			refused()
	frappe.set_user(clerk)
	assert client.submit(frappe.get_doc(order_type, name).as_dict())["docstatus"] == 1
	assert client.cancel(order_type, name)["docstatus"] == 2


def test_link_search(order_type: str, clerk: str) -> None:
	for title in ("Ёлка", "Ельник", "Дуб"):
		frappe.get_doc({"doctype": "Conformance Item", "title": title}).insert()
	frappe.set_user(clerk)
	assert {row["value"] for row in search_link("Conformance Item", "ел")} == {"Ёлка", "Ельник"}
	assert [row["value"] for row in search_link("Conformance Item", "", filters={"title": "Дуб"})] == ["Дуб"]
	assert search_link("Conformance Item", "нет такого") == []


def test_no_text_is_sought_in_a_date(order_type: str) -> None:
	with pytest.raises(frappe.ValidationError):
		frappe.get_list(order_type, or_filters=[["day", "like", "%слово%"], ["subject", "like", "%слово%"]])
	assert frappe.get_list(order_type, filters={"creation": ["like", "слово%"]}) == []


def make_workflow(order_type: str) -> None:
	states = (("Conformance Draft", "0"), ("Conformance Sent", "0"), ("Conformance Signed", "1"))
	steps = (("Draft", "Send", "Sent", 1), ("Sent", "Sign", "Signed", 0))
	for state, _status in states:
		values = {"doctype": "Workflow State", "workflow_state_name": state}
		frappe.get_doc(values).insert(ignore_if_duplicate=True)
	transitions = []
	for state, action, after, self_approval in steps:
		values = {"doctype": "Workflow Action Master", "workflow_action_name": f"Conformance {action}"}
		frappe.get_doc(values).insert(ignore_if_duplicate=True)
		row = {"state": f"Conformance {state}", "next_state": f"Conformance {after}", "allowed": "Desk User"}
		transitions.append({**row, "action": f"Conformance {action}", "allow_self_approval": self_approval})
	frappe.get_doc(
		{
			"doctype": "Workflow",
			"workflow_name": "Conformance",
			"document_type": order_type,
			"workflow_state_field": "state",
			"is_active": 1,
			"send_email_alert": 0,
			"states": [
				{"state": state, "doc_status": status, "allow_edit": "Desk User"} for state, status in states
			],
			"transitions": transitions,
		}
	).insert()


def test_workflow(order_type: str, clerk: str) -> None:
	make_workflow(order_type)
	assert get_workflow_name(order_type) == "Conformance"
	frappe.set_user(clerk)
	order = make_order(order_type)
	assert order.state == "Conformance Draft"
	assert [row["action"] for row in get_transitions(order)] == ["Conformance Send"]
	order.state = "Conformance Signed"
	with pytest.raises(frappe.ValidationError, match="not allowed"):
		order.save()
	order.reload()
	order = apply_workflow(order, "Conformance Send")
	assert (order.state, order.docstatus) == ("Conformance Sent", 0)
	with pytest.raises(frappe.ValidationError, match="Self approval"):
		apply_workflow(order, "Conformance Sign")
	frappe.set_user("Administrator")
	order = apply_workflow(order, "Conformance Sign")
	assert (order.state, order.docstatus) == ("Conformance Signed", 1)


def test_workflow_gaps(order_type: str) -> None:
	"""What a guard must stand against: the framework itself lets these through."""
	make_workflow(order_type)
	order = make_order(order_type)
	order.submit()
	assert order.state == "Conformance Signed"
	order.cancel()
	assert (order.state, order.docstatus) == ("Conformance Signed", 2)
	inserted = frappe.get_doc({"doctype": order_type, "subject": "x", "docstatus": 1}).insert()
	assert (inserted.state, inserted.docstatus) == ("Conformance Signed", 1)


def test_what_writes_in_a_reading_request() -> None:
	@frappe.write_only()
	def write(subject: str, priority: str = "Low") -> str:
		return frappe.get_doc({"doctype": "ToDo", "description": subject, "priority": priority}).insert().name

	assert frappe.db.get_value("ToDo", write("x", priority="High"), "priority") == "High"


def test_guests_and_endpoints(clerk: str) -> None:
	@frappe.whitelist(methods=["POST"])
	def door(a: int) -> int:
		return a

	assert door(2) == 2
	with pytest.raises(frappe.PermissionError):
		frappe.set_user("Guest")
		client.get_list("ToDo")
