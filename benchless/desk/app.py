"""The staff pages as one WSGI application, with the REST interface beside them. A transaction for each request."""

from __future__ import annotations

import hmac
import mimetypes
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import frappe
from frappe import _, auth
from frappe.app import Site
from frappe.translate import get_user_lang
from frappe.utils.background_jobs import note_failure
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from benchless.desk import actions, files, forms, home, links, lists, messages, reports, year
from benchless.desk.pages import page
from nastavnik_app.questionnaires import invitations
from nastavnik_app.returns import public_page
from nastavnik_app.www import anketa, nastavnichestvo

ASSETS = Path(__file__).parent / "static"
APP_ASSETS = "/assets/nastavnik_app/"  # what the app's own pages load
NONCE = "desk_login"  # cookie that goes with the sign-in form, which has no session yet
MOST_PARTS = 50_000  # inputs of a form: a long roadmap has many rows
SECURITY = {
	"Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
	"X-Content-Type-Options": "nosniff",
	"Referrer-Policy": "same-origin",
	"Cache-Control": "no-store",
}
ROUTES = Map(
	[
		Rule("/", endpoint=lambda request: redirect("/app")),
		Rule("/app", endpoint=home.show),
		Rule("/app/search-link", endpoint=links.search),
		Rule("/app/digest", endpoint=year.digest),
		Rule("/app/query-report/<report>", endpoint=reports.show),
		Rule("/app/query-report/<report>/<any(xlsx,pdf):kind>", endpoint=reports.export),
		Rule("/app/<slug>", endpoint=lists.show, methods=["GET"]),
		Rule("/app/<slug>", endpoint=forms.save_single, methods=["POST"]),
		Rule("/app/<slug>/export.<any(xlsx,csv):kind>", endpoint=lists.export),
		Rule("/app/<slug>/action/<key>", endpoint=actions.ask, methods=["GET"]),
		Rule("/app/<slug>/action/<key>", endpoint=actions.take, methods=["POST"]),
		Rule("/app/<slug>/new", endpoint=forms.begin, methods=["GET"]),
		Rule("/app/<slug>/new", endpoint=forms.create, methods=["POST"]),
		Rule("/app/<slug>/<name>", endpoint=forms.show, methods=["GET"]),
		Rule("/app/<slug>/<name>", endpoint=forms.save, methods=["POST"]),
		Rule("/app/<slug>/<name>/files", endpoint=forms.attach, methods=["POST"]),
		Rule("/app/<slug>/<name>/progress", endpoint=forms.progress),
		Rule("/app/<slug>/<name>/print.<any(pdf,docx):kind>", endpoint=files.print_document),
		Rule("/<any(private):folder>/files/<name>", endpoint=files.download),
		Rule("/files/<name>", endpoint=files.download),
	],
	strict_slashes=False,
)


class Desk:
	"""One site's pages. `demo_password` is shown at the sign-in with the names of its users."""

	def __init__(self, site: str, sites_path: str, demo_password: str | None = None) -> None:
		self.site, self.sites_path, self.demo_password = site, sites_path, demo_password

	def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
		request = Request(environ)
		if request.path.startswith("/api/"):
			return Site(self.site, self.sites_path)(environ, start_response)
		if request.path.startswith("/assets/"):
			return _asset(request)(environ, start_response)
		request.max_content_length = files.MAX_REQUEST
		request.max_form_parts, request.max_form_memory_size = MOST_PARTS, files.MAX_REQUEST
		frappe.init(self.site, sites_path=self.sites_path, force=True)
		try:
			frappe.connect(set_admin_as_user=False)
			frappe.local.request = request
			response = self._answer(request)
		finally:
			frappe.destroy()
		for header, value in SECURITY.items():
			response.headers.setdefault(header, value)
		return response(environ, start_response)

	def _answer(self, request: Request) -> Response:
		"""Commits what a POST did; undoes everything else."""
		try:
			_choose_language(request)
			frappe.local.form_dict = frappe._dict({**request.args.to_dict(), **request.form.to_dict()})
			auth.open_session(request)
			_choose_language(request)
			response = self._dispatch(request)
			if (request.method == "POST" or frappe.flags.commit) and response.status_code < 400:
				frappe.db.commit()
				messages.keep(request)
		except Exception as error:
			frappe.db.rollback()
			response = _refusal(error)
		frappe.db.rollback()
		return response

	def _dispatch(self, request: Request) -> Response:
		if request.path in ("/login", "/logout"):
			return self._login(request) if request.path == "/login" else _logout(request)
		if request.path == invitations.PAGE:
			return _questionnaire()
		if request.path == f"/{public_page.PATH}":
			return _public_page()
		if frappe.session.user == "Guest":
			if request.method == "POST":
				frappe.throw(
					_("Your session has ended. Sign in and do it again."), frappe.AuthenticationError
				)
			return redirect("/login?" + urlencode({"next": request.full_path.rstrip("?")}))
		view, arguments = ROUTES.bind_to_environ(request.environ).match()
		return view(request, **arguments)

	def _login(self, request: Request) -> Response:
		form, wrong = frappe.local.form_dict, None
		if request.method == "POST":
			sent, nonce = form.get("token") or "", request.cookies.get(NONCE) or ""
			if not nonce or not hmac.compare_digest(sent, auth.csrf_token(nonce)):
				wrong = _("The page was open too long. Sign in again.")
			else:
				try:
					return _signed_in(
						request, auth.login((form.get("usr") or "").strip(), form.get("pwd") or "")
					)
				except frappe.AuthenticationError as error:
					wrong = str(error)
		nonce = secrets.token_hex(16)
		shown = {
			"wrong": wrong,
			"usr": form.get("usr"),
			"next": form.get("next"),
			"token": auth.csrf_token(nonce),
		}
		people = _demo_users() if self.demo_password else []
		response = page(
			"login.html", 401 if wrong else 200, people=people, demo_password=self.demo_password, **shown
		)
		response.set_cookie(
			NONCE, nonce, httponly=True, samesite="Lax", path="/login", secure=request.is_secure
		)
		return response


