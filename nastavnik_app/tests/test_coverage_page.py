"""docs/coverage.md names every row of the five roadmaps once, tests that exist, and counts that are right."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

TESTS = Path(__file__).parent
APP = TESTS.parent
PAGE = (APP.parent / "docs" / "coverage.md").read_text(encoding="utf-8")
ANSWERS = ("in full", "partly", "not yet")
INDICATORS = ["2.1", "2.1.1", "2.1.2", "2.1.3", "2.1.4", "2.1.5"]


def lines_of(table: str) -> list[list[str]]:
	"""Cells of the lines of a table, its heading aside."""
	lines = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
	return [line for line in lines if line[0] not in ("n", "Roadmap")]


def tables() -> dict[str, list[list[str]]]:
	sections = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]
	return {section.splitlines()[0]: lines_of(section) for section in sections}


def test_every_row_of_every_roadmap_is_led_somewhere() -> None:
	templates = json.loads((APP / "seed" / "30_roadmap_templates.json").read_text(encoding="utf-8"))
	for title, lines in tables().items():
		if title == "Counts":
			continue
		wanted = INDICATORS
		if "Indicators" not in title:
			section = PAGE.split(f"## {title}", 1)[1]
			template = re.search(r"Roadmap Template `([a-z-]+)`", section).group(1)
			count = next(len(one["rows"]) for one in templates if one["name"] == template)
			wanted = [str(n) for n in range(1, count + 1)]
		assert [line[0] for line in lines] == wanted, title


def test_counts_are_right_and_what_is_missing_has_its_step() -> None:
	counted = {
		line[0]: [int(cell) for cell in line[1:]] for line in tables()["Counts"] if "**" not in line[0]
	}
	all_rows: Counter = Counter()
	for title, lines in tables().items():
		if title == "Counts":
			continue
		found = Counter(line[-1] for line in lines)
		assert counted[title] == [*(found[answer] for answer in ANSWERS), len(lines)], title
		for line in lines:
			assert line[-1] == "in full" or re.search(r"step \d", line[-2]), (title, line[0])
		if "Indicators" not in title:
			all_rows += found
	total = [*(all_rows[answer] for answer in ANSWERS), sum(all_rows.values())]
	assert f"| {' | '.join(f'**{number}**' for number in total)} |" in PAGE


def test_every_test_and_every_indicator_that_is_named_exists() -> None:
	named = set(re.findall(r"`(test_\w+\.py)::(\w+)`", PAGE))
	missing = [
		f"{file}::{name}"
		for file, name in sorted(named)
		if f"def {name}(" not in (TESTS / file).read_text(encoding="utf-8")
	]
	assert named and not missing, missing
	seeded = (APP / "seed" / "48_indicators.json").read_text(encoding="utf-8")
	for indicator in re.findall(r"Mentoring Indicator `([a-z-]+)`", PAGE):
		assert f'"{indicator}"' in seeded, indicator
