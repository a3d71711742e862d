"""The staff pages as a browser meets them: what each person sees, does, and is refused. No server is started."""

import html
import io
import os
import re
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import frappe
import lxml.html
import pytest

pytestmark = pytest.mark.skipif("NASTAVNIK_SITE" in os.environ, reason="about the pages of benchless")

PASSWORD = "Tихая-гавань-2026"
ROADMAP = (
	("№", "Мероприятие", "Сроки", "Ответственный"),
	(1, "Провести педсовет", "до 20.09.2026", "Директор"),
	(2, "Встретиться", "когда-нибудь", "Куратор"),
)
TOKEN = re.compile(r'name="csrf_token" value="(\w+)"')
SIGN_IN_TOKEN = re.compile(r'name="token" value="(\w+)"')
SAID = re.compile(r'\b_\(\s*"([^"]+)"')
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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


def workbook(rows: tuple) -> io.BytesIO:
	from openpyxl import Workbook

	book, out = Workbook(), io.BytesIO()
	for row in rows:
		book.active.append(row)
	book.save(out)
	out.seek(0)
	return out


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


class TestForms:
	def test_another_schools_record(self, signed_in: Callable[[str], Browser], desk: SimpleNamespace) -> None:
		stranger = signed_in("stranger")
		for path in (
			f"/app/mentee/{desk.mentee}",
			f"/app/mentoring-order/{desk.order}/print.pdf?format=Mentoring Order",
		):
			assert stranger.get(path).status_code == 403, path
		answer = stranger.post(f"/app/mentee/{desk.mentee}", school_class="1Я")
		assert answer.status_code == 403 and "7А" not in answer.text
		assert stored(desk, "Mentee", desk.mentee, "school_class") == "7А"

	def test_new_mentee(self, curator: Browser, desk: SimpleNamespace) -> None:
		values = curator.form("/app/mentee/new")
		assert values["organization"] == desk.organization  # the only one in the curator's list
		values.update(
			last_name="Клёнов", first_name="Пример", birth_date="2011-05-04", target_group="pupils-15-19"
		)
		answer = curator.post("/app/mentee/new", **{**values, "school_class": "9В"})
		assert answer.status_code == 303, told(answer)
		page = curator.get(answer.location)
		assert "Клёнов Пример" in page.text and "Сохранено." in told(page)
		assert "Сохранено." not in told(curator.get(answer.location))

	def test_refusal_keeps_what_was_typed(self, curator: Browser, desk: SimpleNamespace) -> None:
		values = {**curator.form("/app/mentee/new"), "last_name": "", "first_name": "Вписано <b>руками</b>"}
		answer = curator.post("/app/mentee/new", **values)
		assert answer.status_code == 417 and "Заполните «Фамилия»" in told(answer)
		assert "Вписано &lt;b&gt;руками&lt;/b&gt;" in answer.text

	def test_title_typed_whole_is_found_and_a_wrong_one_refused(
		self, curator: Browser, desk: SimpleNamespace
	) -> None:
		values = {"organization": None, "modified": None, "last_name": "Дубов", "first_name": "Пример"}
		values |= {"birth_date": "2011-05-04", "target_group": "pupils-15-19"}
		title = stored(desk, "Educational Organization", desk.organization, "title")
		answer = curator.post("/app/mentee/new", **{**values, "organization": "", "organization.text": title})
		assert answer.status_code == 303, told(answer)
		answer = curator.post(
			"/app/mentee/new", **{**values, "organization": "", "organization.text": "Нет такой"}
		)
		assert "«Нет такой» нет в списке" in told(answer) and 'value="Дубов"' in answer.text

	def test_rows_of_a_table_are_added_and_removed(self, curator: Browser, desk: SimpleNamespace) -> None:
		path = f"/app/mentee/{desk.mentee}"
		values = curator.form(path)
		row = {
			f"representatives:0:{key}": one
			for key, one in (("name", ""), ("full_name", "Мама"), ("phone", "1"))
		}
		assert curator.post(path, **values, **row).status_code == 303
		values = curator.form(path)
		assert values["representatives:0:full_name"] == "Мама" and values["representatives:0:name"]
		kept = {key: one for key, one in values.items() if not key.startswith("representatives:0")}
		assert curator.post(path, **kept).status_code == 303
		assert "representatives:0:name" not in curator.form(path)

	def test_form_that_was_open_too_long(self, curator: Browser, desk: SimpleNamespace) -> None:
		path = f"/app/mentee/{desk.mentee}"
		first, late = curator.form(path), curator.form(path)
		assert curator.post(path, **{**first, "parallel": "", "school_class": "7Б"}).status_code == 303
		answer = curator.post(path, **{**late, "school_class": "7В"})
		assert answer.status_code == 417 and "изменена другим" in told(answer) and 'value="7В"' in answer.text
		restored = {**curator.form(path), "school_class": "7А"}
		assert curator.post(path, **restored).status_code == 303

	def test_forged_token_and_forged_state(self, curator: Browser, desk: SimpleNamespace) -> None:
		path = f"/app/mentoring-order/{desk.order}"
		answer = curator.post(path, csrf_token="0" * 64, heading="Подлог")
		assert answer.status_code == 400 and "Запрос устарел или подделан" in told(answer)
		values = {
			**curator.form(path),
			"workflow_state": "Signed",
			"docstatus": "1",
			"signed_by": desk.curator,
		}
		curator.post(path, **values)
		fields = ["heading", "workflow_state", "docstatus", "signed_by"]
		assert stored(desk, "Mentoring Order", desk.order, fields)[1:] == ("Draft", 0, None)

	def test_field_that_depends_on_another(self, curator: Browser, desk: SimpleNamespace) -> None:
		page = curator.get(f"/app/consent/{desk.consent}").text
		field = re.search(r'<div class="field"[^>]*data-if="kind"[^>]*>', page)
		assert field and 'data-is="Dissemination"' in field[0] and field[0].endswith(" hidden>")

	def test_connections(self, curator: Browser, desk: SimpleNamespace) -> None:
		page = curator.get(f"/app/pair/{desk.pair}").text
		assert re.search(
			r'<a href="/app/mentoring-order\?name=[^"]+">Приказ по наставничеству</a> <span class="count">1<',
			page,
		)
		assert f"/app/individual-plan/new?pair={desk.pair}" in page

	def test_deleting(self, curator: Browser, desk: SimpleNamespace) -> None:
		values = {"last_name": "Лишний", "first_name": "Пример", "birth_date": "2011-05-04"}
		values |= {"organization": desk.organization, "target_group": "pupils-15-19"}
		path = curator.post("/app/mentee/new", **values).location
		assert curator.post(path, do="delete").location == "/app/mentee"
		assert curator.get(path).status_code == 404


