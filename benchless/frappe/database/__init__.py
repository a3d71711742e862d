"""The site's SQLite file."""
