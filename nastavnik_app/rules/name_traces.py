"""How a person's name is found again: in every case and order, with initials, in JSON and in addresses.

What stands in place of a name afterwards is a mark (`retention.mark`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import takewhile
from urllib.parse import quote, unquote

from nastavnik_app.rules.name_cases import decline_name
from nastavnik_app.rules.names import CASES

# how like another person's name is: nothing, the surname, also the first letter of the first name, all that is known
UNLIKE, SURNAME, INITIALS, SAME = range(4)

# an address of the web writes a space as a plus
_GAP = r"[\s_+]"
_BETWEEN = rf"{_GAP}+"
_LETTER_BEFORE, _LETTER_AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_ESCAPED = re.compile(r"\\+u(04[0-9a-f]{2}|00a0)", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(1\d{3}|32|160|x4[0-9a-f]{2}|x20|xa0);", re.IGNORECASE)
_QUOTED = re.compile(r"(?:%D[0-3]%[89AB][0-9A-F]|%C2%A0|%(?:20|28|29|2B|40))+", re.IGNORECASE)
_SHORTEST_STEM, _SHORTEST_PHONE = 3, 7
_APART = r"[\s()-]*"  # what may stand between the digits of a telephone
_NUMBER = re.compile(rf"[0-9](?:{_APART}[0-9]){{{_SHORTEST_PHONE - 1},}}")


class Text:
	"""A text that is searched for many people: decoded and folded once."""

	def __init__(self, text: str) -> None:
		self.plain = decoded(text)

	@cached_property
	def folded(self) -> str:
		"""As `fold` gives it, of the same length as `plain`."""
		return fold(self.plain)

	@cached_property
	def numbers(self) -> str:
		"""What may be telephones, as lines of digits."""
		return "\n".join(re.sub(r"\D", "", number) for number in _NUMBER.findall(self.plain))


@dataclass(frozen=True)
class Traces:
	"""`everywhere`: what means nobody else; `linked`: what means the person in records about the person; both for
	folded text.

	`words`, `numbers`: what every trace has one of, to be looked for first, which takes a hundredth of the time; `sql`:
	patterns for LIKE, one of which every text with a trace fits.
	"""

	mark: str
	everywhere: re.Pattern | None
	linked: re.Pattern | None
	words: tuple[str, ...]
	numbers: tuple[str, ...]
	sql: tuple[str, ...]

	def found(self, text: Text, linked: bool) -> bool:
		"""Whether the text tells of the person; `linked` where the record is about that person."""
		pattern = self._pattern(text, linked)
		return bool(pattern and pattern.search(text.folded))

	def without(self, text: str, linked: bool) -> str | None:
		"""The text with the mark in place of each trace; None where there is none."""
		searched = Text(text)
		pattern = self._pattern(searched, linked)
		pieces, end = [], 0
		for trace in pattern.finditer(searched.folded) if pattern else ():
			pieces += [searched.plain[end : trace.start()], self.mark]
			end = trace.end()
		return "".join([*pieces, searched.plain[end:]]) if pieces else None

	def _pattern(self, text: Text, linked: bool) -> re.Pattern | None:
		"""What to look for; None where it need not be looked for."""
		may_stand = any(word in text.folded for word in self.words) or any(
			number in text.numbers for number in self.numbers
		)
		return (self.linked if linked else self.everywhere) if may_stand else None


def traces(
	mark: str, names: Iterable[tuple[str, int, Mapping[str, str]]], contacts: Iterable[str] = ()
) -> Traces:
	"""Traces of a person and the representatives: `names` are full names, each with its likeness to the nearest
	other person and its own forms in cases; `contacts` are telephones and addresses of mail that are nobody else's."""
	everywhere, linked, words, numbers, sql = [], [], [], [], []
	for name, likeness, own_forms in names:
		full, short, surname = _written(_forms(name, own_forms))
		linked += [*full, *short, *(surname if likeness == UNLIKE else ())]
		if likeness < SAME:
			everywhere += full
		if likeness < INITIALS:
			everywhere += short
		for stem in _stems(_forms(name, own_forms)):
			words.append(fold(stem))
			sql += _patterns_of_stem(stem)
	for contact in (one.strip() for one in contacts if one.strip()):
		national = _national(contact)
		(numbers if national else words).append(national or fold(contact))
		pattern, like = _telephone(national) if national else _address(contact)
		everywhere.append(pattern)
		linked.append(pattern)
		sql += like
	told = (tuple(dict.fromkeys(one)) for one in (words, numbers, sql))
	return Traces(mark, _any(everywhere), _any(linked), *told)