class TestFiles:
	def test_upload_is_private_and_for_readers_of_the_record(
		self, curator: Browser, signed_in: Callable[[str], Browser], desk: SimpleNamespace
	) -> None:
		path = f"/app/consent/{desk.consent}"
		answer = curator.post(f"{path}/files", file=(io.BytesIO("тайна".encode()), "лист.txt"))
		assert answer.status_code == 303, told(answer)
		address = html.unescape(re.search(r'href="(/private/files/[^"]+)"', curator.get(path).text)[1])
		assert curator.get(address).data.decode() == "тайна"
		assert signed_in("stranger").get(address).status_code == 403
		assert Browser(desk.app).get(address).location.startswith("/login")
		answer = signed_in("stranger").post(f"{path}/files", file=(io.BytesIO(b"x"), "x.txt"))
		assert answer.status_code == 403 and "Ромашк" not in answer.text

	def test_too_large_a_file(
		self, curator: Browser, desk: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
	) -> None:
		monkeypatch.setattr("benchless.desk.files.LARGEST_FILE", 1)
		path, large = f"/app/consent/{desk.consent}", b"x" * (1024 * 1024 + 1)
		values = {**curator.form(path), "purpose": "Вписанная цель"}
		answer = curator.post(path, **values, scan=(io.BytesIO(large), "scan.pdf"))
		assert answer.status_code == 417 and "Файл больше 1 МБ" in told(answer)
		assert "Вписанная цель" in answer.text and stored(
			desk, "Consent", desk.consent, ["purpose", "scan"]
		) != (
			"Вписанная цель",
			None,
		)
		monkeypatch.setattr("benchless.desk.files.MAX_REQUEST", 1024)
		answer = curator.post(path, **values, scan=(io.BytesIO(large), "scan.pdf"))
		assert answer.status_code == 413 and "Ничего не сохранено" in told(answer)
		assert not stored(desk, "Consent", desk.consent, "scan")

	def test_paper_as_pdf_and_as_word(self, curator: Browser, desk: SimpleNamespace) -> None:
		page = curator.get(f"/app/mentoring-order/{desk.order}").text
		pdf, word = (
			html.unescape(one) for one in re.findall(r'href="([^"]+print\.(?:pdf|docx)[^"]+)"', page)[:2]
		)
		printed = curator.get(pdf)
		header = printed.headers["Content-Disposition"]
		assert printed.data.startswith(b"%PDF") and header.startswith("inline")
		assert header.isascii(), "a server cannot send this header"
		assert curator.get(word).mimetype == DOCX


