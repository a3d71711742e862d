"""Lists, searches, figures and pages under a curator's permissions, beside the same as Administrator sees them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from benchmarks.lines import Line
from benchmarks.site import SITE, connect
from benchmarks.timing import Rounds, queries

OF = "participants"
SIZES = (100, 10_000, 100_000)
ADMINISTRATOR = "Administrator"
CURATORS = {"curator": "curator of one school", "everywhere": "curator of 40 schools"}  # by login


def lines(size: int, rounds: Rounds) -> Iterator[Line]:
	"""Of a site that is filled."""
	import frappe

	from benchmarks import fill, pages

	for login, curator in CURATORS.items():
		yield from _of_framework(fill.login_of(login), curator, size, rounds)
	site, sites_path = frappe.local.site, frappe.local.sites_path
	asked = pages.desk_pages() if SITE else pages.embedded_pages()
	frappe.destroy()
	application = _application(site, sites_path)
	administrator = pages.Visitor(application, site, ADMINISTRATOR)
	for login, curator in CURATORS.items():
		visitor = pages.Visitor(application, site, fill.login_of(login))
		for what, requests in asked.items():
			may = [one for one in requests if visitor.may(one)]
			yield _line(
				f"{what}, {curator}",
				size,
				# what Desk is asked is answered over other connections to MariaDB
				rounds.shortest(
					*(partial(one.ask, may) for one in (visitor, administrator)), by_clock=bool(SITE)
				),
			)
	connect(site, sites_path)
	frappe.set_user(ADMINISTRATOR)


def _of_framework(user: str, curator: str, size: int, rounds: Rounds) -> Iterator[Line]:
	import frappe

	from benchmarks import asks

	for what, ask in asks.of_framework():

		def asked_by(user: str, ask: Any = ask) -> None:
			frappe.set_user(user)  # forgets what it knew of permissions, as a new request does
			ask()

		by_curator = partial(asked_by, user)
		seconds = rounds.shortest(by_curator, partial(asked_by, ADMINISTRATOR))
		yield _line(f"{what}, {curator}", size, seconds, queries(by_curator))
	frappe.set_user(ADMINISTRATOR)


def _line(what: str, size: int, seconds: list[float], sent: int | None = None) -> Line:
	by_curator, by_administrator = seconds
	return Line(what, size, by_curator, ADMINISTRATOR, by_administrator, queries=sent)


def _application(site: str, sites_path: str) -> Any:
	"""The site's WSGI application, of the embedded engine or of the bench."""
	if SITE:
		from frappe.app import application

		return application
	from benchless.desk.app import Desk

	return Desk(site, sites_path)
