"""Words of the app: `main.pot` out of the sources, `ru.po` in Russian, `extraction.py` for what Frappe does not extract.
No wording of papers (`seed/`, `templates/print/`): those are Russian at their source. No compiled file is kept."""
