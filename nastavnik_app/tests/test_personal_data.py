"""What the director and the curator do about personal data: block, list what is due, answer a person, see who read."""

from __future__ import annotations

import io
import json
import zipfile
from unittest.mock import patch

import frappe
from frappe.desk.query_report import run
from frappe.utils import add_days, getdate

from nastavnik_app import api_privacy
from nastavnik_app.attachments import attach
from nastavnik_app.privacy import access_log, acts, blocking, carrying_out, requests
from nastavnik_app.privacy.export import export_of_person
from nastavnik_app.rules import retention
from nastavnik_app.rules.states import PARTICIPANT, SPECIALIST
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school, make_user, record_consent


class TestBlocking(SchoolTestCase):
	def specialist(self) -> str:
		user = make_user("specialist", SPECIALIST)
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.append("members", {"user": user, "duty": "Психолог"})
		organization.save()
		return user

	def test_a_blocked_record_is_the_directors_and_the_curators_alone(self) -> None:
		mentee, user = self.school.mentee(), self.specialist()
		with as_user(user):
			self.assertTrue(frappe.get_list("Mentee", filters={"name": mentee.name}))
		blocking.block(mentee, retention.PURPOSE_ACHIEVED)
		with as_user(user):
			self.assertFalse(frappe.get_list("Mentee", filters={"name": mentee.name}))
			self.assertFalse(
				frappe.has_permission("Mentee", "read", doc=frappe.get_doc("Mentee", mentee.name))
			)
		for reader in (self.school.director, self.school.curator):
			with as_user(reader):
				self.assertTrue(frappe.get_list("Mentee", filters={"name": mentee.name}))
		with as_user(self.school.curator), self.assertRefused():
			mentee = frappe.get_doc("Mentee", mentee.name)
			mentee.phone = "+7 900 000-00-00"
			mentee.save()

	def test_who_is_at_work_in_a_pair_is_not_blocked(self) -> None:
		mentor = self.school.consenting("Mentor")
		self.school.pair(mentor)
		with as_user(self.school.curator), self.assertRefused("still takes part in the pair"):
			api_privacy.block_person("Mentor", mentor.name, retention.TERM_ENDED)

	def test_who_has_left_is_blocked_once_the_programs_are_closed(self) -> None:
		mentee = self.school.mentee()
		pair = self.school.pair(mentees=[mentee]) if record_consent(mentee) else None
		frappe.db.set_value("Pair", pair.name, "workflow_state", "Completed")
		left = add_days(getdate(), -3)
		frappe.db.set_value("Mentee", mentee.name, {"workflow_state": "Archived", "left_on": left})
		blocking.block_ended()
		self.assertIsNone(frappe.db.get_value("Mentee", mentee.name, "blocked_on"))
		ended = {"workflow_state": "Closed", "period_end": left}
		frappe.db.set_value("Mentoring Program", self.school.program, ended)
		blocking.block_ended()
		blocked = frappe.db.get_value("Mentee", mentee.name, ["blocked_on", "blocked_because", "destroy_by"])
		self.assertEqual(blocked, (left, retention.PURPOSE_ACHIEVED, add_days(left, 30)))

	def test_the_report_says_by_which_day_and_what_stands_in_the_way(self) -> None:
		mentee = self.school.mentee()
		profile = self.school.support_profile(mentee)
		profile.append("registers", {"register": "Учёт в ПДН", "entered_on": "2026-09-01"})
		profile.save()
		blocking.block(mentee, retention.CONSENT_WITHDRAWN, add_days(getdate(), -40))
		with as_user(self.school.curator):
			rows = run("Data to Destroy", filters={"organization": self.school.organization})["result"]
			row = next(one for one in rows if one["document"] == mentee.name)
			self.assertEqual((row["destroy_by"], row["days_left"]), (add_days(getdate(), -10), -10))
			self.assertIn("Учёт в ПДН", row["held"])
			act = api_privacy.draw_up_destruction_act([["Mentee", mentee.name]])
			rows = run("Data to Destroy", filters={"organization": self.school.organization})["result"]
			self.assertEqual(next(one for one in rows if one["document"] == mentee.name)["act"], act)
		other = make_school("Другая школа")
		with as_user(other.curator):
			rows = run("Data to Destroy", filters={})["result"]
			self.assertNotIn(mentee.name, [one["document"] for one in rows])


class TestExport(SchoolTestCase):
	def test_everything_held_is_in_one_file(self) -> None:
		mentee = self.school.mentee(
			interview_notes="хочет петь", representatives=[{"full_name": "Мать Пример"}]
		)
		record_consent(mentee)
		self.school.support_profile(mentee, aim="Помочь с чтением")
		neighbour = self.school.consenting("Mentee")
		self.school.pair(self.school.consenting("Mentor", capacity=2), mentees=[mentee, neighbour])
		attach("справка.txt", "о составе семьи".encode(), "Mentee", mentee.name)
		with as_user(self.school.curator):
			content = export_of_person("Mentee", mentee.name)
		with zipfile.ZipFile(io.BytesIO(content)) as archive:
			names = archive.namelist()
			self.assertEqual(names[:2], ["person.json", "person.html"])
			self.assertTrue(any(name.startswith("files/") for name in names))
			held = archive.read("person.json").decode()
			page = archive.read("person.html").decode()
		for word in ("хочет петь", "Мать Пример", "Помочь с чтением"):
			self.assertIn(word, json.dumps(json.loads(held), ensure_ascii=False))
			self.assertIn(word, page)
		self.assertNotIn(neighbour.middle_name, page)

	def test_only_the_director_and_the_curator_of_the_school_answer(self) -> None:
		mentee, other = self.school.mentee(), make_school("Другая школа")
		outsiders = [other.curator, other.director, make_user("pupil", PARTICIPANT)]
		for user in outsiders:
			with as_user(user), self.assertRefused(error=frappe.PermissionError):
				api_privacy.download_personal_data("Mentee", mentee.name)


