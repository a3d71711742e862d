"""The embedded engine: nastavnik_app without a bench, for trying and testing.
No rule of mentoring is here, and no line of Frappe's own code."""
