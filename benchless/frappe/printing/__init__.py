"""Of Frappe's module of this name: print formats (`doctype/`).
Only the fields that the app and the engine use."""
