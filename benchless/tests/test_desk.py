"""The staff pages as a browser meets them: signing in, menus, lists. No server is started."""

import html
import io
import os
import re
import socket
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import frappe
import pytest

from benchless.tests.staff_pages import (
	PASSWORD,
	SIGN_IN_TOKEN,
	Browser,
	curator,
	desk,
	director,
	signed_in,
	stored,
	told,
	undone,
)

pytestmark = pytest.mark.skipif("NASTAVNIK_SITE" in os.environ, reason="about the pages of benchless")
__all__ = ["curator", "desk", "director", "signed_in", "undone"]  # fixtures
SAID = re.compile(r'\b_\(\s*"([^"]+)"')


class TestSigningIn:
	def test_page_names_the_people_of_the_demonstration(self, desk: SimpleNamespace) -> None:
		page = Browser(desk.app).get("/login").text
		assert desk.curator in page and "Куратор" in page and "пароль-для-показа" in page
		assert "Administrator" not in page

	def test_without_a_session_one_is_sent_to_sign_in_and_back(self, desk: SimpleNamespace) -> None:
		answer = Browser(desk.app).get("/app/mentee?page=2")
		assert (answer.status_code, answer.location) == (302, "/login?next=%2Fapp%2Fmentee%3Fpage%3D2")

	def test_wrong_password(self, desk: SimpleNamespace) -> None:
		browser = Browser(desk.app)
		answer = browser.sign_in(desk.curator, "не тот")
		assert answer.status_code == 401 and "Неверный логин или пароль" in told(answer)
		assert browser.get("/app").status_code == 302

	def test_sign_in_form_of_another_page_is_refused(self, desk: SimpleNamespace) -> None:
		browser = Browser(desk.app)
		answer = browser.post("/login", usr=desk.curator, pwd=PASSWORD, token="0" * 64)
		assert answer.status_code == 401 and browser.get("/app").status_code == 302

	def test_cookie_is_kept_from_scripts_and_other_sites(self, desk: SimpleNamespace) -> None:
		cookie = next(
			one
			for one in Browser(desk.app).sign_in(desk.curator).headers.getlist("Set-Cookie")
			if "sid=" in one
		)
		assert "HttpOnly" in cookie and "SameSite=Lax" in cookie

	def test_no_way_out_to_another_site(self, desk: SimpleNamespace) -> None:
		browser = Browser(desk.app)
		token = SIGN_IN_TOKEN.search(browser.get("/login").text)[1]
		answer = browser.post(
			"/login", usr=desk.curator, pwd=PASSWORD, token=token, next="//evil.example/app"
		)
		assert answer.location == "/app"

	def test_signing_out(self, desk: SimpleNamespace) -> None:
		browser = Browser(desk.app)
		browser.sign_in(desk.curator)
		assert browser.post("/logout").location == "/login"
		assert browser.get("/app").status_code == 302

	def test_expired_session_changes_nothing(
		self, desk: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
	) -> None:
		browser = Browser(desk.app)
		browser.sign_in(desk.curator)
		monkeypatch.setattr("frappe.auth._MAX_AGE", -1)
		answer = browser.post(f"/app/mentee/{desk.mentee}", school_class="1Я")
		assert answer.status_code == 401 and "Время входа истекло" in told(answer)
		assert stored(desk, "Mentee", desk.mentee, "school_class") == "7А"


def test_busy_port_is_said_before_any_work(tmp_path: Path) -> None:
	from click.testing import CliRunner

	from benchless.__main__ import main

	with socket.socket() as taken:
		taken.bind(("127.0.0.1", 0))
		taken.listen()
		port = str(taken.getsockname()[1])
		result = CliRunner().invoke(main, ["demo", "--data", str(tmp_path / "data"), "--port", port])
	assert result.exit_code == 1 and f"127.0.0.1:{port} cannot be used" in result.output
	assert "--port" in result.output and not (tmp_path / "data").exists()


