"""Many documents printed into one file: what is in it, who may ask for it, who may open it, and what goes wrong."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from unittest.mock import patch
from zipfile import ZipFile

import docx
import frappe
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime, nowdate

from nastavnik_app import attachments, tasks
from nastavnik_app.documents import print_jobs
from nastavnik_app.documents.binding import BoundPdf, PaperZip, file_name
from nastavnik_app.documents.pdf import html_to_pdf
from nastavnik_app.rules.states import PARTICIPANT, SPECIALIST
from nastavnik_app.tests.builders import SchoolTestCase, as_user, consent_for, make_school, make_user
from nastavnik_app.tests.pdf_text import pages_of


class TestPrintJobs(SchoolTestCase):
	def consents(self, *last_names: str) -> list[Document]:
		return [consent_for(self.school.mentee(last_name=name), signed_on=None) for name in last_names]

	def asked(self, documents: list[Document], output: str = "One PDF") -> Document:
		"""The job that the curator asks for, before a worker takes it."""
		with as_user(self.school.curator):
			return print_jobs.print_many("Consent", [one.name for one in documents], output=output)

	def done(self, documents: list[Document], output: str = "One PDF") -> Document:
		job = self.asked(documents, output)
		print_jobs.run(job.name)
		return job.reload() or job

	def file_of(self, job: Document) -> Document:
		return frappe.get_doc("File", {"file_url": job.file, "attached_to_name": job.name})

	def test_one_pdf_of_all_in_the_order_of_the_list(self) -> None:
		consents = self.consents("Яблокова", "Арбузова", "Мирабелева")
		job = self.done(consents)
		self.assertEqual(
			(job.status, job.total, job.printed, job.problems or ""), ("Finished", 3, 3, ""), job.problems
		)
		self.assertEqual((job.organization, job.owner), (self.school.organization, self.school.curator))
		pages = pages_of(attachments.bytes_of(self.file_of(job)))
		self.assertEqual(len(pages), 3)
		for consent, page in zip(consents, pages, strict=True):
			self.assertIn(consent.party_name.split()[0], page)

	def test_zip_names_each_paper_by_its_person(self) -> None:
		twins = [
			consent_for(self.school.mentee(last_name="Близнецов", middle_name="Игоревич"), signed_on=None)
			for _number in range(2)
		]
		for output, extension in (("ZIP of PDF", "pdf"), ("ZIP of Word", "docx")):
			job = self.done([*twins, *self.consents("Ёжиков/Петров")], output)
			names = ZipFile(BytesIO(attachments.bytes_of(self.file_of(job)))).namelist()
			self.assertEqual(names[0], f"Близнецов Пример Игоревич.{extension}")
			self.assertEqual(names[1], f"Близнецов Пример Игоревич (2).{extension}")
			self.assertTrue(names[2].startswith("Ёжиков Петров "), names[2])

	def test_word_papers_open_and_say_the_same(self) -> None:
		job = self.done(self.consents("Арбузова"), "ZIP of Word")
		archive = ZipFile(BytesIO(attachments.bytes_of(self.file_of(job))))
		paper = docx.Document(BytesIO(archive.read(archive.namelist()[0])))
		text = "\n".join(node.text or "" for node in paper.element.body.iter() if node.tag.endswith("}t"))
		self.assertIn("Арбузов", text)

	def test_the_file_is_private_and_for_the_readers_of_the_job(self) -> None:
		job = self.done(self.consents("Арбузова"))
		self.assertTrue(job.file.startswith("/private/files/"))
		for user, allowed in (
			(self.school.curator, True),
			(self.school.director, True),
			(make_school("Чужая школа").curator, False),
		):
			with as_user(user):
				self.assertEqual(self.file_of(job).has_permission("read"), allowed, user)
				self.assertEqual(bool(frappe.get_list("Mentoring Print Job", {"name": job.name})), allowed)

	def test_it_is_printed_with_the_rights_of_who_asked(self) -> None:
		consents = self.consents("Арбузова", "Мирабелева")
		job = self.asked(consents)
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.members = []
		organization.save()
		print_jobs.run(job.name)
		job.reload()
		self.assertEqual((job.status, job.printed, job.file), ("Failed", 0, None))
		self.assertIn(consents[0].party_name, job.problems)
		self.assertEqual(frappe.session.user, "Administrator")

	def test_a_document_that_fails_is_named_and_stops_no_other(self) -> None:
		consents = self.consents("Арбузова", "Мирабелева", "Яблокова")
		job = self.asked(consents)
		frappe.delete_doc("Consent", consents[0].name)
		frappe.db.set_value("Consent", consents[1].name, "party_type", "Нет такого")
		print_jobs.run(job.name)
		job.reload()
		self.assertEqual((job.status, job.printed), ("Finished", 1))
		problems = job.problems.splitlines()
		self.assertEqual(len(problems), 2, job.problems)
		self.assertIn(consents[0].name, problems[0])
		self.assertIn(consents[1].party_name, problems[1])

	def test_a_job_that_fails_whole_says_why(self) -> None:
		job = self.asked(self.consents("Арбузова"))
		with patch.object(BoundPdf, "content", side_effect=MemoryError("нет памяти")):
			print_jobs.run(job.name)
		job.reload()
		self.assertEqual((job.status, job.problems), ("Failed", "нет памяти"))
		self.assertTrue(frappe.db.exists("Error Log", {"method": ["like", f"%{job.name}%"]}))

	def test_run_twice_prints_once(self) -> None:
		job = self.done(self.consents("Арбузова"))
		with patch.object(frappe, "get_print") as door:
			print_jobs.run(job.name)
			print_jobs.run("нет такого")
		door.assert_not_called()
		self.assertEqual(frappe.db.count("File", {"attached_to_name": job.name}), 1)

	def test_refused_at_the_door(self) -> None:
		consent = self.consents("Арбузова")[0]
		stranger = make_school("Чужая школа")
		foreign = consent_for(stranger.mentor())
		participant = make_user("mentor", PARTICIPANT)
		for user, names, kwargs, error in (
			(stranger.curator, [consent.name], {}, frappe.PermissionError),
			(self.school.curator, [consent.name, foreign.name], {}, frappe.PermissionError),
			(participant, [consent.name], {}, frappe.PermissionError),
			(self.school.curator, [consent.name], {"print_format": "Roadmap"}, frappe.ValidationError),
			(self.school.curator, [consent.name], {"output": "TIFF"}, frappe.ValidationError),
			(self.school.curator, [], {}, frappe.ValidationError),
			("Administrator", [consent.name, foreign.name], {}, frappe.ValidationError),
		):
			with self.subTest(user=user, **kwargs), as_user(user), self.assertRefused(error=error):
				print_jobs.print_many("Consent", names, **kwargs)
		with as_user(self.school.curator), self.assertRefused(error=frappe.PermissionError):
			print_jobs.print_many("User", [self.school.curator], "Consent Sheet")

	def test_what_fewer_people_may_read_than_jobs_is_not_printed_together(self) -> None:
		specialist = make_user("specialist", SPECIALIST)
		with as_user(specialist), self.assertRefused("one at a time", error=frappe.PermissionError):
			print_jobs.print_many("Mentee Support Profile", ["x"])

	def test_nobody_writes_a_job_by_hand(self) -> None:
		job = self.asked(self.consents("Арбузова"))
		for field, value in (("owner", "Administrator"), ("documents", '["x"]'), ("status", "Queued")):
			with as_user(self.school.curator), self.assertRefused(error=frappe.PermissionError):
				record = frappe.get_doc("Mentoring Print Job", job.name)
				record.set(field, value)
				record.save()

	def test_old_jobs_go_with_their_files(self) -> None:
		old, new = (self.done(self.consents("Арбузова")) for _number in range(2))
		frappe.db.set_value("Mentoring Print Job", old.name, "creation", add_days(nowdate(), -31))
		print_jobs.clean_up()
		self.assertFalse(frappe.db.exists("Mentoring Print Job", old.name))
		self.assertFalse(frappe.db.exists("File", {"attached_to_name": old.name}))
		self.assertTrue(self.file_of(new))

	def test_what_a_stopped_worker_left_behind_is_told_within_hours(self) -> None:
		hours = {("Running", 1): "Running", ("Running", 3): "Failed"}
		hours |= {("Queued", 3): "Queued", ("Queued", 25): "Failed"}
		jobs = {case: self.asked(self.consents("Арбузова")).name for case in hours}
		for (status, silent), job in jobs.items():
			values = {"status": status, "modified": now_datetime() - timedelta(hours=silent)}
			frappe.db.set_value(print_jobs.JOB, job, values, update_modified=False)
		tasks.hourly()
		for case, job in jobs.items():
			now, told = frappe.db.get_value(print_jobs.JOB, job, ["status", "problems"])
			self.assertEqual((now, bool(told)), (hours[case], hours[case] == "Failed"), case)


def test_papers_of_a_bound_pdf_count_their_own_pages() -> None:
	style = "<style>@page { @top-center { content: counter(page) } } .next { break-before: page }</style>"
	paper = f"{style}<div class='gost'><p>Начало</p><p class='next'>Конец</p></div>"
	file = BoundPdf()
	with patch("nastavnik_app.documents.binding.LAID_OUT_AT_ONCE", 2):
		for number in range(5):
			file.add(f"Лист {number}", paper)
	assert ["".join(page.split()) for page in pages_of(file.content())] == ["Начало1", "Конец2"] * 5


def test_names_of_files_are_readable_and_safe() -> None:
	assert file_name("Приказ «О парах» № 12/од: итог?", "pdf") == "Приказ «О парах» № 12 од итог.pdf"
	assert file_name("../..\\x\n", "pdf") == "x.pdf"
	assert file_name("", "zip") == "-.zip"
	assert len(file_name("Я" * 400, "pdf", 2).encode()) < 255
	file = PaperZip(html_to_pdf, "pdf")
	for title in ("ИВАНОВ", "Иванов", "Иванов (2)"):
		file.add(title, "<p>х</p>")
	names = ZipFile(BytesIO(file.content())).namelist()
	assert names == ["ИВАНОВ.pdf", "Иванов (2).pdf", "Иванов (2) (2).pdf"]
