"""Files of a school's records: private, for the record's readers, and as firm as the field that shows them."""

from __future__ import annotations

import frappe
from frappe.utils.file_manager import save_file

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