def likeness(name: str, other: str) -> int:
	"""How far another person's name, in whatever order, may be taken for this one."""
	mine, theirs = _plain(name), _plain(other)
	if not mine or mine[0] not in theirs:
		return UNLIKE
	rest = [word for word in theirs if word != mine[0]]
	if set(rest) <= set(mine[1:]) or set(mine[1:]) <= set(rest):
		return SAME
	return INITIALS if rest[0][0] == mine[1][0] else SURNAME


def fold(text: str) -> str:
	"""In small letters, ё as е, each in its place."""
	# the only letter that grows when it is made small
	return text.replace("İ", "i").lower().replace("ё", "е")


def decoded(text: str) -> str:
	"""Text whose Cyrillic letters JSON or an address of the web has written in figures, with the letters themselves,
	and so the signs of telephones and of addresses of mail.

	JSON stays JSON, and no markup appears: what needs an escape keeps it.
	"""
	if "\\u0" in text:
		text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
	if "&#" in text:
		text = _REFERENCE.sub(lambda found: unescape(found[0]), text)
	if "%" in text:
		text = _QUOTED.sub(lambda found: unquote(found[0]), text)
	return text


def _plain(name: str) -> list[str]:
	return fold(name).replace(".", " ").split()


def _forms(name: str, own_forms: Mapping[str, str]) -> list[list[str]]:
	"""The name in every case, as words: of all forms of a case, the school's own included."""
	declined = (decline_name(name, case) for case in (*CASES, "prepositional"))
	forms = dict.fromkeys([name, *declined, *(form for form in own_forms.values() if form)])
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
		first, letters = words[0], rf"{_GAP}*".join(rf"{_letter(word)}\." for word in given[:2])
		short += [f"{last}{_BETWEEN}{first}", f"{first}{_BETWEEN}{last}"]
		short += [rf"{last}{_BETWEEN}{letters}", rf"{letters}{_GAP}*{last}"]
		short += [rf"{last}{_BETWEEN}{_letter(given[0])}\.", rf"{_letter(given[0])}\.{_GAP}*{last}"]
	return full, short, surnames


def _word(word: str) -> str:
	return re.escape(fold(word))


def _letter(word: str) -> str:
	return _word(word[0])


def _any(patterns: list[str]) -> re.Pattern | None:
	if not patterns:
		return None
	longest_first = sorted(dict.fromkeys(patterns), key=len, reverse=True)
	# initials end with a full stop, after which a letter may follow
	either = "|".join(one if one.endswith(r"\.") else one + _LETTER_AFTER for one in longest_first)
	return re.compile(f"{_LETTER_BEFORE}(?:{either})")


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


def _national(contact: str) -> str:
	"""The digits of a telephone without the country's, as they are always written; empty for an address."""
	digits = re.sub(r"\D", "", contact)
	return "" if "@" in contact or len(digits) < _SHORTEST_PHONE else digits[-10:]


def _telephone(national: str) -> tuple[str, list[str]]:
	# everybody groups the digits in a way of his own
	return rf"(?:\+?[78]{_APART})?" + _APART.join(national), ["%" + "%".join(national) + "%"]


def _address(contact: str) -> tuple[str, list[str]]:
	quoted = quote(contact).replace("%", "_")
	return re.escape(fold(contact)), [f"%{_for_like(contact)}%", f"%{quoted}%"]


def _for_like(text: str) -> str:
	"""What LIKE would read as a wildcard, as any letter."""
	return re.sub(r"[%\\]", "_", text)
