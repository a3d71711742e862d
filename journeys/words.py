"""Russian for the texts of the source, so that journeys go on when a catalogue is worded better."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = ("benchless/frappe/locale/ru.po", "nastavnik_app/locale/ru.po")  # the app's own words count


def russian(text: str, context: str | None = None) -> str:
	"""As it is read on a Russian screen; what no catalogue has is taken as it is. `context`: of a label, its DocType."""
	words = _words()
	return words.get((text, context)) or words.get((text, None)) or text


@cache
def _words() -> dict[tuple[str, str | None], str]:
	words: dict[tuple[str, str | None], str] = {}
	for path in CATALOGUES:
		with (ROOT / path).open("rb") as file:
			entries = [one for one in read_po(file) if isinstance(one.id, str)]
		words |= {(one.id, one.context): one.string for one in entries}
	return words
