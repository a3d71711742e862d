"""Two schools with marked records, and all that random requests may name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

import frappe

from nastavnik_app.rules.scope import SCOPED_TABLES
from nastavnik_app.tests import two_schools
from nastavnik_app.tests.two_schools import Side
from nastavnik_app.tests.undone_requests import give_password
from nastavnik_app.workflow import LAYOUT

# words that stand in every text of a side's records and nowhere else
MARKS = {"first": "Zqfirst", "second": "Zqsecond"}
GUEST, NOBODY = "Guest", ""


@dataclass
class World:
	sides: dict[str, Side]
	manager: str
	tokens: list[str]

	def visitor(self, random: Random) -> tuple[str, str]:
		"""Side and user: of a school, a guest, or the site's manager, of no side."""
		drawn = random.random()
		if drawn < 0.05:
			return random.choice(list(self.sides)), GUEST
		if drawn < 0.08:
			return NOBODY, self.manager
		side = random.choice(list(self.sides))
		return side, random.choice(list(self.sides[side].users.values()))

	@cached_property
	def users(self) -> list[str]:
		return [*(user for side in self.sides.values() for user in side.users.values()), self.manager]

	@cached_property
	def doctypes(self) -> list[str]:
		return sorted({doctype for side in self.sides.values() for doctype, _name in side.everything()})

	@cached_property
	def tables(self) -> list[str]:
		return list(SCOPED_TABLES)

	@cached_property
	def fields(self) -> dict[str, list[str]]:
		"""Of each DocType and table; those of tables as a list names them."""
		return {
			doctype: ["name", "owner", "modified", *(df.fieldname for df in _columns(doctype))]
			for doctype in (*self.doctypes, *self.tables)
		}

	@cached_property
	def links(self) -> dict[tuple[str, str], str]:
		return {
			(doctype, df.fieldname): df.options
			for doctype in self.doctypes
			for df in frappe.get_meta(doctype).get_link_fields()
			if df.options in self.doctypes
		}

	@cached_property
	def names(self) -> dict[tuple[str, str], list[str]]:
		"""(side, DocType) → names."""
		found: dict[tuple[str, str], list[str]] = {}
		for key, side in self.sides.items():
			for doctype, name in side.everything():
				found.setdefault((key, doctype), []).append(name)
		return found

	def name_of(self, random: Random, side: str, doctype: str) -> str:
		sides = [side] if side in self.sides else list(self.sides)
		return random.choice(self.names.get((random.choice(sides), doctype), ["Administrator"]))

	@cached_property
	def ids(self) -> dict[str, set[str]]:
		"""Names that tell a side's record."""
		return {key: {name for _doctype, name in side.everything()} for key, side in self.sides.items()}

	@cached_property
	def files(self) -> list[str]:
		return [address for side in self.sides.values() for address in side.files.values()]

	@cached_property
	def reports(self) -> list[str]:
		return frappe.get_all(
			"Report", filters={"module": "Nastavnik App"}, pluck="name", order_by="name asc"
		)

	@cached_property
	def formats(self) -> dict[str, list[str]]:
		found: dict[str, list[str]] = {}
		for row in frappe.get_all("Print Format", fields=["name", "doc_type"], order_by="name asc"):
			found.setdefault(row.doc_type, []).append(row.name)
		return found

	@cached_property
	def report_filters(self) -> list[str]:
		from nastavnik_app.tests.test_all_reports import filters_of

		return sorted({one["fieldname"] for report in self.reports for one in filters_of(report)})

	def some_word(self, random: Random) -> str:
		return random.choice(["Тополев", "Ромашкин", "Школа", "Программа", "Zq"])


def _columns(doctype: str) -> list[Any]:
	return [df for df in frappe.get_meta(doctype).fields if df.fieldtype not in LAYOUT]


def make() -> World:
	"""Made by Administrator and committed: the requests have connections of their own."""
	sides = {key: two_schools.make_side(word) for key, word in MARKS.items()}
	for key, side in sides.items():
		two_schools.mark(side, MARKS[key])
	world = World(sides, two_schools.manager(), _tokens(sides))
	give_password(*world.users)
	frappe.db.commit()  # nosemgrep
	return world


def _tokens(sides: dict[str, Side]) -> list[str]:
	"""Links of a questionnaire, one of each side."""
	from frappe.utils import add_days, now_datetime

	from nastavnik_app.questionnaires.answering import digest

	tokens = []
	for side in sides.values():
		token = frappe.generate_hash(length=40)
		values = {
			"token_hash": digest(token),
			"expires_at": add_days(now_datetime(), 30),
			"status": "Invited",
		}
		frappe.db.set_value(
			"Mentoring Questionnaire Response", side.records["Mentoring Questionnaire Response"], values
		)
		tokens.append(token)
	return tokens


def remove(world: World) -> None:
	for side in world.sides.values():
		two_schools.remove_side(side)
	frappe.delete_doc("User", world.manager, force=True, ignore_permissions=True)
	frappe.db.commit()  # nosemgrep
