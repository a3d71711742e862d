"""The verbs on the pages of the embedded engine."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from journeys.person import Person
from journeys.words import russian

ROW = 'input[type=hidden][name^="{0}:"][name$=":name"]'

NEW = ".head a.primary"
WRONG_FILE = "input[type=file]:invalid"  # refused before it is sent


class Pages(Person):
	own_pages = True

	def sign_in(self, login: str, password: str) -> None:
		self.page.goto("/login")
		self.page.fill("#usr", login)
		self.page.fill("#pwd", password)
		self._press(self.page.locator("#sign-in button"))

	def home(self, workspace: str = "Mentoring") -> None:
		self.page.goto("/app")

	def open(self, path: str) -> None:
		self.page.goto(path)

	def open_list(self, doctype: str, search: str = "") -> None:
		self.page.goto(_address(doctype))
		if search:
			self.page.fill("#q", search)
			self._press(self.page.get_by_role("button", name=russian("Find")))

	def titles(self) -> list[str]:
		return self.page.locator("td.title").all_inner_texts()

	def open_record(self, doctype: str, title: str) -> None:
		self.open_list(doctype, title)
		self.page.locator("td.title").get_by_role("link", name=title).first.click()

	def may_create(self, doctype: str) -> bool:
		self.open_list(doctype)
		return self.page.locator(NEW).count() > 0

	def open_new(self, doctype: str) -> None:
		self.open_list(doctype)
		self._press(self.page.locator(NEW))

	def fill(self, **values: Any) -> None:
		for name, value in values.items():
			self._put(name, value)

	def may_fill(self, fieldname: str) -> bool:
		return self.page.locator("#record").locator(f'[name="{fieldname}"]:not([type=hidden])').is_visible()

	def fill_row(self, table: str, number: int, **values: Any) -> None:
		rows = self.page.locator("#record").locator(ROW.format(table))
		if number > rows.count():
			self.page.locator(f'.grid:has([data-table="{table}"]) button.add').click()
		prefix = rows.nth(number - 1).get_attribute("name").removesuffix("name")
		for name, value in values.items():
			self._put(prefix + name, value)

	def _put(self, name: str, value: Any) -> None:
		field = self.page.locator(f'[name="{name}"]:not([type=hidden]), [name="{name}.text"]')
		for closed in field.locator("xpath=ancestor::details[not(@open)]/summary").all():
			closed.click()
		if more := field.locator("xpath=ancestor::tr[@hidden]/preceding-sibling::tr//button").all():
			more[0].click()
		if isinstance(value, Path):
			field.set_input_files(value)
		elif isinstance(value, bool):
			field.set_checked(value)
		elif isinstance(value, date):
			field.fill(value.isoformat())
		elif field.get_attribute("role") == "combobox":
			field.fill(value)
			self.page.locator("[role=option]:visible", has_text=value).first.click()
		elif field.evaluate("field => field.tagName") == "SELECT":
			field.select_option(label=value)
		else:
			field.fill(value)

	def value(self, fieldname: str) -> str:
		field = self.page.locator(f"#{fieldname}")
		is_input = field.evaluate("field => 'value' in field")
		return field.input_value() if is_input else field.inner_text()

	def state(self) -> str:
		return self.page.locator(".head .state").inner_text()

	def doubts(self) -> dict[int, str]:
		rows = self.page.locator("fieldset.read").all()
		found = {number: row.locator(".doubt:not(.settled)") for number, row in enumerate(rows, 1)}
		return {number: " ".join(doubt.all_inner_texts()) for number, doubt in found.items() if doubt.count()}

	def save(self) -> None:
		self._press(self.page.get_by_role("button", name=russian("Save"), exact=True).first)

	def act(self, action: str) -> None:
		self._press(self.page.locator("#record .bar button", has_text=russian(action)))

	def button(self, label: str, confirm: str = "", **asked: Any) -> None:
		self._press(
			self.page.locator("#record .bar")
			.locator("button, a.button")
			.get_by_text(russian(label), exact=True)
		)
		if confirm:
			self.fill(**asked)
			self._press(self.page.locator("#action button", has_text=russian(confirm)))

	def buttons(self) -> list[str]:
		return self.page.locator("#record .bar").locator("button, a.button, summary").all_inner_texts()

	def printed(self, kind: str, paper: str = "") -> bytes:
		menu = self.page.locator("#record details.drop:not([open]) > summary", has_text=russian("Print"))
		if menu.count():
			menu.click()
		link = self.page.get_by_role("link", name=f"{paper}, {kind}").first
		link.wait_for()
		answer = self.page.request.get(link.get_attribute("href"))
		assert answer.ok, answer.status
		return answer.body()

	def message(self) -> str:
		return self.page.locator(".told.good").inner_text()

	def refusal(self) -> str:
		wrong = self.page.locator(WRONG_FILE)
		if wrong.count():
			return wrong.evaluate("field => field.validationMessage")
		return self.page.locator(".told.bad").inner_text()

	def report(self, name: str, **filters: Any) -> list[str]:
		self.page.goto(f"/app/query-report/{name}")
		if filters:
			self.fill(**filters)
			self._press(self.page.get_by_role("button", name=russian("Show"), exact=True))
		return self.page.locator("table.list tbody tr").all_inner_texts()

	def has_chart(self) -> bool:
		return self.page.locator("figure.chart rect").count() > 0

	def text(self) -> str:
		return self.page.locator("#main").inner_text()

	def _press(self, what: Any) -> None:
		if self.page.locator(WRONG_FILE).count():
			what.click()
			return
		with self.page.expect_navigation():
			what.click()


def _address(doctype: str) -> str:
	return "/app/" + doctype.lower().replace(" ", "-")
