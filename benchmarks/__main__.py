"""Fills a site with a hundredth of the participants, then with all, and measures at both.

With no bench it makes a site of its own and removes it afterwards. NASTAVNIK_SITE and NASTAVNIK_SITES_PATH name a site
of a bench, one without schools of its own; NASTAVNIK_URL where a server of that bench listens, and NASTAVNIK_PASSWORD
the password of its Administrator. What is filled into a bench's site stays there.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterable
from typing import Any

from benchmarks.site import SITE, connect, opened, refuse_other_data

FEWER = 100  # times
REPEATED, NOT_REPEATED = 3, 6  # times; what takes so many seconds is asked once
LIMIT = 2  # seconds: above it a line is marked

Measured = tuple[float, float]  # seconds by the clock, and of this process's work
Seconds = dict[tuple[str, str], Measured]  # by who asks, and what


def main() -> None:
	parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
	parser.add_argument("--participants", type=int, default=100_000, help="how many (default 100000)")
	parser.add_argument("--mentees", type=int, default=5000, help="for whom pairs are found (default 5000)")
	parser.add_argument("--folder", help="with no bench: keep the site in this folder and fill it further")
	parser.add_argument("--repeated", type=int, default=REPEATED, help=f"times (default {REPEATED})")
	arguments = parser.parse_args()
	with opened(arguments.folder) as (site, sites_path):
		refuse_other_data(site)
		few, many = (
			_measured_at(participants, site, sites_path, arguments.repeated)
			for participants in (arguments.participants // FEWER, arguments.participants)
		)
		_print(few, many)
		_find_pairs(arguments.mentees)


def _find_pairs(mentees: int) -> None:
	import frappe

	from benchmarks import matching

	frappe.set_user("Administrator")
	matching.report(mentees)


def _measured_at(participants: int, site: str, sites_path: str, repeated: int) -> Seconds:
	"""Nothing for nobody, and where the site has more participants already."""
	import frappe

	from benchmarks import asks, fill, pages

	if not participants or fill.filled() > participants:
		return {}
	started = time.perf_counter()
	fill.fill(participants)
	print(f"{participants} participants: filled in {time.perf_counter() - started:.0f} s", flush=True)
	requests = pages.desk_pages() if SITE else pages.embedded_pages()
	frappe.destroy()
	seconds: Seconds = {}
	for user in people():
		connect(site, sites_path)
		frappe.set_user(user)
		for what, measured in _measured(asks.of_framework(), repeated):
			seconds[user, what] = measured
		frappe.destroy()
		visitor = pages.Visitor(_web(site, sites_path), site, user)
		for what, measured in _measured(pages.of_pages(visitor, requests), repeated):
			seconds[user, what] = measured
		parts = [value for (who, what), value in seconds.items() if who == user and what.startswith("part ")]
		if parts:
			seconds[user, "page home, its requests one after another"] = tuple(
				map(sum, zip(*parts, strict=True))
			)
	connect(site, sites_path)
	return seconds


def people() -> list[str]:
	from benchmarks import fill

	return [*(fill.login_of(login) for login, _role, _everywhere in fill.STAFF), "Administrator"]


def _web(site: str, sites_path: str) -> Any:
	"""The site's WSGI application: of the embedded engine, of the bench's server, or of the bench itself."""
	if not SITE:
		from benchless.desk.app import Desk

		return Desk(site, sites_path)
	if address := os.environ.get("NASTAVNIK_URL"):
		from werkzeug.exceptions import NotFound
		from werkzeug.middleware.http_proxy import ProxyMiddleware

		return ProxyMiddleware(NotFound(), {"/api/": {"target": address, "host": site}}, timeout=120)
	from frappe.app import application

	return application


def _measured(asks: Iterable[tuple[str, Any]], repeated: int) -> Iterable[tuple[str, Measured]]:
	"""The shortest of a few repetitions, after one that fills the caches; without what is refused."""
	import frappe

	for what, ask in asks:
		try:
			taken = [_seconds(ask)]
		except frappe.PermissionError:
			continue
		if repeated and taken[0][0] < NOT_REPEATED:
			taken = [_seconds(ask) for _number in range(repeated)]
		yield what, tuple(min(one) for one in zip(*taken, strict=True))


def _seconds(ask: Any) -> tuple[float, float]:
	"""By the clock, and of this process's work, which a busy machine makes no longer."""
	started, working = time.perf_counter(), time.process_time()
	ask()
	return time.perf_counter() - started, time.process_time() - working


def _print(few: Seconds, many: Seconds) -> None:
	width = max(len(what) for _who, what in many)
	who = None
	for key, (seconds, work) in many.items():
		if key[0] != who:
			who = key[0]
			print(f"\n{who:{width}}  seconds  own work  × a {FEWER}th of the people")
		growth = f"{seconds / few[key][0]:9.1f}" if key in few else " " * 9
		mark = f"  over {LIMIT} s" if seconds > LIMIT else ""
		print(f"{key[1]:{width}} {seconds:8.3f} {work:9.3f} {growth}{mark}")


if __name__ == "__main__":
	main()
