"""Of Frappe's module of this name: notes and to-dos (`doctype/`), assigning, search and reports.
Only what contract.txt lists."""
