"""What holds the engine to Frappe: the contract, both engines to the same behaviour, the staff pages as a browser sees them.
Nothing about mentoring: that is the suite of the app, which runs on this engine too."""
