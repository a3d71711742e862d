"""Compares what the reader gives with labels typed by hand; used by the tests of the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

SAME_TEXT = str.maketrans(
	{"«": '"', "»": '"', "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "ё": "е", "Ё": "Е"}
)


def normal(text: Any) -> str:
	"""Blanks, quotes, dashes and case made the same."""
	return re.sub(r"\s+", " ", str(text or "").translate(SAME_TEXT)).strip().lower()


def same(found: Any, expected: Any) -> bool:
	if isinstance(expected, list):
		return len(found or []) == len(expected) and all(
			same(one, other) for one, other in zip(found or [], expected, strict=True)
		)
	if isinstance(expected, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", expected):
		return normal(found) == normal(expected)
	return (found or None) == (expected or None)


def pair_rows(
	found: list[dict], expected: list[dict]
) -> tuple[list[tuple[dict, dict]], list[dict], list[dict]]:
	"""Rows of both sides in order by title: (pairs, labels not found, rows invented)."""
	pairs, at = [], 0
	invented = []
	rest = list(expected)
	for row in found:
		texts = {
			normal(row["title"])[:40],
			normal(row.get("content"))[:40],
			normal(row.get("section"))[:40],
		} - {""}
		match = next(
			(
				index
				for index, label in enumerate(rest)
				if normal(label["title"])[:40] in texts
				and (
					len(
						texts
						& {
							normal(label["title"])[:40],
							normal(label.get("content"))[:40],
							normal(label["section"])[:40],
						}
					)
					>= 1
				)
			),
			None,
		)
		if match is None:
			invented.append(row)
		else:
			pairs.append((row, rest.pop(match)))
		at += 1
	return pairs, rest, invented


def differences(
	pairs: list[tuple[dict, dict]], fields: tuple[str, ...]
) -> Iterator[tuple[str, int, Any, Any]]:
	"""(field, n of the label, found, expected) for every field that differs and is not labelled lenient."""
	for row, label in pairs:
		for name in fields:
			if name == "term":
				wrong = [
					part
					for part in ("start", "end", "recurrence", "relative")
					if part not in label["lenient"]
				]
				wrong = [part for part in wrong if not same(row[part], label[part])]
				if not same(row["term_text"], label["term_text"]):
					wrong.append("term_text")
				if wrong:
					yield name, label["n"], [row[part] for part in wrong], [label[part] for part in wrong]
			elif name == "marked":
				if label["suspicious"] and not row["problems"]:
					yield name, label["n"], row["problems"], label["suspicious"]
			elif name not in label["lenient"] and not _accepted(row, label, name):
				yield name, label["n"], row[name], label[name]


def _accepted(row: dict, label: dict, name: str) -> bool:
	accepted = [label[name], *label.get(f"{name}_alt", [])]
	if name == "indicator" and label["merged_result_indicator"]:
		accepted.append(label["result"])
	return any(same(row[name], each) for each in accepted)
