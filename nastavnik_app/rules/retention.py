"""How long a record is kept, by when personal data are destroyed, and what a person is called afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from dateutil.relativedelta import relativedelta

DAYS, MONTHS, YEARS = "Days", "Months", "Years"
DESTROY, DEPERSONALIZE = "Destroy", "Depersonalize"

# why processing ends; a reason that ends it whatever term is left
CONSENT_WITHDRAWN, PURPOSE_ACHIEVED = "Consent Withdrawn", "Purpose Achieved"
TERM_ENDED, UNLAWFUL = "Term Ended", "Unlawful Processing"
AT_ONCE = (CONSENT_WITHDRAWN, UNLAWFUL)


@dataclass(frozen=True)
class Term:
	"""Kept for an amount of days, months or years from a day that the kind of record tells."""

	amount: int
	unit: str
	afterwards: str = DESTROY


def kept_until(term: Term, since: date | None) -> date | None:
	"""The last day on which a record stays on file; None while the day that counts has not come."""
	if since is None:
		return None
	if term.unit == DAYS:
		return since + timedelta(days=term.amount)
	return since + relativedelta(**{term.unit.lower(): term.amount})


def is_over(until: date | None, today: date) -> bool:
	"""Whether a term has run out: its last day still belongs to it."""
	return until is not None and until < today


def destroy_by(stopped_on: date, days: int = 30) -> date:
	"""The last day to destroy data whose processing had to stop on a day (152-FZ, art. 21, parts 4 and 5)."""
	return stopped_on + timedelta(days=days)


def days_left(until: date, today: date) -> int:
	"""Days until the last one; negative when it has passed."""
	return (until - today).days


def mark(name: str) -> str:
	"""«№ 3f9a1c»: what stands in place of a name; of one record always the same, and it tells nobody who that was."""
	return f"№ {sha256(name.encode()).hexdigest()[:6]}"