class TestPages:
	def test_nothing_is_loaded_from_the_web(self, desk: SimpleNamespace, curator: Browser) -> None:
		for path in ("/login", "/app", "/app/mentee", "/app/mentee/new"):
			page = curator.get(path)
			loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
			assert loaded and not [one for one in loaded if not one.startswith(("/", "#", "?"))], path
			assert "default-src 'none'" in page.headers["Content-Security-Policy"]
		for name in ("desk.css", "desk.js", "icon.svg"):
			asset = curator.get(f"/assets/{name}")
			assert asset.status_code == 200 and "//" not in re.sub(
				r"//[ \w]|http://www.w3.org/2000/svg", "", asset.text
			)
		assert curator.get("/assets/../app.py").status_code == 404

	def test_each_input_has_a_label(self, desk: SimpleNamespace, curator: Browser) -> None:
		for path in ("/login", "/app/mentee", "/app/mentee/new", f"/app/pair/{desk.pair}", "/app/pair/new"):
			page = curator.get(path).text
			labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', page))
			for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>", page):
				if 'type="hidden"' in tag or "aria-label=" in tag or 'name="all"' in tag:
					continue
				found = re.search(r' id="([^"]+)"', tag)
				assert found and found[1] in labelled, (path, tag)

	def test_every_page_of_the_menu_opens(self, signed_in: Callable[[str], Browser]) -> None:
		for duty in ("curator", "director", "officer"):
			browser = signed_in(duty)
			home = browser.get("/app")
			assert home.status_code == 200 and '<html lang="ru">' in home.text
			for path in set(re.findall(r'href="(/app/[^"]+)"', home.text)):
				answer = browser.get(html.unescape(path))
				assert answer.status_code == 200, (duty, path, told(answer))

	def test_every_form_opens_empty(self, curator: Browser) -> None:
		opened = 0
		for path in set(re.findall(r'href="(/app/[a-z-]+)"', curator.get("/app").text)):
			answer = curator.get(f"{path}/new")
			assert answer.status_code in (200, 403, 404), (path, told(answer))
			opened += answer.status_code == 200
		assert opened > 8

	def test_their_own_words_are_said_in_russian(self) -> None:
		from babel.messages.pofile import read_po

		engine = Path(frappe.__file__).parent
		known: set[str] = set()
		for folder in (engine, engine.parents[1] / "nastavnik_app"):
			with open(folder / "locale" / "ru.po", "rb") as source:
				known |= {message.id for message in read_po(source) if message.string}
		said = set()
		for path in (*engine.rglob("*.py"), *(engine.parent / "desk").rglob("*.*")):
			if path.suffix in (".py", ".html"):
				said |= set(SAID.findall(path.read_text(encoding="utf-8")))
		assert len(said) > 100 and not sorted(said - known)

	def test_what_waits_is_shown_first(self, director: Browser) -> None:
		page = director.get("/app").text
		assert page.index("Мои поручения") < page.index('class="figures"')

	def test_unknown_addresses(self, curator: Browser) -> None:
		for path in (
			"/app/no-such-thing",
			"/nowhere",
			"/app/mentee/nobody",
			"/app/has-role",
			"/files/none.pdf",
		):
			assert curator.get(path).status_code == 404, path

	def test_rest_stays_beside_the_pages(self, desk: SimpleNamespace, curator: Browser) -> None:
		rows = curator.get("/api/resource/Mentoring Program").get_json()["data"]
		assert [row["name"] for row in rows] == [desk.program]


class TestLists:
	def test_only_the_own_school(self, curator: Browser, desk: SimpleNamespace) -> None:
		page = curator.get("/app/mentee").text
		assert desk.mentee in page and desk.foreign not in page and "Чужаков" not in page

	def test_search_filter_and_order(self, curator: Browser, desk: SimpleNamespace) -> None:
		def titles(query: str) -> list[str]:
			page = curator.get(f"/app/mentee?{query}").text
			return [html.unescape(one) for one in re.findall(r'class="title"><a [^>]+>([^<]+)<', page)]

		assert all("Безсогласный" in one for one in titles("q=безсоглас"))
		assert len(titles("school_class=7А")) == 1
		both = titles("sort=full_name+asc"), titles("sort=full_name+desc")
		assert len(both[0]) > 2 and both[0] == both[1][::-1]
		assert titles("workflow_state=Archived") == []
		assert titles('workflow_state=["in",["Candidate","In Bank"]]') != []

	def test_states_are_said_in_russian_and_colour(self, curator: Browser) -> None:
		assert re.search(r'class="state \w+">Черновик<', curator.get("/app/mentoring-order").text)

	def test_injected_order_or_filter_is_no_query(self, curator: Browser) -> None:
		assert curator.get("/app/mentee?sort=name;drop+table").status_code == 200
		assert curator.get('/app/mentee?name=["); drop"').status_code == 404
		assert curator.get("/app/mentee?nonsense=1").status_code == 200

	def test_export_has_no_formulas(self, curator: Browser, desk: SimpleNamespace) -> None:
		from openpyxl import load_workbook

		answer = curator.get("/app/mentee/export.xlsx?q=1%2B1")
		rows = list(load_workbook(io.BytesIO(answer.data)).active.values)
		assert rows[0][0] == "ФИО" and len(rows) == 2 and rows[1][0].startswith("'=1+1")
		text = curator.get("/app/mentee/export.csv").data.decode("utf-8-sig")
		assert "'=1+1" in text and ";=1+1" not in text and "Чужаков" not in text

	def test_link_search_stays_in_the_school(self, curator: Browser, desk: SimpleNamespace) -> None:
		found = curator.get("/app/search-link?doctype=Mentee&txt=").get_json()
		assert desk.mentee in [row["value"] for row in found]
		assert curator.get("/app/search-link?doctype=Mentee&txt=Чужаков").get_json() == []
		assert curator.get("/app/search-link?doctype=Error Log&txt=").get_json() == []
