"""Numbers, dates and texts: conversions that never surprise a caller with an exception."""

import datetime
import re
from contextlib import suppress
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import frappe
from dateutil import parser as date_parser
from dateutil.relativedelta import relativedelta

DATE_FORMAT = "%Y-%m-%d"
DATETIME_FORMAT = DATE_FORMAT + " %H:%M:%S.%f"
DateLike = str | datetime.date | datetime.datetime | None


def cstr(s: Any) -> str:
	if s is None:
		return ""
	return s.decode() if isinstance(s, bytes) else str(s)


def cint(s: Any, default: int = 0) -> int:
	if type(s) is int:
		return s
	try:
		return int(float(s))
	except (ValueError, TypeError, OverflowError):
		return default


def flt(s: Any, precision: int | None = None) -> float:
	"""A number; rounded half to even, told apart from the noise of binary fractions."""
	try:
		number = float(s.replace(",", "") if isinstance(s, str) else s)
	except (ValueError, TypeError):
		return 0.0
	if precision is None:
		return number
	return float(round(Decimal(repr(number)), precision))


def get_system_timezone() -> str:
	return frappe.local.conf.get("time_zone") or "Europe/Moscow"


def now_datetime() -> datetime.datetime:
	"""The present moment in the site's time zone, without a zone of its own."""
	return datetime.datetime.now(ZoneInfo(get_system_timezone())).replace(tzinfo=None)


def now() -> str:
	return now_datetime().strftime(DATETIME_FORMAT)


def nowdate() -> str:
	return now_datetime().strftime(DATE_FORMAT)


today = nowdate


def getdate(string_date: DateLike = None) -> datetime.date | None:
	"""A date; today for None; None for the empty date `0000-00-00`."""
	if string_date is None or string_date == "":
		return now_datetime().date()
	if isinstance(string_date, datetime.datetime):
		return string_date.date()
	if isinstance(string_date, datetime.date):
		return string_date
	text = str(string_date)
	with suppress(ValueError):
		return datetime.date.fromisoformat(text)  # as the columns have it
	try:
		return None if text.startswith("0000-00-00") else date_parser.parse(text).date()
	except (ValueError, OverflowError):
		text = frappe._("{} is not a valid date string.").format(frappe.bold(text))
		frappe.throw(text, title=frappe._("Invalid Date"))


def get_datetime(datetime_str: Any = None) -> datetime.datetime | None:
	if datetime_str is None:
		return now_datetime()
	if isinstance(datetime_str, datetime.datetime):
		return datetime_str
	if isinstance(datetime_str, datetime.date):
		return datetime.datetime.combine(datetime_str, datetime.time())
	text = str(datetime_str)
	if not text or text.startswith("0000-00-00"):
		return None
	return date_parser.parse(text)


def add_to_date(
	date: DateLike = None, *, as_string: bool = False, as_datetime: bool = False, **parts: float
) -> Any:
	"""Moves by years, months, weeks, days, hours …: text in, text out; a date in, a date out."""
	if date is None:
		date = now_datetime()
	if isinstance(date, str):
		as_string, as_datetime = True, as_datetime or " " in date
		date = date_parser.parse(date)
	moved = date + relativedelta(**parts)
	if not as_string:
		return moved
	return moved.strftime(DATETIME_FORMAT if as_datetime or "hours" in parts else DATE_FORMAT)


def add_days(date: DateLike, days: float) -> Any:
	return add_to_date(date, days=days)


def add_years(date: DateLike, years: int) -> Any:
	return add_to_date(date, years=years)


def date_diff(string_ed_date: DateLike, string_st_date: DateLike) -> int:
	"""Days from the second to the first."""
	return (getdate(string_ed_date) - getdate(string_st_date)).days


def strip_html(text: Any) -> str:
	return re.sub(r"<[^>]*>", "", cstr(text))
