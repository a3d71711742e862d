"""No room left on the disk: what could not be kept is said, no record shows half of it, and it is kept once there is
room again."""

from __future__ import annotations

from hashlib import sha256

import frappe
from frappe.model.document import Document
from freezegun import freeze_time

from nastavnik_app import attachments, tasks
from nastavnik_app.attachments import attach
from nastavnik_app.documents import print_jobs
from nastavnik_app.orders import signed_copies
from nastavnik_app.tests.builders import as_user
from nastavnik_app.tests.dying import with_a_full_disk
from nastavnik_app.tests.test_faults_database import in_hours
from nastavnik_app.tests.test_faults_killed import ORDER, KilledTestCase, sign

ROOM = 12_000  # bytes to which a file may grow: less than any PDF, or a database's log, takes
SCAN = b"%PDF-1.7" + bytes(10 * ROOM)


def keep_scan(order: str) -> None:
	attach("скан.pdf", SCAN, ORDER, order, "signed_scan")


class TestFullDisk(KilledTestCase):
	def files_of(self, record: Document) -> list[Document]:
		names = frappe.get_all("File", filters={"attached_to_name": record.name}, pluck="name")
		return [frappe.get_doc("File", name) for name in names]

	def test_an_order_is_signed_whole_or_not_at_all_and_its_copy_follows(self) -> None:
		order = self.school.sent(self.school.order(self.school.pair()))
		said = with_a_full_disk(sign, order.name, room=ROOM, user=self.school.director)
		order.reload()
		pair = frappe.db.get_value("Pair", order.pairs[0].pair, "workflow_state")
		# a database with a disk of its own lets it be signed
		expected = (0, "Draft", False) if said else (1, "Assigned", True)
		self.assertEqual((order.docstatus, pair, bool(order.order_number)), expected)
		if said:
			self.assertIn("OperationalError", said)
			with as_user(self.school.director):
				sign(order.name)
		self.assertRegex(with_a_full_disk(signed_copies.keep, order.name, room=ROOM), r"(?i)error\b")
		order.reload()
		self.assertEqual((order.docstatus, order.signed_copy, self.files_of(order)), (1, None, []))
		signed_copies.keep(order.name)
		order.reload()
		(kept,) = self.files_of(order)
		self.assertEqual(sha256(attachments.bytes_of(kept)).hexdigest(), order.signed_copy_sha256)

	def test_a_scan_that_found_no_room_is_not_shown_and_comes_in_later(self) -> None:
		order = self.school.order(self.school.pair())
		self.assertRegex(with_a_full_disk(keep_scan, order.name, room=ROOM), r"(?i)error\b")
		self.assertEqual(self.files_of(order), [])
		keep_scan(order.name)
		(kept,) = self.files_of(order)
		self.assertEqual(attachments.bytes_of(kept), SCAN)

	def test_what_could_not_be_printed_is_told_or_printed_later(self) -> None:
		consent = frappe.get_all("Consent", filters={"organization": self.school.organization}, pluck="name")
		consent = consent or [
			frappe.db.get_value("Consent", {"party": self.school.consenting("Mentor").name})
		]
		with as_user(self.school.curator):
			job = print_jobs.print_many("Consent", consent[:1])
		with_a_full_disk(print_jobs.run, job.name, room=ROOM)
		job.reload()
		self.assertEqual(self.files_of(job), [])
		if job.status == "Queued":  # not even its beginning could be written down: it is still to be done
			print_jobs.run(job.name)
			job.reload()
			self.assertEqual((job.status, len(self.files_of(job))), ("Finished", 1))
			return
		if job.status == "Running":  # nor could its end
			with freeze_time(in_hours(3)):
				tasks.hourly()
			job.reload()
		self.assertEqual(job.status, "Failed")
		self.assertTrue(job.problems)
