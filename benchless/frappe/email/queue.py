"""Outgoing mail: queued in the transaction, delivered after its commit: `outbox/*.eml`, and SMTP when configured."""

import mimetypes
import smtplib
from email import message_from_string, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Any

import frappe
from frappe.utils.data import get_datetime, now_datetime, strip_html

# folding loses blanks between encoded words of a long subject (https://github.com/python/cpython/issues/92081)
_UNFOLDED = policy.SMTP.clone(max_line_length=998)


def sendmail(
	recipients: str | list[str],
	sender: str = "",
	subject: str = "No Subject",
	message: str = "No Message",
	delayed: bool = True,
	reference_doctype: str | None = None,
	reference_name: str | None = None,
	attachments: list[dict] | None = None,
) -> Any:
	"""Queues one message, attachments as {"fname", "fcontent"}; returns its Email Queue record, None without readers."""
	parts = recipients.split(",") if isinstance(recipients, str) else recipients
	to = list(dict.fromkeys(part.strip() for part in parts if part and part.strip()))
	if not to or frappe.flags.mute_emails or frappe.conf.mute_emails:
		return None
	mail = _build(sender, to, subject, message)
	for attachment in attachments or []:
		content, name = attachment["fcontent"], attachment["fname"]
		main, _slash, sub = (mimetypes.guess_type(name)[0] or "application/octet-stream").partition("/")
		content = content.encode() if isinstance(content, str) else content
		mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
	queued = frappe.get_doc(
		doctype="Email Queue",
		sender=mail["From"],
		message=mail.as_string(),
		message_id=mail["Message-ID"],
		reference_doctype=reference_doctype,
		reference_name=reference_name,
		status="Not Sent",
		recipients=[{"recipient": address, "status": "Not Sent"} for address in to],
	).insert(ignore_permissions=True)
	frappe.db.after_commit.add(lambda: flush([queued.name]))
	return queued


def _build(sender: str, to: list[str], subject: str, body: str) -> EmailMessage:
	mail = EmailMessage(policy=_UNFOLDED)
	mail["From"] = sender or frappe.conf.auto_email_id or f"noreply@{frappe.local.site}"
	mail["To"] = ", ".join(to)
	mail["Subject"] = " ".join(strip_html(subject).split())
	mail["Date"] = format_datetime(now_datetime())
	mail["Message-ID"] = make_msgid(domain="benchless.local")
	mail.set_content(strip_html(body))
	mail.add_alternative(f"<!DOCTYPE html><html><body>{body}</body></html>", subtype="html")
	return mail


def flush(names: list[str] | None = None) -> None:
	"""Delivers what is queued; a failure is kept with the message."""
	waiting = {"status": "Not Sent", **({"name": ["in", names]} if names else {})}
	for name in frappe.get_all("Email Queue", filters=waiting, pluck="name", order_by="creation"):
		queued = frappe.get_doc("Email Queue", name)
		try:
			_deliver(queued)
			values = {"status": "Sent"}
			frappe.db.set_value("Email Queue Recipient", {"parent": name}, values, update_modified=False)
		except (OSError, smtplib.SMTPException) as error:
			values = {"status": "Error", "error": str(error)}
		frappe.db.set_value("Email Queue", name, values, update_modified=False)
	frappe.db.commit()


def _deliver(queued: Any) -> None:
	# the same name again, if the process stopped before it wrote down that this was sent
	name = f"{get_datetime(queued.creation):%Y%m%d-%H%M%S}-{queued.name}.eml"
	with open(frappe.get_site_path("outbox", name), "w", encoding="utf-8", newline="") as out:
		out.write(queued.message)
	conf = frappe.local.conf
	if not conf.mail_server:
		return
	with smtplib.SMTP(conf.mail_server, int(conf.mail_port or 25), timeout=30) as server:
		if conf.use_tls:
			server.starttls()
		if conf.mail_login:
			server.login(conf.mail_login, conf.mail_password)
		mail = message_from_string(queued.message, policy=_UNFOLDED)
		server.send_message(mail, parseaddr(queued.sender)[1], [row.recipient for row in queued.recipients])
