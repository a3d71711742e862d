"""What stands inside one cell: broken lines, lists, leaked list numbers, several responsible persons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

INVISIBLE = dict.fromkeys(ord(letter) for letter in "\u00ad\u200b\u200c\u200d\u2060\ufeff")
SPACES = dict.fromkeys((ord(letter) for letter in "\u00a0\u2007\u2009\u202f\u2002\u2003\t\v"), " ")
WORD = re.compile(r"[А-Яа-яЁёA-Za-z]+")
LAST_WORD = re.compile(r"([А-Яа-яЁё]+)(-?)$")
FIRST_WORD = re.compile(r"^([а-яё]+)")

DASHES = "-–—−‒"
BULLETS = "•·▪▫●○◦‣⁃✓✔➢➤❖■□►♦*\uf0b7\uf0a7\uf0d8\uf0fc\uf02d"
NUMBER = re.compile(r"(?<![\w№])(\d{1,2})([.)])(?=\s|[A-ZА-ЯЁa-zа-яё«\"“(]|$)")
NESTED = re.compile(r"(?m)^[ ]*\d{1,2}(?:\.\d{1,2})+[.)]?[ ]+(?=[^\d\s])")
LETTER = re.compile(r"(?<![\w(])([а-д])\)\s*(?=\S)")
SIGN = re.compile(f"[{re.escape(BULLETS)}{re.escape(DASHES)}]")
NOT_A_MARK = re.compile(r"(?:№|\b(?:п|пп|ст|стр|прил\w*|кл|класс\w*|табл\w*|рис)\.?)\s*$", re.I)
ABBREVIATION = re.compile(r"(?:\bт\.\s?[дп]|\bдр|\bпр|\bг|\bгг)\.\s*$")
LEADING_MARKS = re.compile(rf"^(?:\s*(?:\d{{1,2}}[.)](?!\d)|[{re.escape(BULLETS + DASHES)}])\s*)+")
INNER_MARKS = re.compile(
	rf"(?m)(?:(?:^|(?<=:))[ ]*[{re.escape(BULLETS + DASHES)}]+[ ]*|(?<=;)[ ]*[{re.escape(BULLETS + DASHES)}]+[ ]+)(?=\S)"
)
LEAKED_FIRST = re.compile(r"^\d{1,2}[.)]\s+(?=[^\d\s])")
LEAKED_LAST = re.compile(r"(?<=[^\d\s.])[.]?\s+\d{1,2}[.)]$")
ONLY_NUMBER = re.compile(r"^\d{1,2}[.)]?$|^(?:\d{1,2}\.\s*)+$")
NOTHING = re.compile(rf"^[\s{re.escape(DASHES)}_.…]*$")


class Words:
	"""The words of one document, to tell a word cut by a line end from two words."""

	def __init__(self, texts: Iterable[str]):
		self._seen: Counter[str] = Counter()
		for text in texts:
			for line in text.split("\n"):
				self._seen.update(word.lower() for word in WORD.findall(line)[1:-1])

	def join(self, text: str) -> str:
		"""The lines as one, blanks normalised; words as written."""
		pieces: list[str] = []
		lines = [" ".join(line.split()) for line in tidy(text).split("\n") if line.strip()]
		for line in lines:
			if pieces:
				pieces[-1], between = self._seam(pieces[-1], line)
				pieces.append(between)
			pieces.append(line)
		return "".join(pieces)

	def _seam(self, left: str, right: str) -> tuple[str, str]:
		"""The line above, without the hyphen of a word cut there, and what stands between the two lines."""
		if left.endswith("/") or right.startswith("/"):
			return left, ""
		last, first = LAST_WORD.search(left[-60:]), FIRST_WORD.match(right)
		if not last or not first:
			return left, " "
		head, hyphen, tail = last[1].lower(), last[2], first[1]
		cut_word = self._seen[head + tail] > 0
		if hyphen:
			return (left[:-1] if cut_word else left), ""
		whole_words = self._seen[head] and self._seen[tail]
		joins = cut_word and not whole_words and len(head) > 2 and len(head + tail) > 5
		return left, "" if joins else " "

	def flat(self, text: str) -> str:
		"""One line, the marks of lists taken out."""
		lead, items = split_items(text)
		return " ".join(self._full_items((lead, *items)))

	def items(self, text: str) -> list[str]:
		"""The items of the cell's list without their marks; empty when the cell holds no list."""
		return self._full_items(split_items(text)[1])

	def _full_items(self, parts: Iterable[str]) -> list[str]:
		items = [self._item(part) for part in parts]
		return [item for item in items if item]

	def _item(self, text: str) -> str:
		text = NESTED.sub("", LEADING_MARKS.sub("", text))
		return self.join(INNER_MARKS.sub(" ", text))


def tidy(text: str) -> str:
	"""Blanks of every kind made plain, soft hyphens and other invisible signs taken out."""
	return text.translate(INVISIBLE).translate(SPACES)


def is_blank(text: str) -> bool:
	"""Whether a cell says nothing: empty, dashes, dots."""
	return bool(NOTHING.match(text))


