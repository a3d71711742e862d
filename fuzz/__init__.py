"""What outsiders send and hand in, made up by the million: only the errors that are declared may come out."""
