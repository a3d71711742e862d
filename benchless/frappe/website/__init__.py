"""Of Frappe's module of this name: what pages for guests ask.
Only what contract.txt lists."""
