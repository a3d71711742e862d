"""What stands around documents: dates, messages, mail, jobs, files, templates, requests."""

import datetime
import os
import threading
from email import message_from_string, policy
from urllib.parse import urlsplit

import frappe
import frappe.utils
import pytest
from frappe.app import application
from frappe.desk import query_report
from frappe.desk.form import assign_to
from frappe.rate_limiter import rate_limit
from frappe.tests.utils import FrappeTestCase
from frappe.translate import get_user_lang
from frappe.utils.file_manager import save_file
from frappe.website.utils import clear_cache
from werkzeug.test import Client, EnvironBuilder
from werkzeug.wrappers import Request


def test_dates() -> None:
	day = datetime.date(2024, 1, 31)
	assert (
		frappe.utils.getdate("2024-01-31") == day == frappe.utils.getdate(datetime.datetime(2024, 1, 31, 9))
	)
	assert frappe.utils.getdate(frappe.utils.nowdate()) == frappe.utils.now_datetime().date()
	assert frappe.utils.add_days(day, 1) == datetime.date(2024, 2, 1)
	assert frappe.utils.add_days("2024-01-31", 1) == "2024-02-01"
	assert frappe.utils.add_years(datetime.date(2024, 2, 29), 1) == datetime.date(2025, 2, 28)
	assert frappe.utils.add_to_date(day, weeks=1) == datetime.date(2024, 2, 7)
	assert frappe.utils.date_diff("2024-02-02", day) == 2
	assert frappe.utils.get_datetime("2024-01-31 10:00:00") == datetime.datetime(2024, 1, 31, 10)
	assert frappe.utils.formatdate(day, "dd.MM.yyyy") == "31.01.2024" and frappe.utils.formatdate(None) == ""


def test_numbers_and_texts() -> None:
	assert (frappe.utils.cint("5"), frappe.utils.cint("x"), frappe.utils.cint(None)) == (5, 0, 0)
	assert (frappe.utils.flt("1,234.567", 2), frappe.utils.flt("x")) == (1234.57, 0)
	assert frappe.utils.cstr(None) == "" and frappe.utils.strip_html("<b>а</b>") == "а"
	assert frappe.utils.validate_email_address("a@b.ru") == "a@b.ru"
	with pytest.raises(frappe.ValidationError):
		frappe.utils.validate_email_address("не адрес", throw=True)
	assert frappe.utils.get_fullname("Administrator") == "Administrator"
	assert frappe.local.lang == "en" and get_user_lang("Administrator")


def test_messages_and_errors() -> None:
	frappe.msgprint("Сказано")
	with pytest.raises(frappe.LinkValidationError, match="Нельзя"):
		frappe.throw("Нельзя", frappe.LinkValidationError)
	assert [row["message"] for row in frappe.local.message_log][-2:] == ["Сказано", "Нельзя"]
	frappe.clear_messages()
	assert issubclass(frappe.DoesNotExistError, frappe.ValidationError)
	assert frappe.AuthenticationError.http_status_code == 401
	try:
		raise ValueError("сломалось")
	except ValueError:
		log = frappe.log_error(title="Проверка")
	assert (log.method, "сломалось" in log.error) == ("Проверка", True)


def test_mail_is_queued_with_its_attachment(monkeypatch: pytest.MonkeyPatch) -> None:
	frappe.db.delete("Email Queue")
	account = {
		"mail_server": "localhost",
		"mail_login": "school",
		"auto_email_id": "school@conformance.example",
	}
	for key, value in account.items():
		monkeypatch.setitem(frappe.conf, key, value)  # left there, every later letter would go to that server
	frappe.sendmail(
		recipients=["reader@conformance.example"],
		sender="school@conformance.example",
		subject="Отчёт за неделю",
		message="<p>Здравствуйте</p>",
		attachments=[{"fname": "отчёт.txt", "fcontent": "текст"}],
		delayed=True,
	)
	queued = frappe.get_all("Email Queue", fields=["name", "message", "status"])
	assert len(queued) == 1 and queued[0].status == "Not Sent"
	mail = message_from_string(queued[0].message, policy=policy.default)
	assert "Отчёт за неделю" in mail["Subject"]
	assert [part.get_filename() for part in mail.iter_attachments()][-1] == "отчёт.txt"
	readers = frappe.get_all("Email Queue Recipient", {"parent": queued[0].name}, pluck="recipient")
	assert readers == ["reader@conformance.example"]


def test_jobs_and_files() -> None:
	todo = {"doctype": "ToDo", "description": "из очереди"}
	frappe.enqueue("frappe.client.insert", queue="long", timeout=60, now=True, doc=todo)
	todo = frappe.get_doc("ToDo", {"description": ["like", "%из очереди%"]})
	kept = save_file("лист.txt", "содержание", "ToDo", todo.name, is_private=1)
	assert kept.file_url.startswith("/private/files/") and kept.get_content() == "содержание"
	assert os.path.exists(frappe.get_site_path("private", "files", os.path.basename(kept.file_url)))
	todo.delete()
	assert not frappe.db.exists("File", kept.name)


