"""Who may do what: roles, owners, User Permissions and the apps' own hooks. No shares, no permission levels."""

from typing import Any

import frappe
from frappe import _
from frappe.types import _dict

RIGHTS = "select read write create delete submit cancel amend print email report import export share".split()
_AUTOMATIC_ROLES = ("Guest", "All", "Desk User", "Administrator")


def set_user(username: str) -> None:
	"""Acts as this user from now on."""
	frappe.local.session.user = frappe.local.session.sid = username
	frappe.local.role_permissions.clear()
	frappe.local.new_doc_templates.clear()


def get_roles(username: str | None = None) -> list[str]:
	"""The user's roles, with those that come of themselves."""
	user, known = username or frappe.session.user, frappe.local.roles
	if user == "Guest":
		return ["Guest"]
	if user not in known and user == "Administrator":
		known[user] = frappe.db.sql("select name from `tabRole` order by name", pluck=True)
	elif user not in known:
		query = "select role from `tabHas Role` where parent = %s and parenttype = 'User' order by idx"
		roles = [role for role in frappe.db.sql(query, (user,), pluck=True) if role not in _AUTOMATIC_ROLES]
		is_desk_user = frappe.db.get_value("User", user, "user_type") == "System User"
		known[user] = [*roles, "All", "Guest", *(["Desk User"] if is_desk_user else [])]
	return list(known[user])


def has_permission(
	doctype: str,
	ptype: str = "read",
	doc: Any = None,
	user: str | None = None,
	throw: bool = False,
	*,
	parent_doctype: str | None = None,
) -> bool:
	"""Whether the user may do `ptype` with the DocType or the document; `throw` raises PermissionError."""
	allowed = _is_allowed(doctype, ptype, doc, user or frappe.session.user, parent_doctype)
	if throw and not allowed:
		name = doc if isinstance(doc, str) else getattr(doc, "name", None)
		text = _("No permission for {0}").format(_(doctype) + (f" {name}" if name else ""))
		frappe.flags.error_message = text
		raise frappe.PermissionError(text)
	return allowed


def _is_allowed(doctype: str, ptype: str, doc: Any, user: str, parent_doctype: str | None) -> bool:
	if user == "Administrator":
		return True
	meta = frappe.get_meta(doctype)
	if meta.istable:
		return _row_allowed(meta, ptype, doc, user, parent_doctype)
	if not doc:
		return bool(get_role_permissions(meta, user=user).get(ptype)) and _makes_sense(meta, ptype)
	doc = frappe.get_doc(doctype, doc) if isinstance(doc, str) else doc
	return bool(get_doc_permissions(doc, user=user, ptype=ptype).get(ptype))


def _makes_sense(meta: Any, ptype: str) -> bool:
	return bool({"submit": meta.is_submittable, "import": meta.allow_import}.get(ptype, True))


def _row_allowed(meta: Any, ptype: str, row: Any, user: str, parent_doctype: str | None) -> bool:
	parent = None
	if row is not None and not isinstance(row, str):
		parent_doctype = row.get("parenttype") or parent_doctype
		parent = row.parent_doc or row.get("parent")
	tables = frappe.get_meta(parent_doctype).get_table_fields() if parent_doctype else ()
	if not any(field.options == meta.name for field in tables):
		return False
	ptype = "write" if ptype in ("create", "delete") else ptype
	return _is_allowed(parent_doctype, ptype, parent, user, None)


def get_role_permissions(meta: Any, user: str | None = None, is_owner: bool = False) -> _dict:
	"""Rights by the user's roles; `if_owner` holds those that only the owner has."""
	user = user or frappe.session.user
	if user == "Administrator":
		return _dict(dict.fromkeys(RIGHTS, 1), if_owner={})
	key, known = (meta.name, user, is_owner), frappe.local.role_permissions
	if key not in known:
		known[key] = _combine(meta, set(get_roles(user)), is_owner)
	return known[key]


def _combine(meta: Any, roles: set[str], is_owner: bool) -> _dict:
	rows = [row for row in meta.permissions if row.role in roles and not row.permlevel]
	out = _dict(if_owner={}, has_if_owner_enabled=any(row.if_owner for row in rows))
	for right in RIGHTS:
		granted = any(row.get(right) for row in rows)
		freely = any(row.get(right) and not row.if_owner for row in rows)
		out[right] = int(granted)
		if granted and out.has_if_owner_enabled and not freely and right != "create":
			out.if_owner[right] = int(is_owner)
			out[right] = int(right in ("select", "read"))
	return out


