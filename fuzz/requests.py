"""Sends random requests into the app, in this process, and looks at what comes back: nobody of one school may read a
word of another's records, and the server may not break in our code.

With no bench it makes a site of its own. --site and --sites-path name a site of a bench that allows tests; what is made
there is removed in the end. Each request's writes are taken back, so that request number N of a seed finds what all
others find: --first goes on where another run ended.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
	from fuzz.asks import Ask
	from fuzz.world import World
	from nastavnik_app.tests.undone_requests import Answer, Doorkeeper

OUR_FRAME = re.compile(
	r'File "[^"]*?/(nastavnik_app/(?!nastavnik_app/tests/|tests/)[^"]+)", line (\d+), in (\S+)'
)
OUTSIDE = ("NotImplementedError", "OutsideContract")  # what the embedded engine says it does not have
TOLD_EVERY = 5000  # requests
SHOWN = 3  # samples of a fault
LEAK, BROKEN = "leak", "server error"


@dataclass
class Findings:
	"""Counts by door and status, and what was wrong, each fault once with samples."""

	counts: Counter[tuple[str, int]] = field(default_factory=Counter)
	aloud: bool = False
	leaks: dict[str, list[str]] = field(default_factory=dict)
	broken: dict[str, list[str]] = field(default_factory=dict)
	foreign: Counter[str] = field(default_factory=Counter)  # of the framework alone
	seconds: float = 0.0

	def note(self, kind: str, what: str, sample: str) -> None:
		"""Says it at once where it is new: a long run may be cut short."""
		found = self.leaks if kind == LEAK else self.broken
		if self.aloud and what not in found:
			print(f"{kind}: {what}\n    {sample}", flush=True)
		found.setdefault(what, []).append(sample)

	@property
	def is_clean(self) -> bool:
		return not self.leaks and not self.broken


def run(world: World, count: int, seed: int, first: int = 0, aloud: bool = False) -> Findings:
	"""The requests number `first` and the `count` from there."""
	from fuzz.asks import Asker
	from nastavnik_app.tests.engine import is_embedded
	from nastavnik_app.tests.undone_requests import undone

	asker, findings = Asker(world, is_embedded()), Findings(aloud=aloud)

	def ask_all(keeper: Doorkeeper) -> None:
		started = time.monotonic()
		for number in range(first, first + count):
			random = Random(f"{seed} {number}")
			ask = asker.draw(random)
			address = f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(256)}"
			sent = {**ask.sent, "environ_base": {"REMOTE_ADDR": address}}
			answer = keeper.ask(ask.user, ask.method, ask.path, **sent)
			judge(world, number, ask, answer, findings)
			if aloud and (number + 1) % TOLD_EVERY == 0:
				print(f"{number + 1}: {time.monotonic() - started:.0f} s, {_short(findings)}", flush=True)
		findings.seconds = time.monotonic() - started

	_prepared(world)
	undone(world.users, ask_all)
	return findings


def _prepared(world: World) -> None:
	"""All that is asked of the database for drawing, while this thread still has it."""
	from nastavnik_app.tests.endpoints_of_ours import document_methods

	for name in ("doctypes", "tables", "fields", "links", "names", "ids", "files", "reports", "formats"):
		getattr(world, name)
	world.report_filters, world.users, document_methods()


def judge(world: World, number: int, ask: Ask, answer: Answer, findings: Findings) -> None:
	findings.counts[ask.door, answer.status] += 1
	if answer.status >= 500:
		_note_broken(number, ask, answer, findings)
	for other in world.sides if ask.side else ():
		if other != ask.side or ask.user == "Guest":
			if word := _leaked(world, other, ask, answer):
				what = f"{ask.door} {_address(ask)} shows {word}"
				findings.note(LEAK, what, _sample(number, ask, answer))


def _leaked(world: World, side: str, ask: Ask, answer: Answer) -> str | None:
	"""The word of a side's records, or the name of one that the asker had not said."""
	from fuzz.world import MARKS

	if any(token in ask.told for token in world.tokens):
		return None  # whoever has a link is asked by the school
	texts = _texts(answer.body)
	if any(MARKS[side] in text for text in texts):
		return f"the texts of {side}" if MARKS[side] not in ask.told else None
	named = (name for name in world.ids[side] if any(name in text for text in texts))
	return next((f"a name of {side}" for name in named if name not in ask.told), None)


