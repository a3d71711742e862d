"""The life of personal data: terms, blocking, destruction, what is told to the person, who read what.
No length of a term here (`rules/retention.py` and the dictionary), and nothing destroyed without an approved act."""
