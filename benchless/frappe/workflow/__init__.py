"""Of Frappe's module of this name: workflows, their states and actions (`doctype/`).
Only the fields that the app and the engine use."""
