"""Names of persons as documents write them."""

from __future__ import annotations

NO_BREAK_SPACE = "\u00a0"
# the cases that documents need beside the nominative, in which a name is entered
CASES = ("genitive", "dative", "accusative", "instrumental")


def full_name(last: str | None, first: str | None, middle: str | None) -> str:
	"""Surname, first name, patronymic, as Russian documents order them."""
	return " ".join(part.strip() for part in (last, first, middle) if part and part.strip())


def initials_first(name: str) -> str:
	"""«Иванова Анна Петровна» as a signature is deciphered: «А. П. Иванова», with no-break spaces."""
	last, initials = _parts(name)
	return NO_BREAK_SPACE.join([*initials, last])


def initials_last(name: str) -> str:
	"""«Иванова Анна Петровна» in a running text or a list: «Иванова А. П.», with no-break spaces."""
	last, initials = _parts(name)
	return NO_BREAK_SPACE.join([last, *initials])


def _parts(name: str) -> tuple[str, list[str]]:
	"""The surname and up to two initials, which may be written together: «Чернова Н.В.»."""
	last, *rest = name.replace(".", ". ").split() or [""]
	return last, [f"{part[0]}." for part in rest[:2]]