def _texts(body: bytes) -> list[str]:
	"""What an answer says; of books and Word files, each part."""
	if not body.startswith(b"PK"):
		return [body.decode("utf-8", "replace")]
	with zipfile.ZipFile(BytesIO(body)) as packed:
		return [packed.read(part).decode("utf-8", "replace") for part in packed.namelist()]


def _note_broken(number: int, ask: Ask, answer: Answer, findings: Findings) -> None:
	frames = OUR_FRAME.findall(answer.trace)
	error = (answer.trace.strip().splitlines() or ["no trace"])[-1][:120]
	if not frames or (OUTSIDE[0] in error or OUTSIDE[1] in error):
		findings.foreign[f"{ask.door}: {error.partition(':')[0]}"] += 1
		return
	path, line, function = frames[-1]
	what = f"{error.partition(':')[0]} in {path}:{line} {function} ({_address(ask)})"
	findings.note(BROKEN, what, _sample(number, ask, answer) + f"\n      {error}")


def _address(ask: Ask) -> str:
	return ask.path.split("/method/")[-1] if "/method/" in ask.path else "/".join(ask.path.split("/")[:4])


def _sample(number: int, ask: Ask, answer: Answer) -> str:
	return f"{number}: {ask.user} {ask.method} {ask.path[:120]} {str(ask.sent)[:400]} → {answer.status}"


def _short(findings: Findings) -> str:
	return f"{len(findings.leaks)} leaks, {len(findings.broken)} faults"


def tell(findings: Findings, count: int) -> None:
	doors = sorted({door for door, _status in findings.counts})
	statuses = sorted({status for _door, status in findings.counts})
	print(f"{'door':<16}" + "".join(f"{status:>8}" for status in statuses) + f"{'all':>9}")
	for door in doors:
		row = [findings.counts[door, status] for status in statuses]
		print(f"{door:<16}" + "".join(f"{one:>8}" for one in row) + f"{sum(row):>9}")
	everything = [sum(findings.counts[door, status] for door in doors) for status in statuses]
	print(f"{'all':<16}" + "".join(f"{one:>8}" for one in everything) + f"{sum(everything):>9}")
	print(f"{count} requests in {findings.seconds:.0f} s: {_short(findings)}")
	for title, found in ((LEAK, findings.leaks), (BROKEN, findings.broken)):
		for what, samples in sorted(found.items()):
			print(
				f"{title}, {len(samples)} times: {what}", *(f"    {one}" for one in samples[:SHOWN]), sep="\n"
			)
	for what, times in findings.foreign.most_common():
		print(f"server error of the engine alone, {times} times: {what}")


def main() -> None:
	parser = argparse.ArgumentParser(prog="python -m fuzz.requests", description=__doc__)
	parser.add_argument("--count", type=int, default=2000, help="how many requests (default 2000)")
	parser.add_argument("--seed", type=int, default=1, help="which requests (default 1)")
	parser.add_argument("--first", type=int, default=0, help="number of the first request (default 0)")
	parser.add_argument("--site", help="a site of a bench, by its name")
	parser.add_argument("--sites-path", default=".", help="the folder of the bench's sites (default .)")
	arguments = parser.parse_args()
	with tempfile.TemporaryDirectory() as folder:
		_open(arguments.site, arguments.sites_path, folder)
		from fuzz import world

		made = world.make()
		try:
			findings = run(made, arguments.count, arguments.seed, arguments.first, aloud=True)
			tell(findings, arguments.count)
		finally:
			if arguments.site:
				_again(arguments.site, arguments.sites_path)
				world.remove(made)
	sys.exit(0 if findings.is_clean else 1)


def _open(site: str | None, sites_path: str, folder: str) -> None:
	if not site:
		sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchless"))
	import frappe

	if site:
		_again(site, sites_path)
		if not frappe.conf.allow_tests:
			sys.exit(f"Site {site} does not allow tests: bench --site {site} set-config allow_tests true")
		return
	from frappe.installer import install_app, new_site

	new_site("fuzz", sites_path=folder)
	install_app("nastavnik_app")
	frappe.set_user("Administrator")


def _again(site: str, sites_path: str) -> Any:
	import frappe

	frappe.init(site, sites_path=sites_path, force=True)
	frappe.connect()
	frappe.set_user("Administrator")


if __name__ == "__main__":
	main()