class TestSignature:
	"""One order on its way, in the order of these tests."""

	def act(self, browser: Browser, path: str, action: str, **values: str) -> Any:
		return browser.post(path, **{**browser.form(path), **values}, do=f"workflow:{action}")

	def test_missing_consent_is_named_and_nothing_moves(
		self, curator: Browser, desk: SimpleNamespace
	) -> None:
		path = f"/app/mentoring-order/{desk.refused}"
		answer = self.act(curator, path, "Send for Approval", control="Вписано при отправке")
		assert answer.status_code == 417 and "Безсогласный" in told(answer)
		assert "Вписано при отправке" in answer.text and "Сохранено" not in told(answer)
		fields = ["workflow_state", "control"]
		state, control = stored(desk, "Mentoring Order", desk.refused, fields)
		assert state == "Draft" and "Вписано" not in control

	def test_curator_sends_and_may_not_sign(self, curator: Browser, desk: SimpleNamespace) -> None:
		path = f"/app/mentoring-order/{desk.order}"
		page = curator.get(path).text
		assert "При подписании приказа" in page and "Направить на согласование" in page
		assert self.act(curator, path, "Send for Approval").status_code == 303
		assert "workflow:Sign" not in curator.get(path).text
		assert self.act(curator, path, "Sign").status_code == 417
		assert stored(desk, "Mentoring Order", desk.order, "workflow_state") == "On Approval"

	def test_director_is_asked_returns_and_signs(
		self, curator: Browser, director: Browser, desk: SimpleNamespace
	) -> None:
		path = f"/app/mentoring-order/{desk.order}"
		assert f'href="{path}"' in director.get("/app").text
		answer = self.act(director, path, "Return With Remark")
		assert answer.status_code == 417  # a remark is wanted
		assert self.act(director, path, "Return With Remark", remark="Уточните контроль").status_code == 303
		assert "Уточните контроль" in curator.get(path).text
		assert self.act(curator, path, "Send for Approval", control="Контроль за собой").status_code == 303
		answer = self.act(director, path, "Sign", order_number="7", order_date="2026-10-01")
		assert answer.status_code == 303, told(answer)
		assert stored(desk, "Mentoring Order", desk.order, ["workflow_state", "docstatus"]) == ("Signed", 1)
		assert stored(desk, "Pair", desk.pair, "workflow_state") == "Assigned"

	def test_signed_content_is_shown_and_not_asked(self, curator: Browser, desk: SimpleNamespace) -> None:
		values = curator.form(f"/app/mentoring-order/{desk.order}")
		assert "heading" not in values and "points:" not in values

	def test_acknowledgements_are_collected(self, curator: Browser, desk: SimpleNamespace) -> None:
		path = f"/app/mentoring-order/{desk.order}"
		action = f"{path}/action/collect-acknowledgements".replace(f"/{desk.order}", "")
		assert action in curator.get(path).text
		rows = re.findall(r'name="rows" value="([^"]+)"', curator.get(f"{action}?name={desk.order}").text)
		assert rows
		answer = curator.post(action, name=desk.order, rows=rows, day="2026-10-02")
		assert answer.location == path, told(answer)
		assert action not in curator.get(path).text


