"""The staff pages of the embedded engine: what Desk shows on a bench, from the same DocTypes."""
