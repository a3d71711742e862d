"""The base class of a site's tests.
Only what contract.txt lists; the engine's own tests are in benchless/tests."""
