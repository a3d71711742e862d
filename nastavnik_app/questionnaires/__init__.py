"""Questionnaires: who is invited, the door for guests with a link, where the answers go on to.
No link is stored here, only its hash; whether an answer fits is said in `rules/questionnaires.py`."""
