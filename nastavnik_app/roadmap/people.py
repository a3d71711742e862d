"""The cell of responsible persons → one entry for each: a role, a person, or a role with its holder."""

from __future__ import annotations

import re

from nastavnik_app.roadmap.cells import Words, is_blank, split_items, strip_leaked_number, tidy

NAME = re.compile(
	r"^(?:[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?|[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?\s?[А-ЯЁ][а-яё]+|"
	r"[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+(?:вич|вна|ична|инична))\.?$"
)
ROLE = (
	r"(?:директор|заместител[ьи]|зам\.|завуч|кураторы?|наставники?|методисты?|руководител[ьи]|педагог(?:и|-\w+)?|психологи?|"
	r"учител[ья]|администрация|координаторы?|тьюторы?|воспитател[ьи]|председатель|специалисты?|рабочая группа|совет)"
)
ADJECTIVE = r"(?:[А-ЯЁа-яё-]+(?:ый|ий|ой|ые|ие|ая)\s+)?"
NEXT_ROLE = re.compile(rf"(?<=[а-яёА-ЯЁ.»)])\s+(?={ADJECTIVE}{ROLE}\b)", re.I)
NOT_BEFORE_ROLE = re.compile(
	rf"(?:\b(?:и|или|с|от|для|при|по|у|к|за)|{ADJECTIVE.rstrip('?')})\s*$|[-–—]\s*$", re.I
)
BEGINS_WITH_ROLE = re.compile(rf"^{ADJECTIVE}{ROLE}\b", re.I)


def split_responsible(text: str, words: Words) -> list[str]:
	"""Entries as written. A role followed by its holder stays one entry."""
	lead, items = split_items(text)
	lines = [*([lead] if lead else []), *items] if items else tidy(text).split("\n")
	entries: list[str] = []
	for line in lines:
		for position, piece in enumerate(_at_commas(line)):
			_add(entries, strip_leaked_number(" ".join(piece.split())), position > 0, words)
	return [part for entry in entries for part in _at_roles(entry)]


def _at_commas(line: str) -> list[str]:
	"""Pieces between commas and semicolons that stand outside brackets and quotes."""
	pieces, depth = [""], 0
	for sign in line:
		depth += (sign in "(«") - (sign in ")»")
		if sign in ",;" and depth <= 0:
			pieces.append("")
		else:
			pieces[-1] += sign
	return pieces


def _add(entries: list[str], piece: str, after_comma: bool, words: Words) -> None:
	if is_blank(piece):
		return
	if not entries:
		entries.append(piece)
		return
	last = entries[-1]
	holder = bool(NAME.match(piece)) and not _has_name(last)
	rank = bool(NAME.match(last)) and after_comma and piece[:1].islower()
	rest = not after_comma and piece[:1].islower() and not BEGINS_WITH_ROLE.match(piece)
	short = not after_comma and not BEGINS_WITH_ROLE.match(piece) and len(piece) <= 4 and piece.isupper()
	if holder or rank or rest or short:
		entries[-1] = f"{last}, {piece}" if after_comma else words.join(f"{last}\n{piece}")
	else:
		entries.append(piece)


def _has_name(text: str) -> bool:
	return bool(re.search(r"[А-ЯЁ][а-яё]+\s+[А-ЯЁ]\.|[А-ЯЁ]\.\s?[А-ЯЁ]?\.?\s?[А-ЯЁ][а-яё]+", text))


def _at_roles(entry: str) -> list[str]:
	"""Roles written one after another with nothing between them."""
	parts, start = [], 0
	for match in NEXT_ROLE.finditer(entry):
		before = entry[start : match.start()]
		if (
			BEGINS_WITH_ROLE.match(before)
			and not NOT_BEFORE_ROLE.search(before)
			and not re.match(r"(?:и|или)\b", before)
		):
			parts.append(before)
			start = match.end()
	return [*parts, entry[start:]]
