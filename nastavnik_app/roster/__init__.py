"""A school's list of people (.xlsx, .csv) → what is known of each, and what is wrong in which cell.
No frappe here and nobody written: `people/roster_import.py` does that."""
