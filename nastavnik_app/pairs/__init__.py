"""The work of a pair: how it is found, between which schools, when it meets and by which plan."""
