"""Passwords, logging in, and the signed cookie that says who a request comes from."""

import hmac
import secrets
from hashlib import sha256
from typing import Any

import frappe
from frappe import _
from frappe.utils.data import now_datetime
from werkzeug.security import check_password_hash, generate_password_hash

COOKIE = "sid"
UNSAFE_METHODS = ("POST", "PUT", "DELETE")
HASHING = "scrypt"  # how a password is kept; the suite, whose passwords guard nothing, takes a quick way
_MAX_AGE = 7 * 24 * 3600  # seconds


def update_password(user: str, pwd: str) -> None:
	"""Keeps the hash of a login password."""
	query = (
		"insert into `__Auth` (name, password) values (%s, %s) on conflict (name) do update set password = %s"
	)
	hashed = generate_password_hash(pwd, HASHING)
	frappe.db.sql(query, (user, hashed, hashed))


def keep_password(doctype: str, name: str, fieldname: str, pwd: str | None) -> None:
	"""Keeps what a field of the type Password was given, as it is: this engine holds no real data."""
	key = f"{doctype}/{name}/{fieldname}"
	frappe.db.sql("delete from `__Auth` where name = %s", (key,))
	if pwd:
		frappe.db.sql("insert into `__Auth` (name, password) values (%s, %s)", (key, pwd))


def kept_password(doctype: str, name: str, fieldname: str, raise_exception: bool = True) -> str | None:
	key = f"{doctype}/{name}/{fieldname}"
	found = frappe.db.sql("select password from `__Auth` where name = %s", (key,), pluck=True)
	if not found and raise_exception:
		text = _("Password not found for {0} {1} {2}").format(doctype, name, fieldname)
		frappe.throw(text, frappe.AuthenticationError)
	return found[0] if found else None


def login(usr: str, pwd: str) -> str:
	"""The cookie of a new session; AuthenticationError when user and password do not go together."""
	user = frappe.db.get_value("User", {"name": usr, "enabled": 1})
	stored = frappe.db.sql("select password from `__Auth` where name = %s", (user or "",), pluck=True)
	if not stored or not check_password_hash(stored[0], pwd):
		raise frappe.AuthenticationError(_("Incorrect User or Password"))
	frappe.set_user(user)
	frappe.db.set_value("User", user, "last_login", now_datetime(), update_modified=False)
	body = f"{user}|{int(now_datetime().timestamp())}|{secrets.token_hex(8)}"
	return f"{body}|{_sign(body)}"


def _sign(text: str) -> str:
	return hmac.new(frappe.local.conf.secret_key.encode(), text.encode(), sha256).hexdigest()


def _user_of(cookie: str) -> str | None:
	body, _bar, signature = cookie.rpartition("|")
	if not body or not hmac.compare_digest(signature, _sign(body)):
		return None
	user, moment, _nonce = body.split("|")
	is_old = now_datetime().timestamp() - int(moment) > _MAX_AGE
	return None if is_old else frappe.db.get_value("User", {"name": user, "enabled": 1})


def csrf_token(cookie: str) -> str:
	"""The token that goes with a session; pages put it in X-Frappe-CSRF-Token."""
	return _sign("csrf|" + cookie)


def open_session(request: Any) -> None:
	"""Sets the request's user and address; unsafe methods of a session need its CSRF token."""
	forwarded = request.headers.get("X-Forwarded-For", "").partition(",")[0].strip()
	frappe.local.request_ip = forwarded or request.remote_addr or "127.0.0.1"
	cookie = request.cookies.get(COOKIE) or ""
	user = _user_of(cookie)
	sent = frappe.local.form_dict.pop("csrf_token", None) or request.headers.get("X-Frappe-CSRF-Token") or ""
	if user and request.method in UNSAFE_METHODS and not hmac.compare_digest(sent, csrf_token(cookie)):
		frappe.throw(_("Invalid Request"), frappe.CSRFTokenError)
	frappe.set_user(user or "Guest")