class TestActions:
	def test_order_made_from_pairs(self, curator: Browser, desk: SimpleNamespace) -> None:
		action = "/app/pair/action/make-order"
		assert 'formaction="' + action in curator.get("/app/pair").text
		page = curator.get(f"{action}?name={desk.pair}")
		assert page.status_code == 200 and "assign-pairs" in page.text
		answer = curator.post(action, name=desk.pair, order_type="assign-pairs")
		assert answer.location.startswith("/app/mentoring-order/"), told(answer)
		assert curator.post(answer.location, do="delete").status_code == 303

	def test_action_on_what_it_is_not_for(self, curator: Browser, desk: SimpleNamespace) -> None:
		answer = curator.get(f"/app/pair/action/collect-acknowledgements?name={desk.pair}")
		assert answer.status_code == 417 and "Такого действия нет" in told(answer)
		assert curator.get(f"/app/pair/action/no-such-thing?name={desk.pair}").status_code == 404

	def test_another_schools_people(self, curator: Browser, desk: SimpleNamespace) -> None:
		action = "/app/mentee/action/prepare-consents"
		assert curator.get(f"{action}?name={desk.foreign}").status_code == 403
		answer = curator.post(action, name=desk.foreign, kind="Personal Data Processing")
		assert answer.status_code == 403 and "Чужаков" not in answer.text

	def test_nothing_chosen(self, curator: Browser) -> None:
		answer = curator.get("/app/pair/action/make-order")
		assert answer.status_code == 417 and "Выберите хотя бы одну запись" in told(answer)

	def test_consents_prepared_for_all_found_then_printed(
		self, curator: Browser, desk: SimpleNamespace
	) -> None:
		page = curator.get("/app/mentee/action/prepare-consents?all=1&q=Безсогласный").text
		names = re.findall(r'name="name" value="([^"]+)"', page)
		assert len(names) == 1
		answer = curator.post(
			"/app/mentee/action/prepare-consents", name=names, kind="Personal Data Processing"
		)
		assert answer.location.startswith("/app/consent/action/print-together?name=")
		page = curator.get(answer.location)
		assert "Согласий на подпись: 1." in told(page) and "Consent Sheet" in page.text

	def test_who_may_not_is_refused(self, signed_in: Callable[[str], Browser], desk: SimpleNamespace) -> None:
		officer = signed_in("officer")
		assert officer.get(f"/app/pair/action/make-order?name={desk.pair}").status_code == 403
		assert "make-order" not in officer.get("/app").text


class TestReports:
	def test_table_summary_chart_and_files(self, curator: Browser) -> None:
		page = curator.get("/app/query-report/Consent Coverage?asked=1").text
		assert (
			"Безсогласный" in page and "Чужаков" not in page and "<svg" in page and 'class="figures"' in page
		)
		missing = curator.get("/app/query-report/Consent Coverage").text
		assert (
			"Тополев" in page and "Тополев" not in missing
		)  # only those who lack it, unless asked otherwise
		assert curator.get("/app/query-report/Consent Coverage/xlsx").data.startswith(b"PK")
		assert curator.get("/app/query-report/Consent Coverage/pdf").data.startswith(b"%PDF")

	def test_filters_are_those_of_the_reports_scripts(self, curator: Browser) -> None:
		for script in (Path(__file__).parents[2] / "nastavnik_app/nastavnik_app/report").glob("*/*.js"):
			text = script.read_text(encoding="utf-8")
			report = re.search(r'query_reports\["(.+?)"\]', text)[1]
			wanted = re.findall(r'fieldname: "(\w+)"', text)
			answer = curator.get(f"/app/query-report/{report}")
			if answer.status_code == 403:
				continue  # an authority's: test_desk_returns
			form = answer.text.partition('<form method="get"')[2]
			asked = re.findall(r'name="(\w+)"', form.partition("</form>")[0])
			assert asked == ["asked", *wanted], report


