"""What a bench installs: the mentoring programme of a school. docs/architecture.md draws its floors.

Beside the rooms: `public/` goes to every browser as it stands, so nothing in it names anybody; `hooks.py` says what
Frappe calls. Nothing here imports the folders beside it (`benchless`, `demo`, …), apart from the tests.
"""

__version__ = "1.0.0"
