"""One collation for sorting, `=`, UNIQUE and LIKE, as MariaDB's utf8mb4_unicode_ci: case and ё do not count."""

import re
from functools import lru_cache


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
	"""The form in which two texts are compared."""
	return text.rstrip(" ").casefold().replace("ё", "е")


def compare(left: str, right: str) -> int:
	if left == right:
		return 0
	left, right = fold(left), fold(right)
	return (left > right) - (left < right)


@lru_cache(maxsize=1024)
def _pattern(pattern: str) -> re.Pattern[str]:
	out, chars = [], iter(pattern.casefold().replace("ё", "е"))
	for char in chars:
		if char == "\\":
			out.append(re.escape(next(chars, char)))
		else:
			out.append({"%": ".*", "_": "."}.get(char) or re.escape(char))
	return re.compile("".join(out), re.DOTALL)


def like(pattern: object, value: object) -> bool | None:
	"""SQL's LIKE; `\\` escapes, as in MariaDB."""
	if pattern is None or value is None:
		return None
	text = str(value).casefold().replace("ё", "е")
	return _pattern(str(pattern)).fullmatch(text) is not None
