"""Forms of the staff pages: filled in, refused, signed; files and papers of a record."""

import html
import io
import os
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import lxml.html
import pytest

from benchless.tests.staff_pages import Browser, curator, desk, director, signed_in, stored, told, undone

pytestmark = pytest.mark.skipif("NASTAVNIK_SITE" in os.environ, reason="about the pages of benchless")
__all__ = ["curator", "desk", "director", "signed_in", "undone"]  # fixtures
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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

	def test_task_is_cancelled_with_the_reason_that_its_form_asks_for(
		self, curator: Browser, desk: SimpleNamespace
	) -> None:
		values = {**curator.form("/app/roadmap-task/new"), "program": desk.program, "title": "Лишняя задача"}
		path = curator.post("/app/roadmap-task/new", **values | {"due_date": "2026-10-31"}).location
		page = lxml.html.fromstring(curator.get(path).text)
		assert not page.xpath('//*[@name="cancel_reason"]/ancestor::*[@hidden]')
		reason = {**curator.form(path), "cancel_reason": "Не понадобилась"}
		assert curator.post(path, **reason, do="save").status_code == 303
		answer = curator.post(path, **curator.form(path), do="workflow:Cancel Task")
		assert answer.status_code == 303, told(answer)
		assert "Не понадобилась" in curator.get(path).text
		task = path.rsplit("/", 1)[1].partition("?")[0]
		assert stored(desk, "Roadmap Task", task, "status") == "Cancelled"

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
