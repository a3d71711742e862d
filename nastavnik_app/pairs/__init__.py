"""The work of a pair: how it is found, between which schools, when it meets and by which plan.
No score and no hard rule of matching here: those are plain Python, in `rules/match*.py`."""
