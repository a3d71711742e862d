"""Which of its schools an authority's roadmap names in the column of the responsible."""

from __future__ import annotations

import re
from collections.abc import Mapping

# the words of one kind of organization, which shares its numbers with no other
FAMILIES = {
	"school": r"сош|оош|нош|общеобразовательн\w+ школ\w*|школ\w*",
	"gymnasium": r"гимнази\w*",
	"lyceum": r"лице\w*",
	"kindergarten": r"детск\w+ сад\w*|д/с|доу|дошкольн\w+",
}
_NUMBERS = r"\d+(?:\s*[-–—]\s*\d+)?"
NUMBERED = {
	family: re.compile(
		rf"\b(?:{words})\W{{0,3}}(?:№|n)+\s*({_NUMBERS}(?:\s*(?:[,;]|и)\s*(?:№\s*)?{_NUMBERS})*)"
	)
	for family, words in FAMILIES.items()
}
ALL_OF_THEM = re.compile(
	r"(?<!дошкольные )(?<!дошкольных )\b(?:обще)?образовательн\w+ (?:организаци|учреждени)\w+|\b(?:м?оо|м?оу|мбоу|мкоу|маоу|соу)\b"
	r"|\b(?:все|школы|школам|школах|школами|директора школ|руководители школ)\b"
)
LEGAL_FORM = re.compile(r"\b(?:мбоу|мкоу|маоу|моу|гбоу|гкоу|гау|мбу|мку|мау)\b")
LONG_WORD = 5  # letters from which a word may end in other cases


def executors_in(responsible: str | None, schools: Mapping[str, str]) -> list[str]:
	"""Ids of the schools (id → title) that a cell names: those named by number or by name, otherwise all where it says
	«образовательные организации» and the like, otherwise none."""
	text = _plain(responsible or "")
	numbers = {family: _numbers(found, text) for family, found in NUMBERED.items()}
	named = [one for one, title in schools.items() if _is_named(_plain(title), text, numbers)]
	if named or any(numbers.values()):
		return named
	return list(schools) if ALL_OF_THEM.search(text) else []


def _plain(text: str) -> str:
	return " ".join(re.sub(r"[«»\"“”()]", " ", text.casefold().replace("ё", "е")).split())


def _numbers(found: re.Pattern[str], text: str) -> set[int]:
	numbers: set[int] = set()
	for match in found.finditer(text):
		for first, last in re.findall(r"(\d+)(?:\s*[-–—]\s*(\d+))?", match[1]):
			numbers.update(range(int(first), int(last or first) + 1))
	return numbers


def _is_named(title: str, text: str, numbers: Mapping[str, set[int]]) -> bool:
	own = {family: _numbers(found, title) for family, found in NUMBERED.items()}
	if any(own.values()):
		return any(own[family] & numbers[family] for family in own)
	words = LEGAL_FORM.sub(" ", title).split()
	stems = [re.escape(word[:-2]) + r"\w*" if len(word) >= LONG_WORD else re.escape(word) for word in words]
	return bool(stems) and bool(re.search(r"\b" + r"\s+".join(stems), text))
