"""Questionnaires: who is invited, the door for guests with a link, where the answers go on to."""
