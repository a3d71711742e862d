"""What outsiders hand in, made up by the million: only the errors that a reader declares may come out."""
