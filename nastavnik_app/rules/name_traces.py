"""How a person's name is found again: in every case and order, with initials, in JSON and in addresses.

What stands in place of a name afterwards is a mark (`retention.mark`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import takewhile
from urllib.parse import quote, unquote

from nastavnik_app.rules.name_cases import decline_name
from nastavnik_app.rules.names import CASES

# how like another person's name is: nothing, the surname, also the first letter of the first name, all that is known
UNLIKE, SURNAME, INITIALS, SAME = range(4)

_BETWEEN = r"[\s_]+"
_LETTER_BEFORE, _LETTER_AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_ESCAPED = re.compile(r"\\+u(04[0-9a-f]{2}|00a0)", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(1\d{3}|32|160|x4[0-9a-f]{2}|x20|xa0);", re.IGNORECASE)
_QUOTED = re.compile(r"(?:%[0-9A-F]{2})+", re.IGNORECASE)
_SHORTEST_STEM, _SHORTEST_PHONE = 3, 7


@dataclass(frozen=True)
class Traces:
	"""`everywhere`: what means nobody else; `linked`: what means the person in records about the person.

	`sql`: patterns for LIKE, one of which every text with a trace fits.
	"""

	mark: str
	everywhere: re.Pattern | None
	linked: re.Pattern | None
	sql: tuple[str, ...]

	def found(self, text: str, linked: bool) -> bool:
		pattern = self._pattern(linked)
		return bool(pattern and pattern.search(decoded(text)))

	def without(self, text: str, linked: bool) -> str | None:
		"""The text with the mark in place of each trace; None where there is none."""
		pattern = self._pattern(linked)
		if not pattern:
			return None
		cleansed, count = pattern.subn(self.mark, decoded(text))
		return cleansed if count else None

	def _pattern(self, linked: bool) -> re.Pattern | None:
		return self.linked if linked else self.everywhere


def traces(
	mark: str, names: Iterable[tuple[str, int, Mapping[str, str]]], contacts: Iterable[str] = ()
) -> Traces:
	"""Traces of a person and the representatives: `names` are full names, each with its likeness to the nearest
	other person and its own forms in cases; `contacts` are telephones and addresses of mail that are nobody else's."""
	everywhere, linked, sql = [], [], []
	for name, likeness, own_forms in names:
		full, short, surname = _written(_forms(name, own_forms))
		linked += [*full, *short, *(surname if likeness == UNLIKE else ())]
		if likeness < SAME:
			everywhere += full
		if likeness < INITIALS:
			everywhere += short
		for stem in _stems(_forms(name, own_forms)):
			sql += _patterns_of_stem(stem)
	for contact in filter(None, contacts):
		pattern, like = _contact(contact)
		everywhere.append(pattern)
		linked.append(pattern)
		sql += like
	return Traces(mark, _any(everywhere), _any(linked), tuple(dict.fromkeys(sql)))


def likeness(name: str, other: str) -> int:
	"""How far another person's name, in whatever order, may be taken for this one."""
	mine, theirs = _plain(name), _plain(other)
	if not mine or mine[0] not in theirs:
		return UNLIKE
	rest = [word for word in theirs if word != mine[0]]
	if set(rest) <= set(mine[1:]) or set(mine[1:]) <= set(rest):
		return SAME
	return INITIALS if rest[0][0] == mine[1][0] else SURNAME


def decoded(text: str) -> str:
	"""Text whose Cyrillic letters JSON or an address of the web has written in figures, with the letters themselves.

	JSON stays JSON: a letter needs no escape in it.
	"""
	if "\\u0" in text:
		text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
	if "&#" in text:
		text = _REFERENCE.sub(lambda found: unescape(found[0]), text)
	if "%D" in text or "%d" in text:
		text = _QUOTED.sub(lambda found: _unquoted(found[0]), text)
	return text


