"""An organization's return to its authority: its figures, its way, its files, and what the authority makes of many.
No exact count leaves this room past `rules/suppression.py`, and no sum is taken of anything but published figures."""
