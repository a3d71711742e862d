"""In which fields the framework finds a user, for its own download and deletion of personal data.

Names, papers and logs it does not reach: those go by an act of destruction (`privacy/destruction.py`).
"""

from __future__ import annotations

# what a download of personal data brings, and what the framework may look through
USER_DATA_FIELDS = [
	{"doctype": doctype, "filter_by": field}
	for doctype, field in (
		("Mentor", "user"),
		("Mentee", "user"),
		("Mentor", "email"),
		("Mentee", "email"),
		("Mentee Representative", "email"),
		("Educational Organization", "director"),
		("Acting Director", "user"),
		("Mentoring Organization Member", "user"),
		("Program Curator", "user"),
		("Mentoring Order", "signed_by"),
		("Mentoring Order Acknowledgement", "user"),
		("Mentoring Digest Preference", "user"),
		("Mentoring Report Mailing", "recipient"),
		("Support Profile Access", "reader"),
	)
]
