"""In which fields the framework finds a user, for its own download and deletion of personal data.

Names, papers and logs it does not reach: those go by an act of destruction (`privacy/destruction.py`).
"""

from __future__ import annotations


def _field(doctype: str, filter_by: str) -> dict:
	return {"doctype": doctype, "filter_by": filter_by}


# what a download of personal data brings, and what the framework may look through
USER_DATA_FIELDS = [
	_field("Mentor", "user"),
	_field("Mentee", "user"),
	_field("Mentor", "email"),
	_field("Mentee", "email"),
	_field("Mentee Representative", "email"),
	_field("Educational Organization", "director"),
	_field("Acting Director", "user"),
	_field("Mentoring Organization Member", "user"),
	_field("Program Curator", "user"),
	_field("Mentoring Order", "signed_by"),
	_field("Mentoring Order Acknowledgement", "user"),
	_field("Mentoring Digest Preference", "user"),
	_field("Mentoring Report Mailing", "recipient"),
	_field("Support Profile Access", "reader"),
]
