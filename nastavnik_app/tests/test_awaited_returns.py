"""What waits for the director is on his card; a return, on that of each whose turn it is, once."""

from __future__ import annotations

from frappe.utils import getdate

from nastavnik_app.desk import due, figures, notices
from nastavnik_app.desk.awaited import AWAITED
from nastavnik_app.rules.states import DIRECTOR
from nastavnik_app.tests.builders import as_user
from nastavnik_app.tests.builders_authority import AuthorityTestCase, draft_return, step


class TestAwaitedReturns(AuthorityTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.name = draft_return(self.school).name

	def step(self, user: str, action: str, **values: str) -> None:
		step(self.name, user, action, **values)

	def waits_for(self) -> dict[str, str]:
		"""Who is told of the return, by the card and by the message, and with which words."""
		told = {}
		users = {"director": self.school.director, "curator": self.school.curator, "officer": self.officer}
		for role, user in users.items():
			with as_user(user):
				counted = figures.awaiting_decision()["value"]
				items = [one for section in due.sections(user, getdate()) for one in section.items]
			notes = [one.note for one in items if one.url.endswith(self.name)]
			self.assertEqual(counted, len(notes), role)
			if notes:
				told[role] = notes[0]
		return told

	def test_all_that_the_director_is_asked_to_approve_is_counted(self) -> None:
		self.assertLessEqual(set(notices.APPROVALS), {one.doctype for one in AWAITED if one.role == DIRECTOR})

	def test_each_is_told_in_turn(self) -> None:
		self.assertEqual(self.waits_for(), {})
		self.step(self.school.curator, "Send for Approval")
		self.assertEqual(self.waits_for(), {"director": "to approve"})
		self.step(self.school.director, "Return With Remark", remark="Нет групп")
		self.assertEqual(self.waits_for(), {"curator": "came back with a remark"})
		self.step(self.school.curator, "Send for Approval")
		self.step(self.school.director, "Approve")
		self.step(self.school.curator, "Send to the Authority")
		self.assertEqual(self.waits_for(), {"officer": "to accept or send back"})
		self.step(self.officer, "Send Back", remark="Нет групп")
		self.assertEqual(self.waits_for(), {"curator": "sent back by the authority"})
