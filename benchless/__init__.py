"""The embedded engine: nastavnik_app without a bench, for trying and testing."""
