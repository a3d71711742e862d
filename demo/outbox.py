"""The mail of the year before, kept to be looked at: a file .eml for each message, and a page that lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from email import policy
from email.message import EmailMessage
from functools import partial
from html import escape
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from unittest import mock

import frappe
from frappe.utils import getdate, strip_html

from nastavnik_app import tasks
from nastavnik_app.documents import report_files
from nastavnik_app.documents.report_files import ReportRun
from nastavnik_app.mailings import sending
from nastavnik_app.program import measures

SENDER = "no-reply@school-zero.example"
STYLE = """
body { font: 16px/1.4 Arial, sans-serif; max-width: 900px; margin: 2em auto; padding: 0 1em; color: #1f2937; }
summary { padding: .5em 0; cursor: pointer; } details { border-bottom: 1px solid #e5e7eb; }
details > div { padding: 1em; background: #f9fafb; } span { color: #6b7280; } code { font-size: 14px; }
"""


@dataclass
class Outbox:
	"""Takes what the app mails while the clock of the demonstration runs, a day at a time."""

	folder: Path
	_lines: list[str] = field(default_factory=list)
	_printed: set[tuple[str, str]] = field(default_factory=set)  # reader and quarter

	def __post_init__(self) -> None:
		self.folder.mkdir(parents=True, exist_ok=True)
		for old in self.folder.glob("*.eml"):
			old.unlink()

	def __len__(self) -> int:
		return len(self._lines)

	def day(self) -> None:
		"""The scheduler's turn of this day, and its jobs."""
		kept, frappe.local.lang = frappe.session.user, "ru"
		frappe.set_user("Administrator")
		if getdate().day == 1:
			# what the night before has counted
			for program in frappe.get_all("Mentoring Program", {"workflow_state": "Running"}, pluck="name"):
				measures.measure_program(program)
		with self._taken():
			tasks.send_reports()
		frappe.set_user(kept)
		frappe.local.lang = "ru"

	@contextmanager
	def _taken(self) -> Iterator[None]:
		doubles = {"sendmail": self._keep, "enqueue": self._work}
		to_pdf = report_files.to_pdf
		printing = mock.patch.object(report_files, "to_pdf", partial(self._print, to_pdf))
		with mock.patch.multiple(frappe, **doubles), printing:
			yield

	def _print(self, to_pdf: Callable[..., bytes], *runs: ReportRun, about: str) -> bytes:
		"""A PDF takes most of a letter's time: here each reader gets one a quarter."""
		of_quarter = (frappe.session.user, f"{getdate().year}, {(getdate().month - 1) // 3}")
		if of_quarter in self._printed:
			return b""
		self._printed.add(of_quarter)
		return to_pdf(*runs, about=about)

	@staticmethod
	def _work(method: str, mailing: str, **_job: Any) -> None:
		assert method.endswith("sending.send"), method
		sending.send(mailing)

	def _keep(self, recipients: list[str], subject: str, message: str, attachments: list[dict]) -> None:
		attachments = [file for file in attachments if file["fcontent"]]
		# a folded header loses its blanks between words that are not Latin
		mail = EmailMessage(policy.SMTP.clone(max_line_length=998))
		mail["From"], mail["To"], mail["Subject"] = SENDER, ", ".join(recipients), subject
		mail["Date"] = f"{getdate():%a, %d %b %Y} 07:00:00 +0300"
		mail.set_content(strip_html(message))
		mail.add_alternative(f'<html lang="ru"><body>{message}</body></html>', subtype="html")
		for file in attachments:
			main, sub = (guess_type(file["fname"])[0] or "application/octet-stream").split("/")
			mail.add_attachment(file["fcontent"], maintype=main, subtype=sub, filename=file["fname"])
		name = f"{getdate()}-{recipients[0].partition('@')[0]}.eml"
		(self.folder / name).write_bytes(bytes(mail))
		self._lines.append(_line(getdate(), name, recipients, subject, message, attachments))

	def close(self) -> None:
		"""Writes the page."""
		heading = f"Почта за прошлый учебный год: писем {len(self)}"
		(self.folder / "index.html").write_text(
			f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{heading}</title><style>{STYLE}</style>'
			f"</head><body><h1>{heading}</h1><p>PDF приложен к первому письму каждого квартала, чтобы демонстрация шла быстрее; "
			f"в работе он есть в каждом письме.</p>{''.join(self._lines)}</body></html>",
			encoding="utf-8",
		)


def _line(
	day: date, name: str, recipients: list[str], subject: str, message: str, attachments: list[dict]
) -> str:
	files = ", ".join(f"{escape(file['fname'])} ({len(file['fcontent']) // 1024} КБ)" for file in attachments)
	return (
		f"<details><summary>{day:%d.%m.%Y} · {escape(', '.join(recipients))} · <b>{escape(subject)}</b></summary>"
		f'<p><a href="{name}"><code>{name}</code></a> <span>{files}</span></p><div>{message}</div></details>'
	)
