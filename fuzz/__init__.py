"""What outsiders send and hand in, made up by the million: only the errors that are declared may come out.
Nothing here is part of the suite; what is found is mended and becomes a test there."""
