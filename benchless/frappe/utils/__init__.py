"""frappe.utils, by list; files, background jobs and the clock.
Only what contract.txt lists."""

import re
from typing import Any

import babel.dates
import frappe
from frappe.utils.data import *  # noqa: F403
from frappe.utils.data import cstr, get_datetime, getdate

_EMAIL = re.compile(r"^[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\".]+$")
_PHONE = re.compile(r"^[0-9 +_\-,.*#()]{1,20}$")


def __getattr__(name: str) -> Any:
	if name.startswith("__"):
		raise AttributeError(name)
	text = f"frappe.utils.{name} is outside the contract of benchless; see benchless/contract.txt"
	raise frappe.OutsideContract(text)


def format_date(string_date: Any = None, format_string: str | None = None) -> str:
	"""The date in the site's format, or in `format_string` (`dd.mm.yyyy`, `d MMMM yyyy`, `medium`)."""
	if not string_date:
		return ""
	pattern = format_string or frappe.get_system_settings("date_format") or "dd.mm.yyyy"
	pattern = pattern.replace("mm", "MM").replace("Y", "y")  # Babel's months
	return babel.dates.format_date(getdate(string_date), pattern, locale=_locale())


formatdate = format_date


def format_datetime(datetime_string: Any) -> str:
	if not datetime_string:
		return ""
	moment = get_datetime(datetime_string)
	return f"{format_date(moment)} {babel.dates.format_time(moment, 'HH:mm:ss', locale=_locale())}"


def _locale() -> str:
	return (frappe.local.lang or "en").replace("-", "_")


def get_fullname(user: str | None = None) -> str:
	user = user or frappe.session.user
	return frappe.get_cached_value("User", user, "full_name") or user


def validate_email_address(email_str: Any, throw: bool = False) -> str:
	"""The addresses that are ones, joined by commas; with `throw`, an error for the first that is not."""
	good = []
	for part in filter(None, map(str.strip, cstr(email_str).split(","))):
		if _EMAIL.match(part):
			good.append(part)
		elif throw:
			text = frappe._("{0} is not a valid Email Address").format(part)
			frappe.throw(text, frappe.InvalidEmailAddressError)
	return ", ".join(good)


def validate_phone_number(phone_number: Any, throw: bool = False) -> bool:
	ok = bool(_PHONE.match(cstr(phone_number).strip()))
	if not ok and throw:
		text = frappe._("{0} is not a valid Phone Number").format(phone_number)
		frappe.throw(text, frappe.InvalidPhoneNumberError)
	return ok


def get_url(uri: str | None = None) -> str:
	"""The address of a page of the site: `host_name` of its configuration, else where the request came in."""
	request = frappe.local.request
	host = frappe.local.conf.get("host_name") or (
		request.host_url if request else f"http://{frappe.local.site}"
	)
	return host.rstrip("/") + "/" + (uri or "").lstrip("/")
