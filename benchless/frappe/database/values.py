"""Python values in SQLite columns: dates and times as ISO text, read back as what they were."""

import datetime
import decimal
import sqlite3
from typing import Any

DATETIME_FORMAT = "%Y-%m-%d %H:%M:%S.%f"
# field types whose text has a limit, in characters
VARCHAR_TYPES = frozenset(("Data", "Link", "Dynamic Link", "Select", "Read Only", "Color"))
_TEXT_TYPES = (
	"Small Text", "Text", "Long Text", "Text Editor", "Code", "HTML Editor", "JSON", "Attach", "Attach Image",
	"Password",
)  # fmt: skip
TEXT = "TEXT COLLATE frappe"
# names, and what is one of a closed list, always stand as they were first written: SQLite's own comparison serves,
# and is many times faster
KEY = "TEXT COLLATE NOCASE"
# declared column type of each field type; fields that hold no value are absent
COLUMN_TYPES = {
	**dict.fromkeys(("Int", "Check"), "INTEGER"),
	**dict.fromkeys(("Float", "Currency", "Percent"), "REAL"),
	"Date": "DATETEXT",
	"Datetime": "DATETIMETEXT",
	**dict.fromkeys((*VARCHAR_TYPES, *_TEXT_TYPES), TEXT),
	**dict.fromkeys(("Link", "Dynamic Link", "Select"), KEY),
}
NUMERIC_TYPES = frozenset(name for name, column in COLUMN_TYPES.items() if column in ("INTEGER", "REAL"))


def to_sql(value: Any) -> Any:
	"""A value as SQLite stores it."""
	if value is None or type(value) in (str, int, float, bytes):
		return value
	if isinstance(value, datetime.datetime):
		return value.strftime(DATETIME_FORMAT)
	if isinstance(value, datetime.date):
		return value.isoformat()
	if isinstance(value, int):
		return int(value)
	return float(value) if isinstance(value, decimal.Decimal) else str(value)


def parse_date(text: str) -> datetime.date | str:
	try:
		return datetime.date.fromisoformat(text[:10])
	except ValueError:
		return text


def parse_datetime(text: str) -> datetime.datetime | str:
	try:
		return datetime.datetime.fromisoformat(text)
	except ValueError:
		return text


# columns declared so come back as dates and times
sqlite3.register_converter("DATETEXT", lambda raw: parse_date(raw.decode()))
sqlite3.register_converter("DATETIMETEXT", lambda raw: parse_datetime(raw.decode()))
