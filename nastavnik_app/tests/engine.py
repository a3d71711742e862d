"""Which engine the tests stand on."""

from __future__ import annotations

import frappe


def is_embedded() -> bool:
	"""Whether it is the one of this repository, and not a real Frappe."""
	return "benchless" in frappe.__file__
