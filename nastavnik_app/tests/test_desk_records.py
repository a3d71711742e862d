"""What Desk shows in the morning: the records of the workspace fit each other, and show no other school's figures."""

from __future__ import annotations

import json
import os
from pathlib import Path

import frappe
import pytest
from frappe.utils import add_days, getdate

from nastavnik_app.rules.scope import SCOPE_FIELD
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school

MODULE = Path(__file__).parents[1] / "nastavnik_app"
# the app keeps their rows by itself, or each person the own one
NOT_OPENED = {"Mentoring Digest Preference", "Mentoring Order Counter", "Support Profile Access"}

on_frappe = pytest.mark.skipif("NASTAVNIK_SITE" not in os.environ, reason="only Frappe has these records")


def records(kind: str) -> dict[str, dict]:
	read = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(MODULE.glob(f"{kind}/*/*.json"))]
	return {record["name"]: record for record in read}


@pytest.fixture(scope="module", params=["Mentoring", "Municipal Mentoring"])
def workspace(request: pytest.FixtureRequest) -> dict:
	return records("workspace")[request.param]


def blocks(workspace: dict, kind: str) -> list[str]:
	"""What the page's blocks of a kind name: the labels of its rows."""
	return [
		block["data"][f"{kind}_name"] for block in json.loads(workspace["content"]) if block["type"] == kind
	]


@pytest.mark.parametrize(
	("kind", "table"),
	[
		("number_card", "number_cards"),
		("chart", "charts"),
		("shortcut", "shortcuts"),
		("quick_list", "quick_lists"),
	],
)
def test_page_shows_each_of_its_rows_once(workspace: dict, kind: str, table: str) -> None:
	assert sorted(blocks(workspace, kind)) == sorted(row["label"] for row in workspace[table])


def test_page_shows_each_of_its_cards_of_links(workspace: dict) -> None:
	cards = [link for link in workspace["links"] if link["type"] == "Card Break"]
	assert blocks(workspace, "card") == [card["label"] for card in cards]
	counted = sum(card["link_count"] for card in cards)
	assert counted == len(workspace["links"]) - len(cards)


def test_every_record_and_report_is_a_link_away() -> None:
	pages = records("workspace").values()
	linked = {link["link_to"] for page in pages for link in page["links"] if link["type"] == "Link"}
	opened = {name for name, doctype in records("doctype").items() if not doctype.get("istable")}
	assert linked == (opened - NOT_OPENED) | set(records("report"))


def test_figures_and_charts_are_answered_by_the_app() -> None:
	cards, charts, pages = records("number_card"), records("dashboard_chart"), records("workspace").values()
	assert {row["number_card_name"] for page in pages for row in page["number_cards"]} == set(cards)
	assert {row["chart_name"] for page in pages for row in page["charts"]} == set(charts)
	methods = [card["method"] for card in cards.values() if card["type"] == "Custom"]
	for chart in charts.values():
		folder = MODULE / "dashboard_chart_source" / frappe.scrub(chart["source"])
		script = (folder / f"{folder.name}.js").read_text(encoding="utf-8")
		assert f'chart_sources["{chart["source"]}"]' in script
		methods.append(script.split('method: "')[1].split('"')[0])
	assert len(set(methods)) == len(methods)
	for method in methods:
		assert callable(frappe.get_attr(method))


def test_every_figure_names_the_records_whose_readers_see_it() -> None:
	for record in (*records("number_card").values(), *records("dashboard_chart").values()):
		assert record["document_type"] in SCOPE_FIELD, record["name"]


def test_onboarding_goes_from_the_organization_to_the_plans() -> None:
	steps, onboarding = records("onboarding_step"), records("module_onboarding")["Mentoring"]
	assert blocks(records("workspace")["Mentoring"], "onboarding") == [onboarding["name"]]
	walked = [steps[row["step"]] for row in onboarding["steps"]]
	assert len(walked) == len(steps)
	shown = [step.get("reference_document") or step["path"].removeprefix("List/") for step in walked]
	assert shown == [
		"Educational Organization",
		"Mentoring Program",
		"Roadmap Import",
		"Mentor",
		"Mentee",
		"Consent",
		"Pair",
		"Mentoring Order",
		"Individual Plan",
	]


@on_frappe
class TestDeskOnFrappe(SchoolTestCase):
	"""Frappe's own counting of cards and charts keeps to the reader's school."""

	def setUp(self) -> None:
		super().setUp()
		self.school.sent(self.school.order(self.school.pair()))
		self.school.task(due_date=add_days(getdate(), -1))
		self.stranger = make_school("Пустая школа")

	def numbers(self) -> dict[str, float]:
		from frappe.desk.doctype.number_card.number_card import get_result

		numbers = {}
		for name in records("number_card"):
			card = frappe.get_doc("Number Card", name)
			assert card.has_permission("read"), name
			if card.type == "Custom":
				assert frappe.get_attr(card.method) in frappe.whitelisted
				numbers[name] = frappe.call(card.method, filters=card.filters_json)["value"]
			else:
				numbers[name] = get_result(card.as_json(), card.filters_json)
		return numbers

	def test_a_curator_of_an_empty_school_sees_zeros(self) -> None:
		with as_user(self.school.curator):
			own = self.numbers()
		self.assertEqual((own["Mentoring Mentors"], own["Mentoring Overdue Tasks"]), (1, 1))
		with as_user(self.stranger.curator):
			self.assertEqual(set(self.numbers().values()), {0})

	def test_a_chart_made_up_by_a_curator_draws_no_other_school(self) -> None:
		from frappe.desk.doctype.dashboard_chart.dashboard_chart import get

		grouped = {"document_type": "Mentee", "chart_type": "Group By", "group_by_based_on": "target_group"}
		chart = {**grouped, "group_by_type": "Count", "filters_json": "[]", "name": "Made Up"}
		with as_user(self.school.curator):
			self.assertEqual(get(chart=json.dumps(chart), no_cache=1)["datasets"][0]["values"], [1])
		with as_user(self.stranger.curator):
			self.assertIsNone(get(chart=json.dumps(chart), no_cache=1))

	def test_the_page_holds_all_of_its_parts_for_a_curator(self) -> None:
		from frappe.desk.desktop import get_desktop_page

		with as_user(self.school.curator):
			page = get_desktop_page(json.dumps({"name": "Mentoring", "title": "Mentoring", "public": 1}))
		workspace = records("workspace")["Mentoring"]
		for part in ("number_cards", "charts", "quick_lists", "shortcuts"):
			self.assertEqual(len(page[part]["items"]), len(workspace[part]), part)

	def test_forms_count_what_is_connected_with_them(self) -> None:
		from frappe.desk.notifications import get_open_count

		for doctype, field in SCOPE_FIELD.items():
			links = frappe.get_meta(doctype).links
			names = frappe.get_all(doctype, filters={field: self.school.organization}, pluck="name", limit=1)
			if not (links and names):
				continue
			with as_user(self.school.curator):
				counted = get_open_count(doctype, names[0])["count"]["external_links_found"]
			expected = {link.parent_doctype or link.link_doctype for link in links}
			self.assertEqual({row["doctype"] for row in counted}, expected, doctype)
