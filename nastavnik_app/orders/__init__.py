"""Orders: drafted, signed, entered in the journal, made known, kept as they were signed."""