def test_progress_is_told_and_changes_nothing() -> None:
	assert frappe.publish_progress(50, title="Печать", doctype="Note", docname="x") is None


def test_a_record_is_assigned_once_to_a_user() -> None:
	note = frappe.get_doc({"doctype": "Note", "title": frappe.generate_hash()}).insert()
	for _again in range(2):
		assign_to.add(
			{
				"assign_to": ["Administrator"],
				"doctype": "Note",
				"name": note.name,
				"description": "Прочтите",
			},
			ignore_permissions=True,
		)
	about = {"reference_type": "Note", "reference_name": note.name, "status": "Open"}
	todos = frappe.get_all("ToDo", filters=about, fields=["allocated_to", "description"])
	assert [(todo.allocated_to, frappe.utils.strip_html(todo.description)) for todo in todos] == [
		("Administrator", "Прочтите")
	]
	frappe.db.rollback()


def test_templates_and_print_formats() -> None:
	assert frappe.render_template("{{ name }} — {{ _('x') }}", {"name": "Ёлка"}) == "Ёлка — x"
	with pytest.raises(Exception, match=r"(?i)security|unsafe|illegal|template|validation"):
		frappe.render_template("{{ ''.__class__.__mro__ }}", {})
	values = {"name": "Conformance Note", "doc_type": "Note", "standard": "No", "custom_format": 1}
	values |= {"doctype": "Print Format", "print_format_type": "Jinja", "html": "<p>{{ doc.title }}</p>"}
	frappe.get_doc(values).insert()
	note = frappe.get_doc({"doctype": "Note", "title": f"Печать {frappe.generate_hash(length=6)}"}).insert()
	assert f"<p>{note.title}</p>" in frappe.get_print("Note", note.name, "Conformance Note")
	with pytest.raises(frappe.DoesNotExistError):
		query_report.run("Нет такого отчёта")


def test_search_functions_take_what_a_browser_sends() -> None:
	@frappe.validate_and_sanitize_search_inputs
	def found(doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict) -> list:
		return [(start, page_len)]

	assert found("ToDo", "", "name", "0", "20", {}) == [(0, 20)]


def in_a_thread(work: object) -> object:
	"""The server's own thread has its own connection."""
	box: list = []
	thread = threading.Thread(target=lambda: box.append(work()))
	thread.start()
	thread.join()
	return box[0]


def test_requests_and_connections() -> None:
	site, sites_path = frappe.local.site, frappe.local.sites_path

	def ask(method: str, path: str, **arguments: object) -> object:
		return Client(application).open(
			path, method=method, headers={"X-Frappe-Site-Name": site}, **arguments
		)

	def work() -> list:
		frappe.init(site, sites_path=sites_path)
		frappe.connect()
		assert frappe.db.count("ToDo", {"name": "нет такого"}) == 0
		frappe.destroy()
		login = ask("POST", "/api/method/login", data={"usr": "no", "pwd": "no"})
		listed = ask("GET", "/api/method/frappe.client.get_list?doctype=ToDo")
		return [listed, ask("GET", "/api/resource/ToDo"), login]

	frappe.db.commit()
	answers = in_a_thread(work)
	assert [answer.status_code for answer in answers] == [403, 403, 401]
	assert answers[1].get_json()["exc_type"] == "PermissionError"


def test_address_of_a_page() -> None:
	frappe.local.conf.host_name, kept = "https://school.example", frappe.local.conf.get("host_name")
	address = urlsplit(frappe.utils.get_url("/page#part"))  # a bench that is being developed adds its port
	assert (address.scheme, address.hostname, address.path, address.fragment) == (
		"https",
		"school.example",
		"/page",
		"part",
	)
	frappe.local.conf.host_name = kept


def test_one_address_calls_so_often_and_no_more() -> None:
	limited = rate_limit(limit=lambda: 2, seconds=60)(lambda: "done")
	limited.__name__ = "limited"
	assert [limited() for _call in range(4)] == ["done"] * 4  # no request: nothing is counted
	kept = getattr(frappe.local, "request", None), frappe.local.form_dict
	frappe.local.request = Request(EnvironBuilder(method="POST").get_environ())
	frappe.local.form_dict = frappe._dict(cmd=frappe.generate_hash())
	try:
		for address in ("10.1.1.1", "10.1.1.2"):
			frappe.local.request_ip = f"{address}-{frappe.generate_hash(length=6)}"
			assert [limited(), limited()] == ["done", "done"]
			with pytest.raises(frappe.RateLimitExceededError) as refused:
				limited()
			assert refused.value.http_status_code == 429
	finally:
		frappe.local.request, frappe.local.form_dict = kept
		frappe.local.request_ip = None


class TestBase(FrappeTestCase):
	def test_acts_as_another_user(self) -> None:
		with self.set_user("Guest"):
			self.assertEqual(frappe.session.user, "Guest")
		self.assertEqual(frappe.session.user, "Administrator")
		self.assertTrue(frappe.flags.in_test)


def test_a_kept_page_is_forgotten() -> None:
	clear_cache("about")
	clear_cache("there-is-no-such-page")
