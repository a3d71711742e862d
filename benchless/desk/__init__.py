"""The staff pages of the embedded engine: what Desk shows on a bench, from the same DocTypes.
Nothing is decided here: what a button does, the app's endpoints do. `templates/` and `static/` load nothing from the web."""
