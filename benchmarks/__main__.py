"""Every benchmark, or those that are named: prints their lines and keeps them in results.json.

With no bench each has a site of its own, removed afterwards. NASTAVNIK_SITE and NASTAVNIK_SITES_PATH name a site of a
bench, one without schools of its own, and NASTAVNIK_PASSWORD the password of its Administrator; the participants that
`reports`, `lists` and `nightly` fill in stay there.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from benchmarks import (
	commands,
	consolidation,
	destruction,
	importing,
	lists,
	matching,
	nightly,
	printing,
	reports,
	roadmap,
	signing,
)
from benchmarks.lines import RESULTS, Line, Run, record
from benchmarks.site import SITE, engine, opened, refuse_other_data, setting
from benchmarks.timing import ONCE, Rounds, clock

# first: the suite holds the page to the figures that it was made of
OF_A_NEWCOMER = {} if SITE else {"commands": commands}
# each has lines of a size, the sizes, and what they count
BENCHMARKS = {
	module.__name__.rpartition(".")[2]: module
	for module in (roadmap, matching, importing, signing, printing, consolidation, destruction)
}
# of one site that is filled further and further
OVER_PARTICIPANTS = {"lists": lists, "reports": reports, "nightly": nightly}
ALL = {**OF_A_NEWCOMER, **BENCHMARKS, **OVER_PARTICIPANTS}
LIMIT, JUDGED_FROM = 1.5, 100_000  # times the statement, participants: a report above both is marked


def main() -> None:
	parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
	parser.add_argument("--only", nargs="+", choices=ALL, default=list(ALL), help="which (default: all)")
	parser.add_argument("--sizes", type=int, nargs="+", help="instead of each one's own, in ascending order")
	parser.add_argument("--once", action="store_true", help="repeat nothing: to see that it works")
	parser.add_argument("--output", type=Path, default=RESULTS, help="default: benchmarks/results.json")
	parser.add_argument("--folder", help="with no bench: keep the site in this folder and fill it further")
	arguments = parser.parse_args()
	rounds = ONCE if arguments.once else Rounds()
	chosen = [name for name in ALL if name in arguments.only]
	together = [name for name in chosen if name in OVER_PARTICIPANTS]
	for names in [*([name] for name in chosen if name not in together), together]:
		if names:
			with opened(arguments.folder):
				_measure(names, arguments.sizes or ALL[names[0]].SIZES, rounds, arguments.output)


def _measure(names: Sequence[str], sizes: Sequence[int], rounds: Rounds, output: Path) -> None:
	"""Benchmarks of one site, each recorded after every size, so that what is broken off is not lost."""
	found: dict[str, list[Line]] = {name: [] for name in names}
	for size in sizes:
		if set(names) <= set(OVER_PARTICIPANTS) and not _filled(size):
			print(f"\nThe site has more than {size} participants already.")
			continue
		for name in names:
			print(f"\n{name}, {size} {ALL[name].OF}", flush=True)
			for line in ALL[name].lines(size, rounds):
				print(_told(line), flush=True)
				found[name].append(line)
			setting_of_run = f"{setting()}; seconds {clock()}"
			run = Run(ALL[name].OF, date.today().isoformat(), setting_of_run, tuple(found[name]))
			record(engine(), name, run, output)


def _filled(participants: int) -> bool:
	"""Brings the site to this many participants; False where it has more."""
	from benchmarks import authority_fill, fill, reports_fill

	refuse_other_data()
	if fill.filled() > participants:
		return False
	started = time.perf_counter()
	reports_fill.fill(participants)
	authority_fill.prepare()
	print(f"\n{participants} participants, filled in {time.perf_counter() - started:.0f} s")
	return True


def _told(line: Line) -> str:
	return "  ".join(_cells(line)).rstrip()


def _cells(line: Line) -> Iterator[str]:
	yield f"{line.what:60} {line.seconds:9.4f} s"
	if line.ratio:
		yield f"{line.ratio:6.2f} times {line.yardstick} ({line.by_yardstick:.4f} s)"
	if line.gain:
		yield f"worth {line.gain:.3f} times"
	for title, number in (
		("rows", line.rows),
		("against", line.rows_of_yardstick),
		("queries", line.queries),
	):
		if number is not None:
			yield f"{title} {number}"
	if not line.is_comparable:
		yield "NOT COMPARABLE: other rows"
	if line.yardstick == reports.BY_HAND and line.size >= JUDGED_FROM and line.ratio > LIMIT:
		yield f"over {LIMIT}"


if __name__ == "__main__":
	main()
