"""What version 1.3 brings to a site that is there already: the life of personal data.
No later version adds to it."""
