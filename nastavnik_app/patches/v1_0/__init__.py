"""What version 1.0 brings to a site that is there already: the papers of a programme.
No later version adds to it."""
