"""Of Frappe's module of this name: users, roles, files, errors, reports, the DocTypes themselves (`doctype/`).
Only the fields that the app and the engine use."""
