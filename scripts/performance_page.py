"""python -m scripts.performance_page: writes docs/performance.md and its plots from benchmarks/results.json.

The words stand in benchmarks/performance.md.in, no figure among them. The plots need matplotlib (the extra `perf`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from benchmarks.lines import Line, Results, Run, read, series, slope

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"
IMAGES = ROOT / "docs" / "images"
WORDS = ROOT / "benchmarks" / "performance.md.in"
NOT_MEASURED = "Not measured yet."
# panels of a plot, and of which benchmarks they show the lines that have a yardstick
PANELS = {
	"Reports": ("reports",),
	"Lists and pages of a curator": ("lists",),
	"Roadmap, import, order, papers, files": ("roadmap", "importing", "signing", "printing", "destruction"),
	"Finding pairs": ("matching",),
}
NAMED = 12  # lines: a panel with more of them has no legend


@dataclass(frozen=True)
class Series:
	"""One piece of work over several sizes."""

	lines: list[Line]

	@property
	def what(self) -> str:
		return self.lines[0].what

	@property
	def yardstick(self) -> str:
		return self.lines[0].yardstick

	@property
	def points(self) -> list[tuple[int, float]]:
		return [(line.size, line.seconds) for line in self.lines]

	@property
	def yardstick_points(self) -> list[tuple[int, float]]:
		return [(line.size, line.by_yardstick) for line in self.lines if line.by_yardstick]


def main() -> None:
	results = read()
	PAGE.write_text(render(results), encoding="utf-8")
	for engine, runs in results.items():
		_plot(runs, IMAGES / _picture(engine))
	print(f"{PAGE.relative_to(ROOT)}: {', '.join(results)}")


def render(results: Results) -> str:
	"""The whole page."""
	parts: defaultdict[str, str] = defaultdict(lambda: NOT_MEASURED)
	by_benchmark: defaultdict[str, dict[str, Run]] = defaultdict(dict)
	for engine, runs in results.items():
		for name, run in runs.items():
			by_benchmark[name][engine] = run
	for name, runs in by_benchmark.items():
		parts[name] = "\n\n".join(_of_engine(engine, run) for engine, run in runs.items())
	if results:
		parts["growth"] = "\n".join(_growth(results))
		parts["plots"] = "\n\n".join(f"![Seconds by size, {one}](images/{_picture(one)})" for one in results)
	return Template(WORDS.read_text("utf-8")).substitute(parts)


def _picture(engine: str) -> str:
	return f"performance-{engine.lower().replace(' ', '-')}.svg"


def _all(run: Run) -> list[Series]:
	return [Series(lines) for lines in series(run.lines)]


def _growth(results: Results) -> Iterator[str]:
	yield "| engine | benchmark | steepest of its lines | slope | steepest at the end | slope |"
	yield "|---|---|---|---|---|---|"
	for engine, runs in results.items():
		for name, run in runs.items():
			if any(slope(one.points) is not None for one in _all(run)):
				yield f"| {engine} | {name} | {_steepest(run, slope)} | {_steepest(run, _at_the_end)} |"


def _steepest(run: Run, of: Callable[[list[tuple[int, float]]], float | None]) -> str:
	found = [(power, one.what) for one in _all(run) if (power := of(one.points)) is not None]
	power, what = max(found)
	return f"{what} | {power:.2f}"


def _at_the_end(points: list[tuple[int, float]]) -> float | None:
	"""The slope between the two largest sizes, where what every call costs weighs least."""
	return slope(points[-2:])


def _of_engine(engine: str, run: Run) -> str:
	sizes = sorted({line.size for line in run.lines})
	rows = list(zip(*_columns(_all(run), sizes, run.of), strict=True))
	head, *body = ([cell for cell, kept in zip(row, _filled(rows), strict=True) if kept] for row in rows)
	table = [head, ["---"] * len(head), *body]
	return f"{engine}: {run.setting}, {run.day}.\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in table)


def _filled(rows: list[tuple[str, ...]]) -> list[bool]:
	"""Which columns say anything below their head."""
	return [any(column[1:]) for column in zip(*rows, strict=True)]


def _columns(found: list[Series], sizes: list[int], of: str) -> Iterator[list[str]]:
	"""Each with its head."""
	yield ["what", *(one.what for one in found)]
	yield ["beside", *(one.yardstick for one in found)]
	for size in sizes:
		yield [f"{size:,} {of}", *(_of_size(one, size) for one in found)]
	yield ["worth", *(_of_last(one, lambda line: f"{line.gain:.3f}" if line.gain else "") for one in found)]
	yield ["rows", *(_of_last(one, _rows) for one in found)]
	yield ["queries", *(_queries(one) for one in found)]
	yield ["slope", *(_power(slope(one.points)) for one in found)]
	yield ["at the end", *(_power(_at_the_end(one.points)) for one in found)]
	yield ["of the yardstick", *(_power(slope(one.yardstick_points)) for one in found)]
	yield ["at its end", *(_power(_at_the_end(one.yardstick_points)) for one in found)]


def _of_size(one: Series, size: int) -> str:
	line = next((line for line in one.lines if line.size == size), None)
	if not line:
		return "–"
	return _seconds(line.seconds) + (f" ({line.ratio:.2f})" if line.ratio else "")


def _of_last(one: Series, said: Callable[[Line], str]) -> str:
	return said(one.lines[-1])


def _seconds(value: float) -> str:
	"""Three digits."""
	return f"{float(f'{value:.3g}'):g}"


def _rows(line: Line) -> str:
	if line.rows is None:
		return ""
	other = line.rows_of_yardstick not in (None, line.rows)
	return f"{line.rows:,}" + (f" against {line.rows_of_yardstick:,}" if other else "")


def _queries(one: Series) -> str:
	sent = [line.queries for line in one.lines if line.queries is not None]
	return " → ".join(f"{number:,}" for number in dict.fromkeys(sent[:1] + sent[-1:]))


def _power(value: float | None) -> str:
	return "" if value is None else f"{value:.2f}"


def _plot(runs: dict[str, Run], path: Path) -> None:
	import matplotlib

	matplotlib.use("svg")
	matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "performance", "font.size": 8})
	from matplotlib import pyplot

	shown = {title: names for title, names in PANELS.items() if set(names) & set(runs)}
	figure, panels = pyplot.subplots(
		len(shown), 1, figsize=(9, 3.6 * len(shown)), squeeze=False, layout="constrained"
	)
	for panel, (title, names) in zip(panels.flat, shown.items(), strict=True):
		_draw(panel, title, [runs[name] for name in names if name in runs])
	figure.savefig(path, metadata={"Date": None})
	pyplot.close(figure)


def _draw(panel: Any, title: str, runs: list[Run]) -> None:
	"""Lines of the work, dotted ones of the yardsticks, and a dashed one that grows as the size does."""
	curves = [(run.of, one) for run in runs for one in _all(run) if one.yardstick]
	named = len(curves) <= NAMED
	drawn, beside = {}, {}
	for of, one in curves:
		# beside several yardsticks, or the same twice: the first will do
		drawn.setdefault(f"{one.what} ({of})", one.points)
		beside.setdefault(f"{one.yardstick} ({of})" if named else one.what, one.yardstick_points)
	for label, points in drawn.items():
		panel.plot(*zip(*points, strict=True), marker=".", linewidth=1, label=label)
	for label, points in beside.items():
		style = {} if named else {"color": "lightgrey", "zorder": 0}
		panel.plot(*zip(*points, strict=True), ":", linewidth=1, label=label, **style)
	sizes = [size for points in drawn.values() for size, _seconds in points]
	lowest = min(seconds for points in drawn.values() for _size, seconds in points)
	ends = (min(sizes), max(sizes))
	panel.plot(ends, [lowest * size / ends[0] for size in ends], "k--", linewidth=0.8, label="slope 1")
	panel.set(title=title, xscale="log", yscale="log", ylabel="seconds")
	panel.set_xlabel(", ".join(dict.fromkeys(of for of, _one in curves)))
	if named:
		panel.legend(fontsize=6, loc="upper left", bbox_to_anchor=(1, 1))


if __name__ == "__main__":
	main()
