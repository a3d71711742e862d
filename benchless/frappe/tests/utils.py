"""The base of tests: each class in one transaction that is rolled back."""

import unittest
from collections.abc import Generator
from contextlib import contextmanager

import frappe


class FrappeTestCase(unittest.TestCase):
	"""Call `super().setUpClass()` when overriding it."""

	@classmethod
	def setUpClass(cls) -> None:
		frappe.db.commit()
		cls.addClassCleanup(frappe.local.flags.update, dict(frappe.local.flags))
		cls.addClassCleanup(frappe.db.rollback)
		super().setUpClass()

	@contextmanager
	def set_user(self, user: str) -> Generator[None, None, None]:
		before = frappe.session.user
		try:
			frappe.set_user(user)
			yield
		finally:
			frappe.set_user(before)
