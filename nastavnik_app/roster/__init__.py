"""A school's list of people (.xlsx, .csv) → what is known of each, and what is wrong in which cell. No frappe here."""