class TestAccessLog(SchoolTestCase):
	def setUp(self) -> None:
		super().setUp()
		frappe.flags.pop("support_profiles_noted", None)

	def readings(self, **filters) -> list:
		return frappe.get_all(access_log.ACCESS, filters=filters, fields=["reader", "profile", "door"])

	def test_each_reading_is_noted_once_with_its_reader(self) -> None:
		profile = self.school.support_profile()
		frappe.flags.pop("support_profiles_noted", None)
		with as_user(self.school.curator):
			record = frappe.get_doc("Mentee Support Profile", profile.name)
			record.check_permission("read")
			record.check_permission("read")
			record.check_permission("print")
			frappe.get_list("Mentee Support Profile", fields=["*"])
		noted = self.readings(reader=self.school.curator)
		# once read and once printed
		self.assertEqual(len([one for one in noted if one.profile == profile.name]), 2)
		self.assertEqual(len([one for one in noted if not one.profile]), 1)
		with as_user(self.school.director):
			rows = run("Who Read Support Profiles", filters={"organization": self.school.organization})[
				"result"
			]
		self.assertIn(self.school.curator, [row["reader"] for row in rows])

	def test_whoever_may_not_read_leaves_no_trace_and_nobody_writes_the_log(self) -> None:
		profile = self.school.support_profile()
		stranger = make_school("Другая школа").curator
		with as_user(stranger):
			self.assertFalse(frappe.has_permission(profile.doctype, "read", doc=profile))
		self.assertEqual(self.readings(reader=stranger, profile=profile.name), [])
		with as_user(self.school.director), self.assertRefused(error=frappe.PermissionError):
			row = {"doctype": access_log.ACCESS, "organization": self.school.organization}
			frappe.get_doc(row).insert()
		with as_user(self.school.curator):
			self.assertFalse(frappe.has_permission(access_log.ACCESS, "read"))

	def test_the_log_is_cleared_after_its_term(self) -> None:
		profile = self.school.support_profile()
		with as_user(self.school.curator):
			frappe.get_doc(profile.doctype, profile.name).check_permission("read")
		name = frappe.db.get_value(access_log.ACCESS, {"profile": profile.name})
		access_log.clear_old()
		self.assertTrue(frappe.db.exists(access_log.ACCESS, name))
		frappe.db.set_value(access_log.ACCESS, name, "read_at", "2020-01-01 10:00:00")
		access_log.clear_old()
		self.assertFalse(frappe.db.exists(access_log.ACCESS, name))


class TestTheFrameworksRequests(SchoolTestCase):
	def test_what_a_user_downloads_brings_the_card(self) -> None:
		user = make_user("pupil", PARTICIPANT)
		mentee = self.school.mentee(user=user)
		found = {
			row["doctype"]
			for row in frappe.get_hooks("user_data_fields")
			if frappe.db.table_exists(row["doctype"])
			and frappe.get_all(row["doctype"], filters={row.get("filter_by", "owner"): user}, pluck="name")
		}
		self.assertIn("Mentee", found)
		self.assertEqual([one.name for one in requests.people_with(user)], [mentee.name])

	def test_the_frameworks_deletion_waits_for_the_act(self) -> None:
		if not frappe.db.table_exists(requests.REQUEST):
			self.skipTest("the embedded engine has no such requests")
		user = make_user("pupil", PARTICIPANT)
		mentee = self.school.mentee(user=user)
		mail = patch("frappe.sendmail")
		mail.start()
		self.addCleanup(mail.stop)
		request = frappe.get_doc({"doctype": requests.REQUEST, "email": user}).insert(ignore_permissions=True)
		request.status = "Pending Approval"
		request.save(ignore_permissions=True)
		about = {
			"reference_type": "Mentee",
			"reference_name": mentee.name,
			"allocated_to": self.school.curator,
		}
		self.assertTrue(frappe.db.exists("ToDo", about))
		with self.assertRefused("approved act of destruction"):
			request.trigger_data_deletion()
		mentee.reload()
		blocking.block(mentee, retention.CONSENT_WITHDRAWN)
		act = acts.draw_up([("Mentee", mentee.name)], retention.CONSENT_WITHDRAWN)
		frappe.db.set_value(act.doctype, act.name, "docstatus", 1)
		act.reload().run_method("on_submit")
		carrying_out.run(act.name)
		self.assertFalse(frappe.db.exists("User", user))
		self.assertEqual(frappe.db.get_value(requests.REQUEST, request.name, "status"), "Deleted")
