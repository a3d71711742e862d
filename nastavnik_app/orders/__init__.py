"""Orders: drafted, signed, entered in the journal, made known, kept as they were signed.
No wording here (`documents/`), and no right to sign (`rules/states.py`, `conditions.py`)."""
