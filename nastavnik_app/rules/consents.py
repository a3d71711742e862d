"""Who signs a consent, and whether a signed one holds on a day."""

from __future__ import annotations

from datetime import date

SELF, REPRESENTATIVE, BOTH = "Self", "Representative", "Both"
PROCESSING = "Personal Data Processing"  # the kind without which nobody takes part


def age_on(birth_date: date, day: date) -> int:
	"""Full years of age on a day; one born on 29 February turns a year older on 1 March of a common year."""
	return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def signatory(birth_date: date, day: date, *, representative_below: int = 14, both_below: int = 18) -> str:
	"""Who signs on a day: the representative, both, or the person alone.

	The law names no age (152-FZ, art. 9, part 1); the bounds are the operator's and come from its settings.
	"""
	age = age_on(birth_date, day)
	if age < representative_below:
		return REPRESENTATIVE
	return BOTH if age < both_below else SELF


def holds(day: date, *, signed_on: date, valid_until: date | None, withdrawn_on: date | None) -> bool:
	"""Whether a consent holds on a day, both bounds included; on the day of its withdrawal it no longer does."""
	if withdrawn_on and day >= withdrawn_on:
		return False
	return signed_on <= day and (valid_until is None or day <= valid_until)