class TestRoadmapReview:
	def test_from_the_document_to_tasks(self, curator: Browser, desk: SimpleNamespace) -> None:
		values = {**curator.form("/app/roadmap-import/new"), "program": desk.program}
		answer = curator.post(
			"/app/roadmap-import/new", **values, document=(workbook(ROADMAP), "roadmap.xlsx")
		)
		assert answer.status_code == 303, told(answer)
		path = answer.location
		answer = curator.post(path, **curator.form(path), do="method:read_document")
		page = curator.get(path)
		assert answer.status_code == 303, told(answer)
		assert "Провести педсовет" in page.text
		doubted = re.search(
			r'<textarea id="(rows-\d+-term_text)"[^>]* aria-describedby="\1-doubt"', page.text
		)
		doubt = re.search(rf'<ul class="doubt" id="{doubted[1]}-doubt">(.+?)</ul>', page.text, re.S)[1]
		assert "<q>" in doubt and "когда-нибудь" in doubt.partition("<q>")[2]
		answer = curator.post(path, **curator.form(path), do="method:create_tasks")
		assert answer.status_code == 417 and "сомнени" in told(answer)
		values = curator.form(path)
		doubtful = next(
			name for name, value in values.items() if name.endswith("term_text") and value == "когда-нибудь"
		)
		row = doubtful.removesuffix("term_text")
		answer = curator.post(path, **values | {f"{row}due": "2026-10-15"}, do="save")
		assert answer.status_code == 303 and 'class="doubt' not in curator.get(path).text
		answer = curator.post(path, **curator.form(path), do="method:create_tasks")
		assert answer.status_code == 303, told(answer)
		assert "Создано задач: 2" in told(curator.get(path))
		assert "Встретиться" in curator.get("/app/roadmap-task").text
		assert curator.get(f"{path}/progress").get_json() == {"percent": 100}

	def test_what_was_ticked_as_right_stays_marked(self, curator: Browser, desk: SimpleNamespace) -> None:
		values = {**curator.form("/app/roadmap-import/new"), "program": desk.program}
		document = (workbook(ROADMAP), "roadmap.xlsx")
		path = curator.post("/app/roadmap-import/new", **values, document=document).location
		curator.post(path, **curator.form(path), do="method:read_document")
		ticked = {name: "1" for name in curator.form(path) if name.endswith(":checked")}
		curator.post(path, **curator.form(path) | ticked, do="save")
		page = curator.get(path).text
		assert 'class="doubt settled"' in page and "in-doubt" not in page


class TestFindingPairs:
	def test_from_the_form_to_pairs_and_a_task(self, curator: Browser, desk: SimpleNamespace) -> None:
		for doctype, last_name in (("mentor", "Подорожников"), ("mentee", "Ландышев"), ("mentee", "Фиалкин")):
			values = curator.form(f"/app/{doctype}/new")
			values |= {"last_name": last_name, "first_name": "Пример", "organization": desk.organization}
			person = curator.post(f"/app/{doctype}/new", **values).location
			answer = curator.post(person, **curator.form(person), do="workflow:Admit to Bank")
			assert answer.status_code == 303, told(answer)
		values = {**curator.form("/app/pair-matching/new"), "title": "Подбор", "program": desk.program}
		values |= {"form": "teacher-pupil"}
		path = curator.post("/app/pair-matching/new", **values).location
		assert "action/alternatives" not in curator.get(path).text
		answer = curator.post(path, **curator.form(path), do="method:propose_pairs")
		assert answer.status_code == 303, told(answer)
		page = curator.get(path)
		assert "Подорожников" in page.text and "Фиалкин" in page.text and "Ландышев" in page.text
		action = f"/app/pair-matching/action/alternatives?name={path.rsplit('/', 1)[1]}"
		assert action.replace("&", "&amp;") in page.text
		mentee = re.findall(r'<option value="([^"]+)"[^>]*>[^<]*Ландышев', curator.get(action).text)[0]
		answer = curator.post(action.split("?")[0], name=path.rsplit("/", 1)[1], mentee=mentee)
		assert "Подорожников" in told(curator.get(answer.location))
		for button in ("create_pairs", "create_search_task"):
			answer = curator.post(path, **curator.form(path), do=f"method:{button}")
			assert answer.status_code == 303, told(answer)
			assert f"method:{button}" not in curator.get(path).text
		assert "Подорожников" in curator.get("/app/pair").text


@pytest.fixture(autouse=True)
def undone() -> Iterator[None]:
	"""These tests have a site of their own: there is nothing to undo on the shared connection."""
	yield
