"""The site's SQLite file: its tables, filters, values and transactions, and `frappe.db`.
No rights are asked here (`permissions.py`, `model/db_query.py`)."""
