"""Of Frappe's module of this name: property setters (`doctype/`).
Only the fields that the app and the engine use."""
