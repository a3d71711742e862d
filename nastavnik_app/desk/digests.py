"""One message a person with what is theirs to do: daily or weekly, as each chooses, in the person's language."""

from __future__ import annotations

import hmac
from datetime import date, timedelta
from urllib.parse import urlencode

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.translate import get_user_lang
from frappe.utils import formatdate, get_fullname, get_url, getdate
from werkzeug.wrappers import Response

from nastavnik_app.desk import due
from nastavnik_app.on_behalf import on_behalf_of
from nastavnik_app.rules.report_days import is_weekday, last_due
from nastavnik_app.rules.states import ROLES

DAILY, WEEKLY, NEVER = "Daily", "Weekly", "Never"
SETTINGS, LOOKED_ON = "Mentoring Settings", "digests_looked_on"
UNSUBSCRIBE = "/api/method/nastavnik_app.api.unsubscribe"
END = "/api/method/nastavnik_app.api.end_digest"
TEMPLATE = "nastavnik_app/templates/emails/personal_digest.html"
PAGE = "nastavnik_app/templates/pages/unsubscribe.html"


def send_due() -> None:
	"""Queues the message of everybody whose day it is, each a job of its own, so that one failure stops no other. A
	Monday on which the scheduler stood still is caught up."""
	today = getdate()
	due_today = {DAILY, WEEKLY} if _is_week_due(today) else {DAILY}
	frequency = dict(
		frappe.get_all("Mentoring Digest Preference", fields=["user", "frequency"], as_list=True)
	)
	for user in readers():
		if frequency.get(user, WEEKLY) in due_today:
			frappe.enqueue(
				"nastavnik_app.desk.digests.send",
				queue="long",
				job_id=f"nastavnik-personal-digest-{user}-{today}",
				deduplicate=True,
				enqueue_after_commit=True,
				user=user,
			)


def _is_week_due(today: date) -> bool:
	"""Whether a Monday has come since the last look before today; notes the look."""
	kept = frappe.db.get_single_value(SETTINGS, LOOKED_ON)
	looked_on = min(getdate(kept), today - timedelta(days=1)) if kept else None
	frappe.db.set_single_value(SETTINGS, LOOKED_ON, today, update_modified=False)
	return last_due(lambda day: is_weekday(day, "Monday"), looked_on, today) is not None


def readers() -> list[str]:
	"""Enabled users who work in the programme."""
	users = frappe.get_all(
		"Has Role", filters={"role": ["in", ROLES], "parenttype": "User"}, pluck="parent", distinct=True
	)
	return frappe.get_all(
		"User", filters={"name": ["in", [*users, ""]], "enabled": 1}, order_by="name asc", pluck="name"
	)


def send(user: str) -> bool:
	"""Sends a person's message, once a day; whether there was anything to tell."""
	preference = preference_of(user)
	today = getdate()
	if preference.frequency == NEVER or preference.last_sent_on == today:
		return False
	with on_behalf_of(user):
		sections = due.sections(user, today)
		if sections:
			_mail(user, sections, preference)
	if sections:
		preference.db_set("last_sent_on", today)
	return bool(sections)


def _mail(user: str, sections: list[due.Section], preference: Document) -> None:
	message = frappe.render_template(
		TEMPLATE,
		{
			"name": get_fullname(user),
			"sections": sections,
			"frequency": preference.frequency,
			"unsubscribe": get_url(
				f"{UNSUBSCRIBE}?{urlencode({'user': user, 'key': preference.unsubscribe_key})}"
			),
		},
	)
	frappe.sendmail(
		recipients=[user],
		subject=_("Mentoring: yours to do, {0}").format(formatdate(getdate())),
		message=message,
	)


def preference_of(user: str) -> Document:
	"""How often a person is written to: weekly, until somebody says otherwise. Locked until the end of the
	transaction."""
	name = frappe.db.get_value("Mentoring Digest Preference", {"user": user}, "name", for_update=True)
	if name:
		return frappe.get_doc("Mentoring Digest Preference", name)
	return frappe.get_doc(
		{"doctype": "Mentoring Digest Preference", "user": user, "frequency": WEEKLY}
	).insert(ignore_permissions=True)


def frequency_of(user: str) -> str:
	return frappe.db.get_value("Mentoring Digest Preference", {"user": user}, "frequency") or WEEKLY


def set_frequency(user: str, frequency: str) -> None:
	preference = preference_of(user)
	preference.frequency = frequency
	preference.save(ignore_permissions=True)


def unsubscribe_page(user: str, key: str, *, confirmed: bool) -> Response:
	"""Asks whether to end a person's message, or ends it; refuses a link that is not the person's own."""
	known = _is_link_of(user, key)
	frappe.local.lang = get_user_lang(user if known else "Guest")
	button = ""
	if not known:
		text = _("This link is not valid. Choose in your account how often the message comes.")
	elif confirmed:
		set_frequency(user, NEVER)
		text = _("The message will not come any more. You can turn it on again in your account.")
	else:
		text = _("Do you want to end the message with what is yours to do in the mentoring program?")
		button = _("Unsubscribe")
	values = {
		"language": frappe.local.lang,
		"title": _("Mentoring"),
		"text": text,
		"button": button,
		"end": END,
	}
	html = frappe.render_template(PAGE, values)
	return Response(html, status=200 if known else 403, mimetype="text/html")


def _is_link_of(user: str, key: str) -> bool:
	"""Whether a link to unsubscribe is the person's own."""
	stored = frappe.db.get_value("Mentoring Digest Preference", {"user": user}, "unsubscribe_key")
	return bool(stored) and hmac.compare_digest(stored.encode(), key.encode())
