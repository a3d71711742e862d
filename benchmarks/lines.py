"""A line of the table of figures, the file that keeps the lines of each engine, and how steep a row of them grows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import groupby
from math import log
from pathlib import Path
from statistics import linear_regression

RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True)
class Line:
	"""Seconds of a piece of work of one size, and of a yardstick for the same in the same run."""

	what: str
	size: int
	seconds: float
	yardstick: str = ""
	by_yardstick: float | None = None
	rows: int | None = None  # that the work gave
	rows_of_yardstick: int | None = None
	queries: int | None = None
	gain: float | None = None  # what was found is worth so many times what the yardstick found

	@property
	def ratio(self) -> float | None:
		return self.seconds / self.by_yardstick if self.by_yardstick else None

	@property
	def is_comparable(self) -> bool:
		return self.rows_of_yardstick is None or self.gain is not None or self.rows == self.rows_of_yardstick


@dataclass(frozen=True)
class Run:
	"""The lines of one benchmark on one engine: what the sizes count, on which day and on what."""

	of: str
	day: str
	setting: str
	lines: tuple[Line, ...]


Results = dict[str, dict[str, Run]]  # by engine, then by benchmark


def read(path: Path = RESULTS) -> Results:
	if not path.exists():
		return {}
	found = json.loads(path.read_text("utf-8"))
	return {engine: {name: _run(**values) for name, values in runs.items()} for engine, runs in found.items()}


def _run(lines: list[dict], **values: str) -> Run:
	return Run(lines=tuple(Line(**one) for one in lines), **values)


def write(results: Results, path: Path = RESULTS) -> None:
	kept = {engine: {name: _kept(run) for name, run in runs.items()} for engine, runs in results.items()}
	path.write_text(json.dumps(kept, indent="\t", ensure_ascii=False, sort_keys=True) + "\n", "utf-8")


def _kept(run: Run) -> dict:
	values = asdict(run)
	lines = [{key: one for key, one in line.items() if one not in (None, "")} for line in values["lines"]]
	return {**values, "lines": lines}


def record(engine: str, benchmark: str, run: Run, path: Path = RESULTS) -> None:
	"""Takes the place of what this benchmark gave on this engine before; all else stays."""
	results = read(path)
	results.setdefault(engine, {})[benchmark] = run
	write(results, path)


def series(lines: Iterable[Line]) -> list[list[Line]]:
	"""The lines of the same work and yardstick together, in the order of their first and then of their size."""
	lines = list(lines)
	order = {_same(line): place for place, line in reversed(list(enumerate(lines)))}
	ordered = sorted(lines, key=lambda line: (order[_same(line)], line.size))
	return [list(group) for _key, group in groupby(ordered, _same)]


def _same(line: Line) -> tuple[str, str]:
	return line.what, line.yardstick


def slope(points: Iterable[tuple[float, float]]) -> float | None:
	"""The power of the size with which seconds grow: of (size, seconds), by least squares over their logarithms. None
	where there are fewer than two sizes."""
	logs = [(log(size), log(seconds)) for size, seconds in points]
	if len({size for size, _seconds in logs}) < 2:
		return None
	return linear_regression(*zip(*logs, strict=True)).slope
