"""The grammatical cases of documents, and the dictionary of Russian that names and posts are looked up in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
	from pymorphy3 import MorphAnalyzer

Case = Literal["nominative", "genitive", "dative", "accusative", "instrumental"]


@cache
def analyzer() -> MorphAnalyzer:
	"""pymorphy3 with its dictionary, loaded at the first use: about 0.2 s and 30 MB a process."""
	from pymorphy3 import MorphAnalyzer

	return MorphAnalyzer()
