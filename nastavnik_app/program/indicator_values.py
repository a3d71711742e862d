"""The values of the indicators as they are kept: of today, written anew by the clock; of a day, frozen for good."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import cint, getdate, now_datetime

from nastavnik_app.program.indicators import BY_HAND, INDICATOR, Indicator, count_all, enabled, scope_of
from nastavnik_app.rules import indicators as rules
from nastavnik_app.rules.indicators import Goal, Target, Value
from nastavnik_app.rules.states import STANDING_RETURNS
from nastavnik_app.translation import translated

VALUE = "Mentoring Indicator Value"
COUNTED = "From Records"


@dataclass(frozen=True)
class Judgement:
	"""What an indicator of a programme is held against."""

	targets: tuple[Target, ...]
	op: str
	tolerance: float

	def of(self, value: Value, year: int) -> dict[str, Any]:
		"""The fields of a value that say how it stands."""
		base, goal = rules.base_of(self.targets), rules.goal_of(self.targets, year)
		binds = bool(goal and goal.binds)
		return {
			"base_value": base.value if base else 0,
			"target": goal.value if goal else 0,
			"has_target": int(bool(goal)),
			"target_year": goal.year if goal else 0,
			"op": self.op,
			"tolerance": self.tolerance,
			"standing": rules.standing(value, goal.value, self.op, self.tolerance) if binds else None,
			"way_gone": _way_gone(value, base, goal),
		}


def _way_gone(value: Value, base: Target | None, goal: Goal | None) -> float:
	return rules.way_gone(value, base and base.value, goal and goal.value) or 0


def judgements_of(program: str, indicators: Iterable[Indicator]) -> dict[str, Judgement]:
	"""By indicator: the programme's own targets beat those of the dictionary for the same year."""
	rows = frappe.get_all(
		"Program Target",
		filters={"parent": program, "parenttype": "Mentoring Program", "indicator": ["is", "set"]},
		fields=["indicator", "op", "tolerance", "base_year", "base_value", "target_year", "target_value"],
		order_by="idx asc",
	)
	own = defaultdict(list)
	for row in rows:
		own[row.indicator].append(row)
	return {one.name: _judgement(one, own[one.name]) for one in indicators}


def _judgement(indicator: Indicator, rows: list[Any]) -> Judgement:
	by_year = {(target.year, target.base): target for target in indicator.targets}
	op, tolerance = indicator.op, indicator.tolerance
	for row in rows:
		if row.base_year:
			by_year[row.base_year, True] = Target(row.base_year, row.base_value, base=True)
		if row.target_year:
			by_year[row.target_year, False] = Target(row.target_year, row.target_value)
		op, tolerance = row.op or op, row.tolerance or tolerance
	return Judgement(tuple(by_year.values()), op, tolerance)


def value_of(row: Any) -> Value:
	"""The value that a stored row says."""
	if row.way == BY_HAND and not row.denominator:
		return rules.by_hand(row.value, is_share=row.unit == "%") if row.has_value else Value()
	is_share = bool(row.denominator) or not row.has_value
	numerator = None if row.numerator is None else cint(row.numerator)
	return Value(numerator, cint(row.denominator) or None, is_share, by_hand=row.way == BY_HAND)


def values_of(program: str, day: date) -> dict[str, Value]:
	"""What each indicator says of a programme on a day: counted now, or entered by hand by that day."""
	said = {row["indicator"]: row for row in _rows_of(frappe.get_doc("Mentoring Program", program), day)}
	return {name: value_of(frappe._dict(row)) for name, row in said.items()}


def count(program: str, day: date | None = None) -> None:
	"""Writes the values of today, at the latest of the programme's last day, in place of yesterday's; what is entered
	by hand stays. Called daily."""
	about = frappe.get_doc("Mentoring Program", program)
	rows = _rows_of(about, day or last_day_of(about))
	by_hand = frappe.get_all(INDICATOR, filters={"value_from": BY_HAND}, pluck="name")
	rows = [row for row in rows if row["way"] == COUNTED]
	current = {"program": program, "frozen": 0, "indicator": ["not in", [*by_hand, ""]]}
	names = dict(frappe.get_all(VALUE, filters=current, fields=["value_key", "name"], as_list=True))
	frappe.db.delete(VALUE, current)
	_insert([{**row, "frozen": 0, "value_key": key(program, row["indicator"], "now")} for row in rows], names)


def last_day_of(program: Document) -> date:
	"""The last of its days that has come: today, at the latest the last day of the programme."""
	return min(getdate(), getdate(program.period_end))


