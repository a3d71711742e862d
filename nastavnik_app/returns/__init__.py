"""An organization's return to its authority: its figures, its way, its files, and what the authority makes of many."""
