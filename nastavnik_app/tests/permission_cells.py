"""docs/permissions.md as cells: a user in a role before a record, and what the page lets him do with it."""

from __future__ import annotations

import runpy
from dataclasses import dataclass
from pathlib import Path

from nastavnik_app.permissions import READING
from nastavnik_app.rules.scope import SCOPE_FIELD, WRITTEN_BY_MENTORS
from nastavnik_app.rules.states import OFFICER, PARTICIPANT
from nastavnik_app.tests.two_schools import MANAGER, MENTOR

PAGE = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "permission_page.py"))
ACTIONS = (*PAGE["LETTERS"], "import", "share")


def table() -> dict[str, dict[str, set[str]]]:
	"""DocType → role → actions, as the DocType files say."""
	found: dict[str, dict[str, set[str]]] = {}
	for doctype in PAGE["doctypes"]():
		for row in doctype["permissions"]:
			actions = {action for action in ACTIONS if row.get(action)}
			found.setdefault(doctype["name"], {}).setdefault(row["role"], set()).update(actions)
	return found


@dataclass(frozen=True)
class Cell:
	"""A user in a role before a record, of the own school or of another; `name` is empty where a DocType has none."""

	user: str
	role: str
	doctype: str
	name: str
	own: bool
	of_authority: bool = False

	@property
	def granted(self) -> set[str]:
		"""What the first table gives the role, whatever the row."""
		role = PARTICIPANT if self.role.startswith(PARTICIPANT) else self.role
		return TABLE[self.doctype].get(role, set())

	def may(self, action: str) -> bool:
		"""What the page says: the first table, then the rows that are left."""
		role = PARTICIPANT if self.role.startswith(PARTICIPANT) else self.role
		if action not in self.granted:
			return False
		if role == MANAGER or self.doctype not in SCOPE_FIELD:
			return True
		if not self.own:
			return False
		if role == PARTICIPANT:
			return self._of_own_pair(action)
		if self.of_authority != (role == OFFICER):
			return self._across(action, role)
		return True

	def _of_own_pair(self, action: str) -> bool:
		if self.of_authority:
			return self.doctype == "Mentoring Material" and action in READING
		if self.doctype in WRITTEN_BY_MENTORS and action in ("create", "write", "delete"):
			return self.role == MENTOR
		# the consent is the mentor's, and the order is not signed
		is_own = (
			PAGE["NARROWED"][self.doctype][1] != PAGE["NOBODY"]
			and self.doctype != "Mentoring Order"
			and (self.doctype != "Consent" or self.role == MENTOR)
		)
		return is_own and action in READING

	def _across(self, action: str, role: str) -> bool:
		"""Between a school and its authority."""
		if role != OFFICER:
			return self.doctype == "Mentoring Material" and action in READING
		if self.doctype == "Educational Organization":
			return action in READING
		return self.doctype == "Program Return" and action in (*READING, "write", "submit")


TABLE = table()
