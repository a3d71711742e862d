"""The five real roadmaps against labels typed by hand; prints the figures (pytest -s, or -rP)."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from nastavnik_app.roadmap import read_roadmap
from nastavnik_app.rules.school_year import Period
from nastavnik_app.tests.roadmap_scores import differences, pair_rows, same

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
YEAR = Period(date(2022, 9, 1), date(2023, 5, 31), "given")
FIELDS = (
	"title",
	"section",
	"term",
	"responsible",
	"result",
	"indicator",
	"threshold",
	"activities",
	"content",
	"marked",
)
LABELS = sorted((SEEDS / "labels").glob("*.labels.json")) if SEEDS.is_dir() else []

pytestmark = pytest.mark.skipif(
	not LABELS, reason="the seed documents are not beside this repository (../shared/seeds)"
)


def _score(kind: str, with_period: bool) -> Counter:
	"""Totals over all five documents; prints a line for each."""
	total: Counter = Counter()
	for path in LABELS:
		label = json.loads(path.read_text(encoding="utf-8"))
		name = path.name.removesuffix(".labels.json")
		source = SEEDS / "docx" / f"{name}.docx" if kind == "docx" else SEEDS / f"{name}.txt"
		stated = label["document"]["period_basis"].startswith("stated")
		read = read_roadmap(source, period=YEAR if with_period and not stated else None).as_dict()
		if label["document"].get("dates_depend_on_context") and not with_period:
			_without_dates(label)
		pairs, missing, invented = pair_rows(read["rows"], label["rows"])
		wrong = Counter(field for field, *_rest in differences(pairs, FIELDS))
		indicators = sum(
			all(same(found[field], expected[field]) for field in expected if field in found)
			for found, expected in zip(read["indicators"], label["indicators"], strict=True)
		)
		counts = Counter(
			rows=len(label["rows"]), missing=len(missing), invented=len(invented), indicators=indicators
		)
		print(
			f"{kind:5} {name[:3]} period {'given' if with_period else 'read '}: {dict(counts)} wrong: {dict(wrong) or 'nothing'}"
		)
		total += counts + Counter({f"wrong {field}": count for field, count in wrong.items()})
	print(f"{kind:5} all: {dict(total)}")
	return total


def _without_dates(label: dict) -> None:
	"""Nothing in the document names a year: no dates may be invented, and every dated row must be marked."""
	for row in label["rows"]:
		if row["start"] or row["end"]:
			row.update(start=None, end=None, suspicious="no year is stated")


@pytest.mark.parametrize("with_period", [True, False])
@pytest.mark.parametrize("kind", ["docx", "text"])
def test_the_seed_roadmaps_are_read_as_their_labels_say(kind: str, with_period: bool):
	total = _score(kind, with_period)
	assert total["rows"] == 66 and not total["missing"] and not total["invented"]
	assert total["indicators"] == 6
	assert not total["wrong marked"]
	allowed = 2 if kind == "docx" else 0.1 * total["rows"]
	for field in ("term", "responsible", "title", "section", "threshold"):
		assert total[f"wrong {field}"] <= allowed, field
