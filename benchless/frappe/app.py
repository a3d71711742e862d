"""The WSGI application: /api/method and /api/resource (REST v1). A transaction for each request."""

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

import frappe
from frappe import auth, handler
from frappe.translate import get_user_lang
from frappe.utils import get_fullname
from frappe.utils.background_jobs import note_failure
from frappe.utils.data import cint
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Request, Response

_MAX_BODY = 30 * 1024 * 1024  # bytes


class Site:
	"""One site as a WSGI application."""

	def __init__(self, site: str, sites_path: str) -> None:
		self.site, self.sites_path = site, sites_path

	def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
		request = Request(environ)
		request.max_content_length = _MAX_BODY
		frappe.init(self.site, sites_path=self.sites_path, force=True)
		try:
			frappe.connect(set_admin_as_user=False)
			frappe.local.request = request
			response = _answer(request)
		finally:
			frappe.destroy()
		return response(environ, start_response)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
	"""Any site of the opened sites' folder, by the header X-Frappe-Site-Name or by the host's name."""
	request, sites_path = Request(environ), frappe.sites_folder[0]
	site = request.headers.get("X-Frappe-Site-Name") or request.host.split(":")[0]
	if os.path.basename(site) != site or not os.path.exists(os.path.join(sites_path, site, "site.db")):
		return NotFound(f"{site} does not exist")(environ, start_response)
	return Site(site, sites_path)(environ, start_response)


def _answer(request: Request) -> Response:
	"""Commits what an unsafe method did; rolls everything else back."""
	try:
		frappe.local.form_dict = form = frappe._dict({**request.args.to_dict(), **request.form.to_dict()})
		if request.mimetype == "application/json" and request.get_data():
			form.update(json.loads(request.get_data()))
		auth.open_session(request)
		is_guest = frappe.session.user == "Guest"
		asked = request.accept_languages.best_match(["en", "ru"]) or "en"
		frappe.local.lang = asked if is_guest else get_user_lang()
		response = dispatch(request)
		if request.method in auth.UNSAFE_METHODS or frappe.flags.commit:
			frappe.db.commit()
	except HTTPException as error:
		response = error.get_response()
	except Exception as error:
		frappe.db.rollback()
		response = _error(error)
	frappe.db.rollback()
	return response


def dispatch(request: Request) -> Response:
	parts = [part for part in request.path.strip("/").split("/") if part]
	if parts[:2] == ["api", "method"] and len(parts) == 3:
		return _method(parts[2])
	if parts[:2] == ["api", "resource"] and len(parts) in (3, 4):
		return _resource(request.method, *parts[2:])
	raise NotFound


def _method(name: str) -> Response:
	if name == "login":
		return _login()
	if name == "logout":
		response = _response({})
		response.delete_cookie(auth.COOKIE)
		return response
	message = handler.execute_cmd(name)
	if isinstance(message, Response):
		return message
	values = {key: value for key, value in frappe.local.response.items() if key != "docs" or value}
	return _response({**values, **({"message": message} if message is not None else {})})


def _login() -> Response:
	form = frappe.local.form_dict
	if frappe.local.request.method != "POST":
		raise frappe.PermissionError
	cookie = auth.login(form.get("usr") or "", form.get("pwd") or "")
	token = auth.csrf_token(cookie)
	response = _response({"message": "Logged In", "full_name": get_fullname(), "csrf_token": token})
	response.set_cookie(auth.COOKIE, cookie, httponly=True, samesite="Lax", path="/")
	return response


def _resource(method: str, doctype: str, name: str | None = None) -> Response:
	form = frappe.local.form_dict
	values = frappe.parse_json(form.data) if form.data else form
	values = {
		key: value for key, value in values.items() if key not in ("flags", "doctype", "ignore_permissions")
	}
	if name is None and method == "GET":
		return _response({"data": _list(doctype, form)})
	if name is None and method == "POST":
		return _response({"data": frappe.get_doc({**values, "doctype": doctype}).insert().as_dict()})
	if name is None or method not in ("GET", "POST", "PUT", "DELETE"):
		raise frappe.DoesNotExistError
	if method == "DELETE":
		frappe.delete_doc(doctype, name, ignore_missing=False)
		return _response({"message": "ok"}, 202)
	doc = frappe.get_doc(doctype, name, for_update=method == "PUT")
	if run := form.pop("run_method", None):
		function = getattr(doc, run)
		handler.is_whitelisted(function)
		doc.check_permission("read" if method == "GET" else "write")
		return _response({"data": handler.call_checked(function, form)})
	if method == "PUT":
		doc.update(values).save()
	else:
		doc.check_permission("read")
	return _response({"data": doc.as_dict()})


def _list(doctype: str, form: frappe._dict) -> list:
	return frappe.client.get_list(
		doctype,
		fields=frappe.parse_json(form.fields or '["name"]'),
		filters=form.filters,
		or_filters=form.or_filters,
		order_by=form.order_by,
		limit_start=cint(form.limit_start),
		limit_page_length=cint(form.limit_page_length or form.limit or 20),
		parent=form.parent,
	)


def _response(values: dict[str, Any], status: int = 200) -> Response:
	if messages := frappe.local.message_log:
		values["_server_messages"] = json.dumps([json.dumps(row, default=str) for row in messages])
	return Response(frappe.as_json(values, indent=None), status=status, mimetype="application/json")


def _error(error: Exception) -> Response:
	"""{"exc_type", "exception", "_server_messages"}; the trace goes to the Error Log only."""
	status = getattr(error, "http_status_code", 500)
	if status == 500 and (told := note_failure(error, f"{type(error).__name__} in a request")):
		frappe.msgprint(told)
		status = 503
	kind = type(error).__name__
	values: dict[str, Any] = {"exc_type": kind, "exception": f"{kind}: {error}"}
	if not frappe.local.message_log and frappe.local.flags.error_message:
		values["_error_message"] = frappe.local.flags.error_message
	return _response(values, status)