def get_doc_permissions(doc: Any, user: str | None = None, ptype: str | None = None) -> _dict:
	"""All rights of the user on one document."""
	user = user or frappe.session.user
	is_owner = (doc.get("owner") or "").lower() == user.lower()
	for name in reversed(_hooked("has_permission", doc.doctype)):
		answer = frappe.call(name, doc=doc, ptype=ptype, user=user, debug=False)
		if answer is not None and not answer:
			return _dict({ptype: 0})
		if answer is not None:
			break
	allowed = get_role_permissions(doc.meta, user=user, is_owner=is_owner).copy()
	allowed.update({right: 0 for right in ("submit", "import") if not _makes_sense(doc.meta, right)})
	if allowed.has_if_owner_enabled:
		allowed.update(allowed.if_owner)
	if not has_user_permission(doc, user):
		allowed = _dict(allowed.if_owner, create=0) if is_owner else _dict()
	return allowed


def _hooked(hook: str, doctype: str) -> list[str]:
	hooks = frappe.get_hooks(hook, {})
	return [*hooks.get(doctype, []), *hooks.get("*", [])]


def get_user_permissions(user: str | None = None) -> dict[str, list[_dict]]:
	"""DocType → the records this user is restricted to."""
	user = user or frappe.session.user
	if user in ("Administrator", "Guest"):
		return {}
	known = frappe.local.user_permissions
	if user not in known:
		known[user] = {}
		for row in frappe.db.sql("select * from `tabUser Permission` where user = %s", (user,), as_dict=True):
			applicable = None if row.apply_to_all_doctypes else row.applicable_for
			entry = _dict(doc=row.for_value, applicable_for=applicable, is_default=row.is_default)
			known[user].setdefault(row.allow, []).append(entry)
	return known[user]


def has_user_permission(doc: Any, user: str | None = None) -> bool:
	"""Whether User Permissions leave the document and every record it links to."""
	restrictions = get_user_permissions(user)
	if not restrictions:
		return True

	def allows(target: str, value: Any) -> bool:
		rows = restrictions.get(target, ())
		names = [row.doc for row in rows if row.applicable_for in (None, "", doc.doctype)]
		return not names or str(value) in names

	strict = not doc.meta.issingle and frappe.get_system_settings("apply_strict_user_permissions")
	if not allows(doc.doctype, doc.get("name")):
		return False
	return all(
		allows(field.options, row.get(field.fieldname))
		for row in [doc, *doc.get_all_children()]
		for field in row.meta.get_link_fields()
		if not field.ignore_user_permissions and (strict or row.get(field.fieldname))
	)


def list_conditions(meta: Any, user: str, reference_doctype: str) -> list[str]:
	"""SQL conditions that leave a reader only what is hers; PermissionError when she has no right at all."""
	out = []
	if user != "Administrator" and not meta.istable:
		allowed = get_role_permissions(meta, user=user)
		if not (allowed.get("select") or allowed.get("read")):
			frappe.throw(_("No permission to read {0}").format(_(meta.name)), frappe.PermissionError)
		owner = allowed.if_owner
		if owner and not any(allowed.get(right) and right not in owner for right in ("select", "read")):
			out.append(f"`tab{meta.name}`.`owner` = {frappe.db.escape(user, percent=False)}")
		else:
			out.extend(_restrictions(meta, user, reference_doctype))
	for name in _hooked("permission_query_conditions", meta.name):
		if condition := frappe.call(name, user, doctype=meta.name):
			out.append(f"({condition})")
	return out


def _restrictions(meta: Any, user: str, reference_doctype: str) -> list[str]:
	restrictions, out = get_user_permissions(user), []
	for field in (
		[*meta.get_link_fields(), _dict(options=meta.name, fieldname="name")] if restrictions else ()
	):
		asked = {None, "", meta.name} | ({reference_doctype} if field.fieldname == "name" else set())
		names = [row.doc for row in restrictions.get(field.options, ()) if row.applicable_for in asked]
		if field.ignore_user_permissions or not names:
			continue
		column = f"`tab{meta.name}`.`{field.fieldname}`"
		listed = ", ".join(frappe.db.escape(name, percent=False) for name in names)
		empty = (
			""
			if frappe.get_system_settings("apply_strict_user_permissions")
			else f"ifnull({column}, '') = '' or "
		)
		out.append(f"({empty}{column} in ({listed}))")
	return out