def _unquoted(text: str) -> str:
	plain = unquote(text, errors="replace")
	return text if "\ufffd" in plain else plain


def _plain(name: str) -> list[str]:
	return name.casefold().replace("ё", "е").replace(".", " ").split()


def _forms(name: str, own_forms: Mapping[str, str]) -> list[list[str]]:
	"""The name in every case, as words: of all forms of a case, the school's own included."""
	declined = (decline_name(name, case) for case in (*CASES, "prepositional"))
	forms = dict.fromkeys([name, *declined, *filter(None, own_forms.values())])
	return [form.split() for form in forms if form.split()]


def _written(forms: list[list[str]]) -> tuple[list[str], list[str], list[str]]:
	"""Patterns of the whole name, of the name without patronymic or with initials, of the surname alone."""
	full, short, surnames = [], [], []
	for surname, *given in forms:
		last = _word(surname)
		surnames.append(last)
		if not given:
			full.append(last)
			continue
		words = [_word(word) for word in given]
		full += [_BETWEEN.join([last, *words]), _BETWEEN.join([*words, last])]
		first, letters = words[0], r"[\s_]*".join(rf"{_letter(word)}\." for word in given[:2])
		short += [f"{last}{_BETWEEN}{first}", f"{first}{_BETWEEN}{last}"]
		short += [rf"{last}[\s_]+{letters}", rf"{letters}[\s_]*{last}"]
		short += [rf"{last}[\s_]+{_letter(given[0])}\.", rf"{_letter(given[0])}\.[\s_]*{last}"]
	return full, short, surnames


def _word(word: str) -> str:
	return re.sub("[её]", "[её]", re.escape(word.casefold()))


def _letter(word: str) -> str:
	return _word(word[0])


def _any(patterns: list[str]) -> re.Pattern | None:
	if not patterns:
		return None
	longest_first = sorted(dict.fromkeys(patterns), key=len, reverse=True)
	# initials end with a full stop, after which a letter may follow
	either = "|".join(one if one.endswith(r"\.") else one + _LETTER_AFTER for one in longest_first)
	return re.compile(f"{_LETTER_BEFORE}(?:{either})", re.IGNORECASE)


def _stems(forms: list[list[str]]) -> list[str]:
	"""What all forms of the surname begin with; of «Лев, Льва» each form."""
	surnames = list(dict.fromkeys(form[0] for form in forms))
	same = takewhile(lambda letters: len(set(letters)) == 1, zip(*surnames, strict=False))
	stem = "".join(letters[0] for letters in same)
	return [stem] if len(stem) >= _SHORTEST_STEM else surnames


def _patterns_of_stem(stem: str) -> list[str]:
	"""LIKE patterns: as it is written, by the numbers of JSON and of XML, and as an address has it."""
	patterns = [f"%{_for_like(stem)}%"]
	for written in dict.fromkeys((stem, stem.lower(), stem.upper(), stem.replace("ё", "е"))):
		if not written.isascii():
			patterns.append("%" + "%".join(f"u{ord(letter):04x}" for letter in written) + "%")
			patterns.append("%" + "".join(f"&#{ord(letter)};" for letter in written) + "%")
			patterns.append("%" + quote(written).replace("%", "_") + "%")
	return patterns


def _contact(contact: str) -> tuple[str, list[str]]:
	contact = contact.strip()
	digits = re.sub(r"\D", "", contact)
	if "@" in contact or len(digits) < _SHORTEST_PHONE:
		return re.escape(contact), [f"%{_for_like(contact)}%", f"%{quote(contact).replace('%', '_')}%"]
	national = digits[-10:]
	written = r"(?:\+?[78][\s()-]*)?" + r"[\s()-]*".join(national)
	return written, [f"%{_for_like(contact)}%", f"%{national}%"]


def _for_like(text: str) -> str:
	"""What LIKE would read as a wildcard, as any letter."""
	return re.sub(r"[%\\]", "_", text)
