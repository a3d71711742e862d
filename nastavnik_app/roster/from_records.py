"""What the records of the school's other apps say of a person, read with the same readers as the cells of a list."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nastavnik_app.roster import values
from nastavnik_app.roster.columns import REPRESENTATIVES
from nastavnik_app.roster.known import folded_name
from nastavnik_app.roster.model import NAME_PARTS, Unfit
from nastavnik_app.rules.messages import Message, _

# the words of Education for who a guardian is; «Others» says nothing
RELATIONS = {"Mother": "мать", "Father": "отец"}
LONGEST = 140  # characters
LAST_CLASS = 12
_PATRONYMIC = re.compile(r".{2,}(?:ич|вна|ична)|.*(?:оглы|оглу|кызы|гызы|уулу|улы)", re.IGNORECASE)
_OF_WOMAN = re.compile(r".{2,}(?:вна|ична)|.*(?:кызы|гызы)", re.IGNORECASE)
_YEARS = re.compile(
	r"\b20\d\d(?:\s*[-–/]\s*(?:20)?\d\d)?\b(?:\s*(?:уч\.?|учебный)?\s*г(?:од|\.)?)?", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_CLASS = re.compile(r"\d{1,2}[А-ЯЁ]?")
_LETTER = re.compile(r"[«\"]?([А-ЯЁа-яё])[»\"]?")


@dataclass(frozen=True)
class Facts:
	"""A person as another app keeps him. `values` are fields of ours, filled ones alone; `passed_over` says which
	value could not be read, and why; `refusal`, why no person can be made of the record."""

	source: str
	title: str
	values: dict[str, Any] = field(default_factory=dict)
	representatives: tuple[dict[str, str], ...] = ()
	passed_over: tuple[tuple[Message, Message], ...] = ()
	refusal: Message | None = None


@dataclass(frozen=True)
class Differences:
	"""What is to be written into a record: fields, and rows of representatives by their place (None: a new row)."""

	values: dict[str, Any]
	rows: list[tuple[int | None, dict[str, str]]]

	def __bool__(self) -> bool:
		return bool(self.values or self.rows)


class Reader:
	"""Reads the values of one record; what cannot be read is passed over, and noted."""

	def __init__(self, today: date) -> None:
		self.today = today
		self.passed_over: list[tuple[Message, Message]] = []

	def read(self, kind: str, label: Message, value: Any) -> Any:
		"""The value as lists are read; None, and noted as passed over, where it does not fit."""
		try:
			found = values.read(kind, kind, value, values.Context(self.today))
		except Unfit as unfit:
			self.passed_over.append((label, unfit.fault))
			return None
		return found[:LONGEST] if isinstance(found, str) else found

	def phone(self, *given: str | None) -> str | None:
		"""The first number that is one."""
		return self._first("phone", _("Phone"), given)

	def email(self, *given: str | None) -> str | None:
		"""The first address that fits."""
		return self._first("email", _("E-mail"), given)

	def gender(self, given: str | None) -> str | None:
		"""Of the two that the app knows; None for any other word."""
		try:
			return values.read("gender", "gender", given, values.Context(self.today))
		except Unfit:
			return None  # other words than two: left to the school

	def birth_date(self, given: Any) -> date | None:
		"""A day; None, and noted as passed over, where it is none."""
		return self.read("birth_date", _("Birth Date"), given)

	def facts(
		self,
		source: str,
		title: str,
		found: dict[str, Any],
		name: tuple[str | None, str | None, str | None],
		representatives: tuple[dict[str, str], ...] = (),
	) -> Facts:
		"""The person of a record out of what was found in it; `name` as `name_parts` takes it."""
		refusal = None
		try:
			found = found | name_parts(*name)
		except Unfit as unfit:
			refusal = unfit.fault
		filled = {field_name: value for field_name, value in found.items() if value}
		return Facts(source, title, filled, representatives, tuple(self.passed_over), refusal)

	def _first(self, kind: str, label: Message, given: Sequence[str | None]) -> str | None:
		before = len(self.passed_over)
		for value in given:
			found = self.read(kind, label, value)
			if found:
				del self.passed_over[before:]
				return found
		return None


def name_parts(first: str | None, middle: str | None, last: str | None) -> dict[str, str]:
	"""Surname, first name and patronymic out of three fields that are often filled otherwise than they are called.
	Raises `Unfit`."""
	first, middle, last = (values.line(part or "") for part in (first, middle, last))
	words = first.split()
	if not last and not middle and len(words) > 1:
		return parts_of_whole(first)
	if not middle and len(words) == 2 and _PATRONYMIC.fullmatch(words[1]):
		first, middle = words
	return _read_names(last, first, middle)


def parts_of_whole(name: str) -> dict[str, str]:
	"""A name in one field, the surname first or last; the patronymic tells which. Raises `Unfit`."""
	words = name.split()
	before_last, last = (bool(_PATRONYMIC.fullmatch(word)) for word in ["", "", *words][-2:])
	surname_last = len(words) > 2 and before_last and (not last or _OF_WOMAN.fullmatch(words[-2]))
	if len(words) < 3 or not (surname_last or (last and not before_last)):
		raise Unfit(
			_("Which part of “{0}” is the surname cannot be told.").format(name),
			_("Enter surname and first name in their own fields."),
		)
	if surname_last:
		words = [words[-1], *words[:-1]]
	return _read_names(words[0], words[1], " ".join(words[2:]))


def _read_names(*texts: str) -> dict[str, str]:
	"""The parts of a name, each as a cell of a list is read; dashes stand for nothing."""
	context = values.Context(date.max)
	parts = {
		part: values.read("name_part", "", text, context)
		for part, text in zip(NAME_PARTS, texts, strict=True)
	}
	for part, missing in (
		("last_name", _("The surname is missing.")),
		("first_name", _("The first name is missing.")),
	):
		if not parts[part]:
			raise Unfit(missing, _("Enter it there."))
	return {part: text[:LONGEST] for part, text in parts.items() if text}


def class_of(group: str | None, program: str | None, batch: str | None) -> str | None:
	"""«8Б» out of the name of a student group («8 «Б» 2026/27»), or of a program («8 класс») and a batch («Б»); a group
	of another name as it is called."""
	plain = values.line(_YEARS.sub(" ", group or "")).strip(" -–,/()")
	for text in (plain, batch):
		found = _as_class(text)
		if found:
			return found
	number = _NUMBER.search(_YEARS.sub(" ", program or ""))
	if number and 1 <= int(number[1]) <= LAST_CLASS:
		letter = _LETTER.fullmatch(values.line(batch or "")) or _LETTER.fullmatch(plain)
		return f"{int(number[1])}{letter[1].upper() if letter else ''}"
	return (plain or values.line(batch or ""))[:LONGEST] or None


def _as_class(text: str | None) -> str | None:
	try:
		found = values.read("school_class", "", text, values.Context(date.max)) or ""
	except Unfit:
		return None
	return found if _CLASS.fullmatch(found) else None


def differences(
	kept: Mapping[str, Any],
	kept_rows: Sequence[Mapping[str, Any]],
	facts: Facts,
	overwrite: Collection[str] = (),
) -> Differences:
	"""What a record lacks of the facts; fields in `overwrite` become what the facts say. Nothing is ever emptied."""
	found = {
		name: value
		for name, value in facts.values.items()
		if (name in overwrite or not kept.get(name)) and not _same(kept.get(name), value)
	}
	rows: list[tuple[int | None, dict[str, str]]] = []
	for given in facts.representatives:
		place = _place_of(given, kept_rows)
		if place is None:
			rows.append((None, given))
			continue
		row = kept_rows[place]
		changes = {
			name: value
			for name, value in given.items()
			if (REPRESENTATIVES in overwrite or not row.get(name)) and not _same(row.get(name), value)
		}
		if changes:
			rows.append((place, changes))
	return Differences(found, rows)


def _place_of(given: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> int | None:
	"""The row of a guardian: linked to him, or of his name and linked to nobody."""
	for place, row in enumerate(rows):
		if row.get("guardian") and row.get("guardian") == given["guardian"]:
			return place
	for place, row in enumerate(rows):
		if not row.get("guardian") and folded_name(row.get("full_name") or "") == folded_name(
			given["full_name"]
		):
			return place
	return None


def _same(kept: Any, given: Any) -> bool:
	return str(kept or "") == str(given or "")