def _signed_in(request: Request, cookie: str) -> Response:
	wanted = frappe.local.form_dict.get("next") or ""
	is_ours = wanted.startswith(("/app", "/private/files/"))
	response = redirect(wanted if is_ours else "/app", 303)
	response.set_cookie(
		auth.COOKIE, cookie, httponly=True, samesite="Lax", path="/", secure=request.is_secure
	)
	return response


def _logout(request: Request) -> Response:
	if request.method != "POST":
		raise NotFound
	response = redirect("/login", 303)
	response.delete_cookie(auth.COOKIE)
	return response


def _demo_users() -> list[dict]:
	"""Who may sign in, with the roles that say what each does."""
	users = frappe.get_all(
		"User",
		filters={"enabled": 1, "name": ["not in", frappe.STANDARD_USERS]},
		fields=["name", "full_name"],
		order_by="creation asc",
		limit=20,
	)
	automatic = ("All", "Guest", "Desk User")
	for user in users:
		user.roles = ", ".join(_(role) for role in frappe.get_roles(user.name) if role not in automatic)
	return users


def _choose_language(request: Request) -> None:
	if frappe.session.user != "Guest":
		frappe.local.lang = get_user_lang()
	else:
		site = frappe.get_system_settings("language")
		frappe.local.lang = site or request.accept_languages.best_match(["en", "ru"]) or "en"


def _refusal(error: Exception) -> Response:
	"""A page that says what was refused and why; what nobody foresaw goes to the Error Log."""
	if isinstance(error, RequestEntityTooLarge):
		back = urlsplit(frappe.local.request.referrer or "").path
		return page("refusal.html", 413, title=_("Too large"), told=[files.too_large()], back=back)
	if isinstance(error, HTTPException):
		if error.code == 404:
			return page("refusal.html", 404, title=_("Not found"), told=[_("There is no such page.")])
		return error.get_response()
	status = getattr(error, "http_status_code", 500)
	if status == 500 and (told := note_failure(error, f"{type(error).__name__} in a page")):
		return page("refusal.html", 503, title=_("An error"), told=[told])
	titles = {401: _("Sign in"), 403: _("Not permitted"), 404: _("Not found"), 500: _("An error")}
	return page(
		"refusal.html", status, title=titles.get(status, _("Refused")), told=messages.reasons(error, status)
	)


def _questionnaire() -> Response:
	"""The page of whoever has a link; it needs no sign-in."""
	html = frappe.render_template("nastavnik_app/www/anketa.html", anketa.get_context(frappe._dict()))
	return Response(html, mimetype="text/html", headers={"X-Robots-Tag": "noindex, nofollow"})


def _public_page() -> Response:
	"""What the school tells everybody, while the settings have it open."""
	context = nastavnichestvo.get_context(frappe._dict())
	html = frappe.render_template("nastavnik_app/www/nastavnichestvo.html", context)
	return Response(html, mimetype="text/html")


def _asset(request: Request) -> Response:
	path = ASSETS / Path(request.path).name
	if request.path.startswith(APP_ASSETS):
		public = Path(frappe.get_app_path("nastavnik_app", "public")).resolve()
		path = (public / request.path.removeprefix(APP_ASSETS)).resolve()
		if public not in path.parents:
			return Response(status=404)
	if not path.is_file():
		return Response(status=404)
	kind = mimetypes.guess_type(path.name)[0]
	return Response(path.read_bytes(), mimetype=kind, headers={"Cache-Control": "max-age=3600"})
