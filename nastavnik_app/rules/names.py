"""Names of persons as documents write them."""

from __future__ import annotations

NO_BREAK_SPACE = "\u00a0"


def full_name(last: str | None, first: str | None, middle: str | None) -> str:
	"""Surname, first name, patronymic, as Russian documents order them."""
	return " ".join(part.strip() for part in (last, first, middle) if part and part.strip())


def initials_first(name: str) -> str:
	"""«Иванова Анна Петровна» as a signature is deciphered: «А. П. Иванова», with no-break spaces."""
	last, *rest = name.split() or [""]
	return NO_BREAK_SPACE.join([*(f"{part[0]}." for part in rest[:2]), last])


def initials_last(name: str) -> str:
	"""«Иванова Анна Петровна» in a running text or a list: «Иванова А. П.», with no-break spaces."""
	last, *rest = name.split() or [""]
	return NO_BREAK_SPACE.join([last, *(f"{part[0]}." for part in rest[:2])])
