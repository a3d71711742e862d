"""The grammatical cases of documents, and the dictionary of Russian that names and posts are looked up in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
	from pymorphy3 import MorphAnalyzer
	from pymorphy3.analyzer import Parse

Case = Literal["nominative", "genitive", "dative", "accusative", "instrumental"]


_RUSSIAN = re.compile(r"[А-Яа-яЁё-]+")


def parses(word: str) -> list[Parse]:
	"""What the dictionary says of a Russian word; nothing of any other, on which the library may stumble."""
	return _analyzer().parse(word) if _RUSSIAN.fullmatch(word) else []


@cache
def _analyzer() -> MorphAnalyzer:
	"""pymorphy3 with its dictionary, loaded at the first use: about 0.2 s and 30 MB a process."""
	from pymorphy3 import MorphAnalyzer

	return MorphAnalyzer()