def freeze(program: str, day: date) -> None:
	"""Keeps what the indicators say of a day, whatever becomes of the records; what is frozen already stands.

	Called when a return is approved and when a programme is closed; each of them says on which day (`frozen_on`).
	"""
	rows = _rows_of(frappe.get_doc("Mentoring Program", program), day)
	rows = [
		{**row, "frozen": 1, "on_date": day, "value_key": key(program, row["indicator"], str(day))}
		for row in rows
	]
	keys = ["in", [row["value_key"] for row in rows] or [""]]
	frozen = set(frappe.get_all(VALUE, filters={"value_key": keys}, pluck="value_key"))
	_insert([row for row in rows if row["value_key"] not in frozen], {})


def release(program: str, day: date) -> None:
	"""Lets go of the values frozen on a day where nothing rests on them any more.

	Called when a return is cancelled, when a closing is undone, and before a return freezes values anew.
	"""
	if not _is_rested_on(program, day):
		frappe.db.delete(VALUE, {"program": program, "frozen": 1, "on_date": day})


def _is_rested_on(program: str, day: date) -> bool:
	"""Whether the programme was closed with the values of this day, or a return stands that was approved with them."""
	about = frappe.db.get_value(
		"Mentoring Program", program, ["organization", "workflow_state", "frozen_on"], as_dict=True
	)
	if about.workflow_state == "Closed" and about.frozen_on == day:
		return True
	standing = {
		"organization": about.organization,
		"frozen_on": day,
		"docstatus": 1,
		"workflow_state": ["in", STANDING_RETURNS],
	}
	return any(
		not one or one == program
		for one in frappe.get_all("Program Return", filters=standing, pluck="program")
	)


def freeze_closed(program: Document) -> None:
	"""Keeps what the indicators say of the last day of a programme that is being closed."""
	day = last_day_of(program)
	freeze(program.name, day)
	program.db_set("frozen_on", day)


def release_reopened(program: Document) -> None:
	day = program.frozen_on
	program.db_set("frozen_on", None)
	if day:
		release(program.name, getdate(day))


def key(program: str, indicator: str, when: str) -> str:
	"""One value of today, and one frozen on a day."""
	return f"{program}|{indicator}|{when}"


def _rows_of(program: Document, day: date) -> list[dict[str, Any]]:
	"""The values of a programme on a day, as rows to be kept."""
	indicators = enabled()
	tallies = count_all((one.definition for one in indicators if one.definition), scope_of(program, day))
	judgements = judgements_of(program.name, indicators)
	entered = _entered_by_hand(program.name, day)
	found = []
	for one in indicators:
		row = {"program": program.name, "organization": program.organization, "indicator": one.name}
		row |= {"title": one.title, "unit": one.unit, "on_date": day, "year": day.year}
		if one.definition:
			row |= _counted(one, tallies[one.definition][program.organization])
			value = tallies[one.definition][program.organization].value
		elif one.name in entered:
			row |= entered[one.name]
			value = value_of(entered[one.name])
		else:
			continue
		found.append(row | judgements[one.name].of(value, day.year))
	return found


def _counted(indicator: Indicator, said: rules.Tally) -> dict[str, Any]:
	shown = said.value.shown(indicator.decimals)
	return {
		"way": COUNTED,
		"numerator": said.number,
		"denominator": said.whole or 0,
		"has_value": int(shown is not None),
		"value": shown or 0,
		"by_number": said.by_number,
		"problem": translated(said.problem) if said.problem else None,
		"definition": indicator.definition.line,
		"entered_by": None,
		"note": None,
		"evidence": None,
	}


def _entered_by_hand(program: str, day: date) -> dict[str, Any]:
	"""What a person entered of a programme by a day, by indicator."""
	fields = ["indicator", "way", "numerator", "denominator", "has_value", "value", "by_number", "problem"]
	rows = frappe.get_all(
		VALUE,
		filters={"program": program, "frozen": 0, "way": BY_HAND, "on_date": ["<=", day]},
		fields=[*fields, "definition", "entered_by", "note", "evidence", "unit"],
	)
	return {row.indicator: row for row in rows}


def _insert(rows: list[dict[str, Any]], names: dict[str, str]) -> None:
	if not rows:
		return
	now, user = now_datetime(), frappe.session.user
	stamps = {"creation": now, "modified": now, "owner": user, "modified_by": user, "docstatus": 0, "idx": 0}
	values = [
		(
			names.get(row["value_key"]) or frappe.generate_hash(length=10),
			*stamps.values(),
			*(row[field] for field in rows[0]),
		)
		for row in rows
	]
	frappe.db.bulk_insert(VALUE, ["name", *stamps, *rows[0]], values)
