"""Which kind of meeting a pair has next, and at what hour one begins."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_CLOCK = re.compile(r"\s*([01]?\d|2[0-3])[:.\-]([0-5]\d)(?:[:.]\d{2})?\s*")


def clock(written: str) -> str | None:
	"""An hour as 09:05 of how it was written (9:05, 9.05, 09:05:00); None where it is none."""
	found = _CLOCK.fullmatch(written)
	return f"{int(found[1]):02}:{found[2]}" if found else None


def next_kind(
	order: Sequence[str], had: Collection[str], *, repeated: str | None, ends_soon: bool
) -> str | None:
	"""The first kind of the order that a pair has not had yet.

	The last kind of the order closes the work: until the pair `ends_soon`, the one that is `repeated` comes instead.
	None where the order is empty.
	"""
	if not order:
		return None
	left = next((kind for kind in order[:-1] if kind not in had), None)
	if left:
		return left
	if ends_soon or repeated not in order:
		return order[-1]
	return repeated
