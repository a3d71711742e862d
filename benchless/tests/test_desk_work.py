"""Work on the staff pages beyond one form: actions on chosen records, reports, the roadmap's review, finding pairs."""

import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchless.tests.staff_pages import Browser, curator, desk, signed_in, told, undone

pytestmark = pytest.mark.skipif("NASTAVNIK_SITE" in os.environ, reason="about the pages of benchless")
__all__ = ["curator", "desk", "signed_in", "undone"]  # fixtures
ROADMAP = (
	("№", "Мероприятие", "Сроки", "Ответственный"),
	(1, "Провести педсовет", "до 20.09.2026", "Директор"),
	(2, "Встретиться", "когда-нибудь", "Куратор"),
)


def workbook(rows: tuple) -> io.BytesIO:
	from openpyxl import Workbook

	book, out = Workbook(), io.BytesIO()
	for row in rows:
		book.active.append(row)
	book.save(out)
	out.seek(0)
	return out


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
