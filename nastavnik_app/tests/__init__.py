"""The suite: what a school would see, the same on both engines (`conftest.py` says which), and `data/` that it reads.
What several tests need is in modules without `test_` before their name; no real person is in any of it."""
