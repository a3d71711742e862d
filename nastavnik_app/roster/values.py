"""What a cell says, by the kind of its column. Each reader gives a value, or raises `Unfit` with what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Any

from nastavnik_app.roster.model import Unfit
from nastavnik_app.roster.tables import text_of
from nastavnik_app.rules.messages import Message, _
from nastavnik_app.rules.spreadsheets import as_cell, text_in

NOTHING = frozenset(("", "-", "–", "—", "нет данных", "н/д"))
LONGEST_TEXT = 5000  # characters of a text field without a bound of its own
MOST_LINKS, SHOWN = 50, 140  # titles in a cell, characters of a value in a message
LONGEST_ADDRESS = 140
EARLIEST, LATEST = 1900, 2100
MOST_YEARS = 120
CLASS_EXAMPLES = "8Б, 8 «Б»"
GENDERS = {
	"Female": ("женский", "жен", "ж", "female", "девочка", "женщина"),
	"Male": ("мужской", "муж", "м", "male", "мальчик", "мужчина"),
}
YES, NO = ("да", "+", "yes", "1", "true", "истина", "v", "есть"), ("нет", "no", "0", "false", "ложь")
CLEARANCES = {
	"Received": ("получена", "есть", "да", "received"),
	"Not Received": ("не получена", "нет", "not received"),
}
_DAY = re.compile(r"(\d{1,2})\s?[.,-]\s?(\d{1,2})\s?[.,-]\s?(\d{4})\s?(?:г\.?|года)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_SHORT_YEAR = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}\s?(?:г\.?)?")
_CLASS = re.compile(r"(\d{1,2})\s*(?:класс|кл\.?)?[\s\-–«\"'“„]*([А-ЯЁа-яё]?)[\s»\"'”“]*(?:класс|кл\.?)?")
_MAIL = re.compile(
	r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
_PHONE = re.compile(r"[0-9 +_\-,.*#()]{1,20}")  # what Frappe takes
_NAME = re.compile(r"[^\W\d_]+(?:[-'’` .()]+[^\W\d_]+)*[.)]?")
_INITIALS = re.compile(r"\b[^\W\d_]\.")
_CYRILLIC, _LATIN = re.compile(r"[Ѐ-ӿ]"), re.compile(r"[A-Za-z]")
_ERROR = re.compile(
	r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|Н/Д|ЗНАЧ!|ССЫЛКА!|ИМЯ\?|ДЕЛ/0!|ЧИСЛО!|ПУСТО!)"
)


@dataclass(frozen=True)
class Context:
	"""What the cells are read against: today, the lengths of fields, and for links the names of records by title."""

	today: date
	lengths: Mapping[str, int] = field(default_factory=dict)
	dictionaries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def plain(value: Any) -> str:
	"""The text of a cell; empty for a dash."""
	text = text_in(text_of(value))
	return "" if text.casefold() in NOTHING else text


def as_read_back(text: str) -> str:
	"""A stored text as a list that the app has exported says it."""
	return line(plain(as_cell(text)))


def line(text: str) -> str:
	"""A text in one line, with single blanks."""
	return " ".join(text.split())


def folded(title: str) -> str:
	"""A title as it is compared: case, «ё», quotes, dashes and spaces aside."""
	title = re.sub(r"[«»\"“”„']", "", title.casefold().replace("ё", "е"))
	return line(re.sub(r"\s*[-–—]\s*", "-", title))


def read(kind: str, field_name: str, value: Any, context: Context) -> Any:
	"""The value of a filled cell; None where the cell is empty. Raises `Unfit`."""
	text = plain(value)
	if not text:
		return None
	if _ERROR.fullmatch(text):
		raise Unfit(
			_("The cell holds the error of a formula."),
			_("Type the value in place of the formula, or empty the cell."),
		)
	found = READERS[kind](text, value, field_name, context)
	for part in found.items() if isinstance(found, dict) else [(field_name, found)]:
		_refuse_too_long(*part, context)
	return found


def _refuse_too_long(field_name: str, value: Any, context: Context) -> None:
	longest = context.lengths.get(field_name, LONGEST_TEXT)
	if isinstance(value, str) and len(value) > longest:
		raise Unfit(
			_("The text is too long: {0} characters.").format(len(value)),
			_("Leave at most {0} characters.").format(longest),
		)


def _text(text: str, value: Any, field_name: str, context: Context) -> str:
	return line(text) if field_name in context.lengths else text  # what has a length is one line


def _day(text: str, value: Any, field_name: str, context: Context) -> date:
	remedy = _("Write the day as dd.mm.yyyy, for example 01.09.2012.")
	if isinstance(value, datetime | date):
		found = value.date() if isinstance(value, datetime) else value
		return _bounded(found)
	if isinstance(value, int | float) and not isinstance(value, bool) and 10_000 <= value <= 80_000:
		meant = date(1899, 12, 30) + timedelta(days=int(value))
		raise Unfit(
			_("A number stands where a date is wanted."),
			_("Give the cell the format of a date. As a date the number is {0}: check it.").format(
				f"{meant:%d.%m.%Y}"
			),
		)
	if _SHORT_YEAR.fullmatch(text):
		raise Unfit(_("The year has two digits."), _("Write the year with four digits: dd.mm.yyyy."))
	written = _DAY.fullmatch(text)
	iso = _ISO.fullmatch(text)
	if not written and not iso:
		raise Unfit(_("This is not a date."), remedy)
	year, month, day = (int(part) for part in (written.groups()[::-1] if written else iso.groups()))
	try:
		return _bounded(date(year, month, day))
	except ValueError:
		raise Unfit(
			_("There is no such day in the calendar."), _("Check the day and the month: dd.mm.yyyy.")
		) from None


def _bounded(day: date) -> date:
	if not EARLIEST <= day.year <= LATEST:
		raise Unfit(_("The year cannot be right."), _("Check the year: dd.mm.yyyy."))
	return day


def _birth(text: str, value: Any, field_name: str, context: Context) -> date:
	born = _day(text, value, field_name, context)
	if born > context.today:
		raise Unfit(_("The birth date is in the future."), _("Check the year of birth."))
	if context.today.year - born.year > MOST_YEARS:
		raise Unfit(_("The year cannot be right."), _("Check the year of birth."))
	return born


def _one_of(words: Mapping[str, tuple[str, ...]], text: str, fault: Message) -> str:
	word = text.casefold().rstrip(".")
	for found, ways in words.items():
		if word in ways:
			return found
	raise Unfit(fault, _("Write one of: {0}.").format(", ".join(ways[0] for ways in words.values())))


def _gender(text: str, value: Any, field_name: str, context: Context) -> str:
	return _one_of(GENDERS, text, _("The sex is not known by this word."))


def _clearance(text: str, value: Any, field_name: str, context: Context) -> str:
	return _one_of(CLEARANCES, text, _("It is not clear whether the certificate was received."))


def _yes(text: str, value: Any, field_name: str, context: Context) -> int:
	words = {"1": YES, "0": NO}
	return int(_one_of(words, text, _("Neither yes nor no.")))


def _number(text: str, value: Any, field_name: str, context: Context) -> int:
	digits = re.fullmatch(r"(\d{1,9})(?:\s?(?:лет|год|года|чел\.?))?", text)
	if not digits:
		raise Unfit(_("This is not a whole number."), _("Write a whole number in digits, without words."))
	if int(digits[1]) > 1000:
		raise Unfit(_("The number cannot be right."), _("Check the number."))
	return int(digits[1])


def _school_class(text: str, value: Any, field_name: str, context: Context) -> str:
	found = _CLASS.fullmatch(line(text))
	if not found:
		if text[:1].isdigit() or text.casefold().startswith("класс"):
			raise Unfit(_("This is not a class."), _("Write the class as {0}.").format(CLASS_EXAMPLES))
		return line(text)  # «группа П-21» of a college
	if not 1 <= int(found[1]) <= 12:
		raise Unfit(
			_("There is no such class."), _("Write a class from 1 to 12, as {0}.").format(CLASS_EXAMPLES)
		)
	return f"{int(found[1])}{found[2].upper()}"


def _phone(text: str, value: Any, field_name: str, context: Context) -> str:
	digits = re.sub("[^0-9]", "", text)
	if re.search(r"[^\W\d_]", text):
		raise Unfit(
			_("A phone number has no letters."), _("Leave the number alone; put words into another column.")
		)
	if len(digits) > 15 or re.search(r"[;/\n]", text):
		raise Unfit(_("There are several numbers in the cell."), _("Leave one number."))
	if len(digits) == 11 and digits[0] in "78":
		return f"+7 {digits[1:4]} {digits[4:7]}-{digits[7:9]}-{digits[9:]}"
	if len(digits) == 10 and digits[0] == "9":
		return f"+7 {digits[:3]} {digits[3:6]}-{digits[6:8]}-{digits[8:]}"
	is_foreign = text.startswith("+") and digits[:1] != "7"
	if not (is_foreign or 5 <= len(digits) <= 7) or not _PHONE.fullmatch(line(text)):
		raise Unfit(_("This is not a phone number."), _("Write it as +7 900 000-00-00."))
	return line(text)


def _mail(text: str, value: Any, field_name: str, context: Context) -> str:
	if _CYRILLIC.search(text):
		raise Unfit(_("The address has Russian letters."), _("Type the address again with Latin letters."))
	if (
		len(text) > LONGEST_ADDRESS
		or not _MAIL.fullmatch(text)
		or ".." in text
		or ".@" in text
		or text.startswith(".")
	):
		raise Unfit(_("This is not an e-mail address."), _("Write one address, as name@school.ru."))
	return text


def _somebody(text: str, value: Any, field_name: str, context: Context) -> str:
	text = line(text)
	if _CYRILLIC.search(text) and _LATIN.search(text):
		raise Unfit(
			_("Latin letters stand among the Russian ones: {0}.").format("".join(_LATIN.findall(text))),
			_("Type the name again with Russian letters."),
		)
	if not _NAME.fullmatch(text):
		raise Unfit(
			_("A name has nothing but letters."), _("Leave the name alone, without digits and signs.")
		)
	return text


def _part_of_name(text: str, value: Any, field_name: str, context: Context) -> str:
	text = _somebody(text, value, field_name, context)
	if _INITIALS.search(text):
		raise Unfit(_("Initials stand in place of the name."), _("Write the name in full."))
	return text


def _full_name(text: str, value: Any, field_name: str, context: Context) -> dict[str, str]:
	parts = _part_of_name(text, value, field_name, context).split()
	if len(parts) < 2:
		raise Unfit(
			_("The first name is missing."), _("Write the surname, the first name and the patronymic.")
		)
	return {"last_name": parts[0], "first_name": parts[1], "middle_name": " ".join(parts[2:])}


def _code(text: str, value: Any, field_name: str, context: Context) -> str:
	return text


def _link(text: str, value: Any, field_name: str, context: Context) -> str:
	known = context.dictionaries.get(field_name, {})
	name = known.get(folded(text))
	return name if name else _unknown(text, known)


def _links(text: str, value: Any, field_name: str, context: Context) -> list[str]:
	"""Titles separated by semicolons, lines or commas, which may stand in a title as well."""
	known = context.dictionaries.get(field_name, {})
	pieces = re.split(r"([;\n,])", text)
	if len(pieces) > 2 * MOST_LINKS:
		raise Unfit(_("The cell lists more than {0}.").format(MOST_LINKS), _("Leave those that matter."))
	found: list[str] = []
	at = 0
	while at < len(pieces):
		ends = range(len(pieces), at, -2)
		end = next((end for end in ends if folded("".join(pieces[at:end])) in known), at + 1)
		written = "".join(pieces[at:end])
		if written.strip():
			found.append(known.get(folded(written)) or _unknown(written.strip(), known))
		at = end + 1
	return list(dict.fromkeys(found))


def _unknown(text: str, known: Mapping[str, str]) -> str:
	close = known.close_to(text[:SHOWN]) if isinstance(known, Titles) else []
	if close:
		told = "; ".join(f"«{title}»" for title in close)
		remedy = _("Perhaps: {0}. Write it as in the dictionary.").format(told)
	else:
		remedy = _("Write it as in the dictionary, or add it there first.")
	raise Unfit(_("“{0}” is not in the dictionary.").format(text[:SHOWN]), remedy)


class Titles(dict):
	"""Names of records by their folded title."""

	def __init__(self, names: Mapping[str, str]) -> None:
		"""`names`: title → name."""
		super().__init__((folded(title), name) for title, name in names.items())
		self._written = {folded(title): title for title in names}
		self._asked: dict[str, list[str]] = {}

	def close_to(self, text: str) -> list[str]:
		"""Titles that are written almost so, the closest first."""
		if text not in self._asked:
			found = get_close_matches(folded(text), self._written, n=3, cutoff=0.6)
			self._asked[text] = [self._written[one] for one in found]
		return self._asked[text]


Reader = Callable[[str, Any, str, Context], Any]
READERS: dict[str, Reader] = {
	"birth_date": _birth,
	"clearance": _clearance,
	"code": _code,
	"date": _day,
	"email": _mail,
	"full_name": _full_name,
	"gender": _gender,
	"link": _link,
	"links": _links,
	"name_part": _part_of_name,
	"number": _number,
	"phone": _phone,
	"school_class": _school_class,
	"somebody": _somebody,
	"text": _text,
	"yes": _yes,
}
