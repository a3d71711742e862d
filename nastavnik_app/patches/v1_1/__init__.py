"""What version 1.1 brings to a site that is there already: the work of a year.
No later version adds to it."""
