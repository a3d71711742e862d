"""What version 1.2 brings to a site that is there already: figures, returns and what is counted of them.
No later version adds to it."""