@dataclass(frozen=True)
class _Mark:
	start: int
	end: int
	number: int = 0


def split_items(text: str) -> tuple[str, list[str]]:
	"""The words before the list, and its items with nested items left inside."""
	text = tidy(text)
	marks = _numbered(text) or _nested(text) or _lettered(text) or _bulleted(text)
	if not marks:
		return text, []
	ends = [mark.start for mark in marks[1:]] + [len(text)]
	items = [text[mark.end : end].strip() for mark, end in zip(marks, ends, strict=True)]
	return text[: marks[0].start].strip(), [item for item in items if item and not ONLY_NUMBER.match(item)]


def _at_line_start(text: str, position: int) -> bool:
	return not text[max(0, position - 40) : position].rsplit("\n", 1)[-1].strip()


def _numbered(text: str) -> list[_Mark]:
	marks: list[_Mark] = []
	sign = ""
	depth = scanned = 0
	for match in NUMBER.finditer(text):
		number, at_start = int(match[1]), _at_line_start(text, match.start())
		depth += text.count("(", scanned, match.start()) - text.count(")", scanned, match.start())
		scanned = match.end() if match[2] == ")" and depth <= 0 else match.start()
		before = text[max(0, match.start() - 16) : match.start()].rstrip(" ")
		repeated = bool(marks) and not text[marks[-1].end : match.start()].strip()
		if match[2] == ")" and depth > 0:
			continue
		if repeated:
			marks[-1] = _Mark(marks[-1].start, match.end(), number)
			continue
		at_level = bool(
			re.search(r"\d\.$", text[max(0, match.start() - 2) : match.start()])
		)  # the 2 of «1.2.»
		if at_level or (sign and match[2] != sign) or before[-1:].isdigit() or NOT_A_MARK.search(before):
			continue
		if match[2] == "." and not at_start and not text[match.end() : match.end() + 2].strip()[:1].isupper():
			if not before.endswith((".", ";", ":")):
				continue
		clear = (
			at_start
			or match[2] == ")"
			or before.endswith((".", ";", ":", ")"))
			or text[match.end() : match.end() + 2].strip()[:1].isupper()
		)
		if _continues(marks, number, at_start, clear):
			marks.append(_Mark(match.start(), match.end(), number))
			sign = match[2]
	if (
		len(marks) == 1
		and text[: marks[0].start].strip()
		and not text[: marks[0].start].rstrip().endswith(":")
	):
		return []
	return marks


def _continues(marks: list[_Mark], number: int, at_start: bool, clear: bool) -> bool:
	"""Whether a number goes on with the list: the next one, one repeated or left out, or a list begun anew."""
	if not marks:
		return number == 1 or (at_start and number <= 20)
	last = marks[-1].number
	return number == last + 1 or (clear and number in (1, last)) or (at_start and number == last + 2)


def _nested(text: str) -> list[_Mark]:
	marks = [_Mark(match.start(), match.end()) for match in NESTED.finditer(text)]
	return marks if len(marks) > 1 else []


def _lettered(text: str) -> list[_Mark]:
	marks, expected = [], "а"
	for match in LETTER.finditer(text):
		if match[1] == expected:
			marks.append(_Mark(match.start(), match.end()))
			expected = chr(ord(expected) + 1)
	return marks if len(marks) > 1 else []


def _bulleted(text: str) -> list[_Mark]:
	marks: list[_Mark] = []
	for match in SIGN.finditer(text):
		if _begins_item(text, match.start(), text[marks[0].start] if marks else ""):
			marks.append(_Mark(match.start(), match.end()))
	if len(marks) == 1:
		before = text[: marks[0].start].strip()
		if before and not before.endswith(":"):
			return []
	return marks


def _begins_item(text: str, position: int, first_sign: str) -> bool:
	"""Whether the bullet or dash at `position` opens an item; `first_sign` is the mark that opened the list."""
	before, after = text[max(0, position - 40) : position], text[position + 1 : position + 3]
	following = after.strip()[:1]
	if not following or following.isdigit() or following in DASHES:
		return False
	if _at_line_start(text, position):
		return True
	if text[position] not in DASHES:
		return text[position] != "*" and before[-1:].isspace()
	left = before.rstrip()
	spaced = before[-1:].isspace() or left.endswith((":", ";", ","))
	if not spaced or not left or left[-1].isdigit() or ABBREVIATION.search(before):
		return False
	if left[-1] in ":;":
		return True
	if not first_sign:
		return False
	if left[-1] in ".,":
		return left[-1] == "," or following.isupper() or text[position] == first_sign
	if left[-1] in ')»"':
		return following.isupper() or (text[position] == first_sign and after[:1].isspace())
	return following.isupper() and after[:1].isspace()


def strip_leaked_number(text: str) -> str:
	"""A list number that slid into a cell with no list, taken off; a bare number leaves nothing."""
	if is_blank(text) or ONLY_NUMBER.match(text):
		return ""
	return LEAKED_LAST.sub("", LEAKED_FIRST.sub("", text)).strip()
