"""Numbers of orders: «42», «14-а», «26/1», «42-ОД» as schools write them in their journals."""

from __future__ import annotations

import re

_LEADING_NUMBER = re.compile(r"\s*(\d+)")


def leading_number(order_number: str) -> int | None:
	"""The running number that an order number begins with, or None: «42-ОД» is 42, «б/н» is nothing."""
	match = _LEADING_NUMBER.match(order_number)
	return int(match.group(1)) if match else None


def counted_number(number: int, suffix: str | None) -> str:
	"""A number as the app writes it: 7 and «ОД» give «7-ОД», 7 and «/2-р» give «7/2-р»."""
	suffix = (suffix or "").strip()
	return f"{number}-{suffix}" if suffix[:1].isalnum() else f"{number}{suffix}"


def journal_key(organization: str, year: int, order_number: str) -> str:
	"""What must be unique: the number within an organization's journal of one year, blanks and case aside."""
	return f"{organization}/{year}/{''.join(order_number.split()).casefold()}"
