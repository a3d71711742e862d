"""Of Frappe's module of this name: the queue of mail (`doctype/`).
Only the fields that the app and the engine use."""
