"""One collation for sorting, `=`, UNIQUE and LIKE, as MariaDB's utf8mb4_unicode_ci: case and ё do not count."""

import re
from collections.abc import Callable
from functools import lru_cache

_SPECIAL = re.compile(r"[%_\\]")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
	"""The form in which two texts are compared."""
	return text.rstrip(" ").casefold().replace("ё", "е")


def folded(value: object) -> str | None:
	"""What rows are sorted by."""
	return None if value is None else fold(str(value))


def compare(left: str, right: str) -> int:
	if left == right:
		return 0
	left, right = fold(left), fold(right)
	return (left > right) - (left < right)


@lru_cache(maxsize=64)  # one text is often compared with many patterns in turn
def _letters(text: str) -> str:
	return text.casefold().replace("ё", "е")


@lru_cache(maxsize=1024)
def _matcher(pattern: str) -> Callable[[str], object]:
	pattern = _letters(pattern)
	part = pattern[1:-1]
	if pattern == f"%{part}%" and not _SPECIAL.search(part):
		return lambda text: part in text
	out, chars = [], iter(pattern)
	for char in chars:
		if char == "\\":
			out.append(re.escape(next(chars, char)))
		else:
			out.append({"%": ".*", "_": "."}.get(char) or re.escape(char))
	return re.compile("".join(out), re.DOTALL).fullmatch


def like(pattern: object, value: object) -> bool | None:
	"""SQL's LIKE; `\\` escapes, as in MariaDB."""
	if pattern is None or value is None:
		return None
	return bool(_matcher(str(pattern))(_letters(str(value))))
