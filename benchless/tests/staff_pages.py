"""Two schools of one authority on a site of their own, and the browsers of the people who sign in there."""

import html
import re
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import frappe
import lxml.html
import pytest

PASSWORD = "Tихая-гавань-2026"
TOKEN = re.compile(r'name="csrf_token" value="(\w+)"')
SIGN_IN_TOKEN = re.compile(r'name="token" value="(\w+)"')


def apart(work: Callable[[], Any]) -> Any:
	"""Runs in a thread with a state of its own, as a server would; what goes wrong is raised here."""
	out: dict[str, Any] = {}

	def run() -> None:
		try:
			out["result"] = work()
		except BaseException as error:
			out["error"] = error

	opened = frappe.sites_folder[0]
	thread = threading.Thread(target=run)
	thread.start()
	thread.join()
	frappe.sites_folder[0] = opened
	if "error" in out:
		raise out["error"]
	return out["result"]


class Browser:
	"""Somebody's browser: cookies, and the token of the page that was opened last."""

	def __init__(self, app: Any) -> None:
		from werkzeug.test import Client

		self.client, self.token = Client(app), ""

	def get(self, path: str) -> Any:
		answer = apart(lambda: self.client.get(path))
		if answer.mimetype == "text/html" and (found := TOKEN.search(answer.text)):
			self.token = found[1]
		return answer

	def post(self, path: str, **data: Any) -> Any:
		fields = {"csrf_token": self.token, **data}
		return apart(
			lambda: self.client.post(path, data={key: one for key, one in fields.items() if one is not None})
		)

	def sign_in(self, user: str, password: str = PASSWORD) -> Any:
		token = SIGN_IN_TOKEN.search(self.get("/login").text)[1]
		answer = apart(
			lambda: self.client.post("/login", data={"usr": user, "pwd": password, "token": token})
		)
		if answer.status_code == 303:
			self.get("/app")
		return answer

	def form(self, path: str) -> dict[str, str]:
		"""What the form of a page would send if nothing were changed."""
		page = self.get(path)
		assert page.status_code == 200, told(page)
		form = lxml.html.fromstring(page.text).get_element_by_id("record")
		for template in form.findall(".//template"):
			template.getparent().remove(template)
		return {name: value for name, value in form.form_values() if name != "csrf_token"}


def told(answer: Any) -> str:
	"""Messages of a page."""
	found = re.findall(r'<div class="told.*?</div>', answer.text, re.DOTALL)
	return html.unescape(re.sub(r"<[^>]+>", " ", " ".join(found)))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
	"""A site of two schools of one authority; `app` is its pages."""
	folder = tmp_path_factory.mktemp("desk")

	def build() -> SimpleNamespace:
		from nastavnik_app.tests.builders import consent_for, make_school, make_user
		from nastavnik_app.tests.other_sites import installed

		installed("desk", folder, tmp_path_factory)
		frappe.init("desk", sites_path=str(folder), force=True)
		frappe.connect()
		frappe.db.set_single_value("System Settings", "language", "ru")
		own, other = make_school("Своя школа"), make_school("Чужая школа")
		_make_neighbours(own.organization, other.organization)
		people = {"curator": own.curator, "director": own.director, "stranger": other.curator}
		people["officer"] = make_user("officer", "Mentoring Municipal Officer")
		for user in people.values():
			record = frappe.get_doc("User", user)
			record.new_password, record.language = PASSWORD, "ru"
			record.save()
		pair, without = own.pair(), own.pair(mentees=[own.mentee(last_name="Безсогласный")])
		order, refused = own.order(pair), own.order(without)
		mentee = own.mentee(last_name="=1+1", school_class="7А")
		names = {
			"order": order.name,
			"refused": refused.name,
			"pair": pair.name,
			"mentee": mentee.name,
			"consent": consent_for(mentee).name,
			"foreign": other.mentee(last_name="Чужаков").name,
			"program": own.program,
			"organization": own.organization,
		}
		frappe.db.commit()
		frappe.destroy()
		return SimpleNamespace(**names, **people)

	made = apart(build)
	from benchless.desk.app import Desk

	made.folder = folder
	made.app = Desk("desk", str(folder), "пароль-для-показа")
	return made


def _make_neighbours(*organizations: str) -> None:
	"""Of one authority, so that each knows the other by its title."""
	authority = frappe.get_doc(
		{
			"doctype": "Educational Organization",
			"title": "Вымышленское управление",
			"organization_type": "Municipal Authority",
		}
	).insert()
	for name in organizations:
		frappe.db.set_value("Educational Organization", name, "parent_organization", authority.name)


@pytest.fixture(scope="module")
def signed_in(desk: SimpleNamespace) -> Callable[[str], Browser]:
	"""The browser of somebody who has signed in, by duty."""
	known: dict[str, Browser] = {}

	def open_browser(duty: str) -> Browser:
		if duty not in known:
			known[duty] = Browser(desk.app)
			assert known[duty].sign_in(getattr(desk, duty)).status_code == 303
		return known[duty]

	return open_browser


def stored(desk: SimpleNamespace, doctype: str, name: str, field: Any) -> Any:
	"""What the site holds now."""

	def read() -> Any:
		frappe.init("desk", sites_path=str(desk.folder), force=True)
		frappe.connect()
		try:
			return frappe.db.get_value(doctype, name, field)
		finally:
			frappe.destroy()

	return apart(read)


@pytest.fixture
def curator(signed_in: Callable[[str], Browser]) -> Browser:
	return signed_in("curator")


@pytest.fixture
def director(signed_in: Callable[[str], Browser]) -> Browser:
	return signed_in("director")


@pytest.fixture(autouse=True)
def undone() -> Iterator[None]:
	"""These tests have a site of their own: there is nothing to undo on the shared connection."""
	yield
