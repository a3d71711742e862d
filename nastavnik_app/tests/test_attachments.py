"""Files of a school's records: private, for the record's readers, and as firm as the field that shows them."""

from __future__ import annotations

import frappe
from frappe.utils.file_manager import save_file

from nastavnik_app.attachments import attach
from nastavnik_app.tests.builders import SchoolTestCase, as_user, attach_scan, consent_for, make_school
from nastavnik_app.workflow import ContentLocked


class TestFilesOfRecords(SchoolTestCase):
	def test_files_are_private_and_attached_by_who_may_write_the_record(self) -> None:
		order = self.school.order(self.school.pair())
		with self.assertRefused():
			save_file("скан.pdf", "содержание", order.doctype, order.name, is_private=0)
		with as_user(make_school("Чужая школа").curator), self.assertRefused(error=frappe.PermissionError):
			attach_scan(order)

	def test_an_address_typed_into_a_field_does_not_open_anothers_file(self) -> None:
		scan = attach_scan(self.school.order(self.school.pair()))
		other = make_school("Чужая школа")
		consent = consent_for(other.mentor())
		with as_user(other.curator), self.assertRefused():
			frappe.client.set_value("Consent", consent.name, "scan", scan.file_url)

	def test_the_scan_of_a_signed_order_stays(self) -> None:
		order = self.school.order(self.school.pair())
		scan = attach_scan(order)
		order.scan = scan.file_url
		order.save()
		self.school.signed(order)
		with as_user(self.school.curator):
			with self.assertRefused(error=ContentLocked):
				frappe.delete_doc("File", scan.name)
			with self.assertRefused(error=ContentLocked):
				another = self.school.order(self.school.pair())
				frappe.client.set_value("File", scan.name, "attached_to_name", another.name)


PDF, PNG, ZIP = b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n\x00", b"PK\x03\x04\x14\x00"
PAGE = b"<!DOCTYPE html><script>alert(1)</script>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


class TestWhatIsKept(SchoolTestCase):
	def attached(self, name: str, content: bytes):
		task = self.school.task()
		return attach(name, content, task.doctype, task.name)

	def test_documents_and_pictures_are_kept(self) -> None:
		for name, content in (
			("скан.PDF", PDF),
			("фото.png", PNG),
			("отчёт.docx", ZIP),
			("список.csv", "ФИО;класс".encode("cp1251")),
			("письмо.txt", "Текст < с угловой скобкой".encode()),
		):
			with self.subTest(name):
				self.assertTrue(self.attached(name, content + frappe.generate_hash().encode()).name)

	def test_what_another_school_keeps_as_well_is_kept(self) -> None:
		content = PDF + frappe.generate_hash().encode()
		self.attached("скан.pdf", content)
		other = make_school("Другая школа")
		with as_user(other.curator):
			self.assertTrue(attach("скан.pdf", content, "Mentoring Program", other.program).name)

	def test_pages_programs_and_strangers_are_not(self) -> None:
		for name, content in (
			("страница.html", PAGE),
			("рисунок.svg", DRAWING),
			("скан.pdf", PAGE),
			("фото.png", DRAWING),
			("отчёт.docx", PDF),
			("скан.pdf", b"\xef\xbb\xbf  " + PAGE),
			("список.csv", PAGE),
			("письмо.txt", b"#!/bin/sh\nid"),
			("отчёт.xlsx", b"MZ\x90\x00"),
			("скан.pdf.exe", PDF),
			("без окончания", PDF),
		):
			with self.subTest(name, content=content), self.assertRefused(name[:4]):
				self.attached(name, content + frappe.generate_hash().encode())

	def test_a_kept_file_is_not_given_another_name_in_place_of_its_own(self) -> None:
		file = self.attached("письмо.txt", b"text " + frappe.generate_hash().encode())
		with self.assertRefused():
			frappe.client.set_value("File", file.name, "file_name", "письмо.html")
