"""The verbs on Frappe Desk, versions 15 and 16."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.pofile import read_po

from journeys.person import Person
from journeys.words import russian

if TYPE_CHECKING:
	from playwright.sync_api import Locator

# nothing is asked of the server, nothing is being drawn, and so for a moment
QUIET = """() => {
	const desk = window.frappe?.boot && location.pathname.startsWith("/app");
	window.drawn ||= !desk || document.querySelector(".page-container:not([style*='none']) .page-head, .modal.show");
	const frozen = document.querySelector("body:not(:has(.grid-row-open)) #freeze, .skeleton-card");
	const loading = [...document.querySelectorAll("[class*='loading']")].some((one) =>
		one.checkVisibility() && one.innerText === window.__?.("Loading...") &&
		one.getBoundingClientRect().top < innerHeight);
	const busy = !window.drawn || frozen || loading || window.frappe?.request?.ajax_count;
	if (busy || document.readyState !== "complete") window.busyAt = performance.now();
	return performance.now() - (window.busyAt ??= performance.now()) > 500;
}"""
# Desk leaves a refused request as a rejection without an error; the answer itself is watched
REFUSALS_ARE_ANSWERS = """addEventListener("unhandledrejection", (event) => {
	if (!(event.reason instanceof Error)) event.preventDefault();
})"""
# without the history of a record, the framework's hints with names of fields, and what only a screen reader says
TEXTS = """() => {
	const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
	const aside = ".navbar, .body-sidebar, .layout-side-section, .new-timeline, .tooltip-content, .visually-hidden";
	while (words.nextNode()) {
		const one = words.currentNode.parentElement;
		if (one.checkVisibility() && !one.closest(aside) && one.getClientRects().length) found.push(words.currentNode.data);
	}
	return found.map((text) => text.trim()).filter(Boolean);
}"""
CATALOGUE = Path(__file__).resolve().parents[1] / "nastavnik_app" / "locale" / "main.pot"
PAGE = ".page-container:visible"
HEAD = f"{PAGE} .page-head"
DIALOG = ".modal.show"
SEARCHED = """([title, text]) =>
	cur_list.get_filters_for_args().some((filter) => String(filter[3]).includes(text)) &&
	cur_list.data.every((row) => String(row[title]).includes(text))"""
LOOKS, TYPED_EVERY = 60, 15  # at a list that is being searched
HEIGHT = """() => {
	const parts = document.querySelectorAll("body, .main-section, .page-body, .layout-main-section");
	const lower = [...parts].map((one) => one.scrollHeight + one.getBoundingClientRect().top);
	return Math.max(innerHeight, ...lower);
}"""
TALLEST = 6000  # pixels


class Desk(Person):
	# no socket.io runs beside the site; the traceback of a refusal comes with its answer; the framework's charts
	# stumble when they are drawn anew while they still move
	not_watched = ("/socket.io/", "socket.io", "Traceback (most recent call last)", "'removeChild' on 'Node'")

	_file_refused = ""

	def __init__(self, page: Any, *others: Any) -> None:
		super().__init__(page, *others)
		page.add_init_script(REFUSALS_ARE_ANSWERS)

	def sign_in(self, login: str, password: str) -> None:
		self.open("/login")
		self.page.fill("#login_email", login)
		self.page.fill("#login_password", password)
		self.page.locator(".btn-login:visible").click()
		self.page.wait_for_function(
			"location.pathname.startsWith('/app') || document.querySelector('.invalid')"
		)
		self._wait()

	def home(self, workspace: str = "Mentoring") -> None:
		self.open(f"/app/{_slug(workspace)}")
		self.page.wait_for_timeout(1500)  # its parts ask for themselves once it stands
		self._wait()

	def open(self, path: str) -> None:
		self.page.goto(path)
		self._wait()

	def _wait(self) -> None:
		self.page.wait_for_function(QUIET, polling=100)

	def _do(self, act: Callable[[], Any]) -> None:
		self.page.evaluate("window.busyAt = performance.now()")
		act()
		self._wait()

	def open_list(self, doctype: str, search: str = "") -> None:
		is_single = doctype.endswith("Settings")
		self.open(f"/app/{_slug(doctype)}" + ("" if is_single else "/view/list"))
		if not self.page.evaluate("Boolean(window.cur_list?.filter_area)"):
			return
		# Desk keeps the filters of the last time
		self._do(lambda: self.page.evaluate("cur_list.filter_area.clear()"))
		if search:
			self._search(search)

	def _search(self, text: str) -> None:
		title = self.page.evaluate("cur_list.meta.title_field")
		field = self.page.locator(f"{PAGE} .standard-filter-section [data-fieldname={title}] input")
		for look in range(LOOKS):
			if look % TYPED_EVERY == 0:  # clearing the filters of the last visit may take the text along
				self._do(lambda: (field.fill(text), field.press("Enter")))
			if self.page.evaluate(SEARCHED, [title, text]):
				return
			self.page.wait_for_timeout(500)
		raise AssertionError(f"the list does not search for {text}")

	def titles(self) -> list[str]:
		return [text.strip() for text in self._subjects().all_inner_texts()]

	def _subjects(self) -> Any:
		return self.page.locator(f"{PAGE} .list-row .list-subject a[data-name]")

	def open_record(self, doctype: str, title: str) -> None:
		self.open_list(doctype, title)
		self._do(self._subjects().filter(has_text=title).first.click)

	def may_create(self, doctype: str) -> bool:
		self.open_list(doctype)
		return self.page.locator(f"{HEAD} .primary-action:visible").count() > 0

	def open_new(self, doctype: str) -> None:
		self.open(f"/app/{_slug(doctype)}/new")

	# the form

	def fill(self, **values: Any) -> None:
		for name, value in values.items():
			self._put(self._scope(), name, value)

	def _scope(self) -> Any:
		dialog = self.page.locator(DIALOG)
		return dialog.last if dialog.count() else self.page.locator(PAGE)

	def may_fill(self, fieldname: str) -> bool:
		return self.page.locator(f"{PAGE} [data-fieldname={fieldname}] .control-input").first.is_visible()

	def fill_row(self, table: str, number: int, **values: Any) -> None:
		grid = self.page.locator(f"{PAGE} .frappe-control[data-fieldname={table}]")
		row = grid.locator(f".grid-body .grid-row[data-idx='{number}']")
		if not row.count():
			self._do(grid.locator(".grid-add-row").click)
		self._do(row.locator(".btn-open-row").first.click)
		for name, value in values.items():
			self._put(row.locator(".form-in-grid"), name, value)
		self._do(row.locator(".grid-collapse-row:visible").first.click)

	def _put(self, scope: Any, name: str, value: Any) -> None:
		control = scope.locator(
			f".frappe-control[data-fieldname='{name}']:not([data-fieldtype=Table] *)"
		).last
		folded = control.locator("xpath=ancestor::*[contains(@class, 'form-section')]").locator(".collapsed")
		if folded.count():
			folded.first.click()
		field = control.locator("input:visible, select:visible, textarea:visible").first
		if isinstance(value, Path):
			if self.page.evaluate("cur_frm.is_new()"):
				self.save()  # a file is attached to a record that is there
			self._attach(control, value)
		elif isinstance(value, bool):
			self._do(lambda: field.set_checked(value))
		elif isinstance(value, date):
			self._type(
				field, self.page.evaluate("day => frappe.datetime.str_to_user(day)", value.isoformat())
			)
		elif control.get_attribute("data-fieldtype") in ("Link", "Dynamic Link"):
			self._do(lambda: (field.click(), field.fill(value)))
			self._do(control.locator("[role=option]:visible").filter(has_text=value).first.click)
		elif control.get_attribute("data-fieldtype") == "Select":
			self._do(lambda: field.select_option(label=value))
		else:
			self._type(field, value)

	def _type(self, field: Any, text: str) -> None:
		# not by Tab, which opens the next table's first row
		self._do(lambda: (field.fill(text), field.blur()))

	def _attach(self, control: Any, path: Path) -> None:
		self._do(control.locator("button:visible").first.click)
		dialog = self.page.locator(DIALOG).last
		self._do(lambda: dialog.locator("input[type=file]").first.set_input_files(path))
		if dialog.locator(".file-preview").count():
			self._do(dialog.locator(".btn-modal-primary:visible").click)
		else:
			self._file_refused = self._alerts()
			dialog.locator(".btn-modal-close:visible").click()
		dialog.wait_for(state="hidden")

	def value(self, fieldname: str) -> str:
		control = self.page.locator(f"{PAGE} .form-page .frappe-control[data-fieldname='{fieldname}']").first
		return control.evaluate(
			"""control => {
				const field = [...control.querySelectorAll("input, select, textarea")].find((one) => one.offsetParent);
				if (!field) return control.querySelector(".control-value, .like-disabled-input").innerText.trim();
				return field.tagName === "SELECT" ? field.selectedOptions[0].text : field.value;
			}"""
		)

	def state(self) -> str:
		return self.page.locator(f"{HEAD} .indicator-pill:visible").first.inner_text().strip()

	def doubts(self) -> dict[int, str]:
		rows = self.page.locator(f"{PAGE} .roadmap-row").all()
		heads = [row.locator(".roadmap-head b").inner_text() for row in rows]
		return {
			int(head.split(".")[0]): " ".join(row.locator(".roadmap-told").all_inner_texts())
			for head, row in zip(heads, rows, strict=True)
		}

	def save(self) -> None:
		if not self._file_refused:  # then nobody goes further
			self._do(self.page.locator(f"{HEAD} .primary-action:visible").click)

	def act(self, action: str) -> None:
		if self.page.evaluate("cur_frm.is_dirty()"):
			self.save()
		self._do(self.page.locator(f"{HEAD} .actions-btn-group > button:visible").click)
		self._do(self._items().get_by_text(russian(action), exact=True).click)

	def _items(self) -> Any:
		return self.page.locator(f"{HEAD} .actions-btn-group .dropdown-item:visible")

	def button(self, label: str, confirm: str = "", **asked: Any) -> None:
		button = self.page.locator(f"{HEAD} .page-actions button:visible").get_by_text(
			russian(label), exact=True
		)
		self._do(button.click if button.count() else lambda: self._choose_from_menu(label))
		if confirm:
			self.fill(**asked)
			self._do(
				self.page.locator(f"{DIALOG} .btn-modal-primary:visible", has_text=russian(confirm)).click
			)

	def _choose_from_menu(self, label: str) -> None:
		self._do(self.page.locator(f"{HEAD} .menu-btn-group > button:visible").click)
		item = self.page.locator(f"{HEAD} .menu-btn-group .dropdown-item:visible")
		self._do(item.filter(has_text=russian(label)).click)

	def buttons(self) -> list[str]:
		heads = self.page.locator(f"{HEAD} .page-actions button:visible").all_inner_texts()
		actions = self.page.locator(f"{HEAD} .actions-btn-group:visible .dropdown-item").all_text_contents()
		return [text.strip() for text in (*heads, *actions) if text.strip()]

	def printed(self, kind: str, paper: str = "") -> bytes:
		record = self.where()
		self.page.evaluate("window.open = (address) => (window.openedAddress = address)")
		if kind == "PDF":
			self._do(self.page.locator(f"{HEAD} button:has([href='#icon-printer']):visible").first.click)
			self._do(self.page.locator(f"{HEAD} button:visible", has_text="PDF").click)
		else:
			self._choose_from_menu("Download as Word")
			if self.page.locator(DIALOG).count():
				self.fill(**({"print_format": paper} if paper else {}))
				self._do(self.page.locator(f"{DIALOG} .btn-modal-primary:visible").click)
		answer = self.page.request.get(self.page.evaluate("window.openedAddress"))
		assert answer.ok, answer.status
		if self.where() != record:
			self.open(record)
		return answer.body()

	# the board, which Desk alone has

	def cards(self, column: str) -> list[str]:
		"""Names of the records in a column."""
		cards = self.page.locator(f"{PAGE} .kanban-column[data-column-value='{column}'] .kanban-card-wrapper")
		return [card.get_attribute("data-name") for card in cards.all()]

	def move_card(self, name: str, column: str) -> None:
		"""To a column beside the card's: the board scrolls, and shows no more than two."""
		card = self.page.locator(f"{PAGE} .kanban-card-wrapper[data-name='{name}'] .kanban-card-body")
		place = self.page.locator(f"{PAGE} .kanban-column[data-column-value='{column}'] .kanban-cards")
		place.scroll_into_view_if_needed()
		card.scroll_into_view_if_needed()
		grip, aim = self._in_sight_of_board(card), self._in_sight_of_board(place)
		mouse = self.page.mouse
		mouse.move(*grip)
		mouse.down()
		mouse.move(grip[0] + 30, grip[1] + 30, steps=5)
		mouse.move(*aim, steps=12)
		self._do(mouse.up)

	def _in_sight_of_board(self, part: Locator) -> tuple[float, float]:
		"""A point near the upper edge of what the board shows of a column or a card."""
		shown, board = part.bounding_box(), self.page.locator(f"{PAGE} .kanban").bounding_box()
		left = max(shown["x"], board["x"])
		right = min(shown["x"] + shown["width"], board["x"] + board["width"])
		return (left + right) / 2, shown["y"] + 20

	# what is said

	def _alerts(self) -> str:
		return " ".join(self.page.locator(".desk-alert").all_inner_texts())

	def message(self) -> str:
		return self.page.locator(".desk-alert:visible, .msgprint:visible").last.inner_text()

	def refusal(self) -> str:
		dialog = self.page.locator(f"{DIALOG} .msgprint:visible")
		if not dialog.count():
			told = (
				self._alerts()
				or self.page.locator(".invalid .btn-login:visible, .page-card:visible").all_inner_texts()
			)
			return " ".join(told)
		text = dialog.last.inner_text()
		self.page.locator(f"{DIALOG} .btn-modal-close:visible").last.click()
		self.page.locator(DIALOG).last.wait_for(state="hidden")
		return text

	# reports and pictures

	def report(self, name: str, **filters: Any) -> list[str]:
		self.open(f"/app/query-report/{name}")
		self.fill(**filters)
		return self.page.evaluate(
			"""() => (frappe.query_report.data ?? [])
				.filter((row) => !row.is_total_row)
				.map((row) => frappe.query_report.columns.map((column) => row[column.fieldname] ?? "").join(" "))"""
		)

	def has_chart(self) -> bool:
		return self.page.locator(f"{PAGE} .frappe-chart rect.bar, {PAGE} .frappe-chart path").count() > 0

	def text(self) -> str:
		"""Without what the framework says in English, having no Russian for it."""
		said = self.page.evaluate(TEXTS)
		return "\n".join(one for one in said if not re.search("[A-Za-z]{3}", one) or _own_words().search(one))

	def picture(self, name: str) -> None:
		"""The page with nothing below its lower edge: Desk draws only what it shows."""
		if self.pictures:
			usual = self.page.viewport_size
			for _twice in range(2):  # what is drawn then may be taller
				height = min(int(self.page.evaluate(HEIGHT)), TALLEST)
				self._do(lambda height=height: self.page.set_viewport_size({**usual, "height": height}))
				self.page.wait_for_timeout(1200)  # charts move
			super().picture(name)
			self.page.set_viewport_size(usual)


def _slug(doctype: str) -> str:
	return doctype.lower().replace(" ", "-")


@cache
def _own_words() -> re.Pattern:
	"""Finds the source texts of the app."""
	with CATALOGUE.open("rb") as file:
		texts = {one.id for one in read_po(file) if isinstance(one.id, str)}
	patterns = (
		re.sub(r"\\{\d\\}", ".+", re.escape(text)) for text in texts if re.search("[A-Za-z]{3}", text)
	)
	return re.compile("^(?:" + "|".join(patterns) + ")$")
