"""Consents on paper for a whole class: prepared, printed, and recorded as the sheets come back."""

from __future__ import annotations

from hashlib import sha256

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate

from nastavnik_app.attachments import attach
from nastavnik_app.documents import print_jobs
from nastavnik_app.people import consent_collection
from nastavnik_app.tests.builders import SchoolTestCase, as_user, consent_for, make_school, record_consent
from nastavnik_app.workflow import ContentLocked

KIND = "Personal Data Processing"
REPRESENTATIVE = {"full_name": "Ромашкина Ольга Игоревна", "identity_document": "паспорт 00 00"}
PUPIL = {"birth_date": "2014-03-01", "school_class": "5А", "representatives": [REPRESENTATIVE]}


class TestConsentCollection(SchoolTestCase):
	def prepared(self, **values) -> list[str]:
		with as_user(self.school.curator):
			return consent_collection.prepare(self.school.organization, KIND, "Mentee", **values)

	def recorded(self, names: list[str], signed_on: str | None = None) -> dict:
		with as_user(self.school.curator):
			return consent_collection.record_collected(names, signed_on or getdate())

	def test_a_class_of_thirty_from_the_list_to_the_signatures(self) -> None:
		pupils = [self.school.mentee(last_name=f"Ромашкин{number:02}", **PUPIL) for number in range(30)]
		self.school.mentee(**{**PUPIL, "school_class": "5Б"})
		record_consent(pupils[0])
		waiting = consent_for(pupils[1], signed_on=None)
		apply_workflow(pupils[2], "Archive")
		names = self.prepared(school_class="5А")
		people = [frappe.db.get_value("Consent", name, "party") for name in names]
		self.assertEqual(people, [pupils[1].name, *(pupil.name for pupil in pupils[3:])])
		self.assertEqual(names[0], waiting.name)
		self.assertEqual(self.prepared(school_class="5А"), names)
		with as_user(self.school.curator):
			job = print_jobs.print_many("Consent", names)
		print_jobs.run(job.name)
		self.assertEqual(frappe.db.get_value(job.doctype, job.name, ["status", "printed"]), ("Finished", 28))
		self.assertEqual(self.recorded(names), {"recorded": names, "refused": []})
		signed = frappe.get_doc("Consent", names[-1])
		self.assertEqual(
			(signed.workflow_state, signed.signatory, signed.representative_name),
			("Signed", "Representative", REPRESENTATIVE["full_name"]),
		)
		self.assertEqual(signed.representative_document, REPRESENTATIVE["identity_document"])
		self.assertEqual(self.prepared(school_class="5А"), [])

	def test_sheets_that_are_refused_are_named_and_stop_no_other(self) -> None:
		good, orphan, ageless, signed = (
			self.school.mentee(**PUPIL),
			self.school.mentee(**{**PUPIL, "representatives": []}),
			self.school.mentee(**{**PUPIL, "birth_date": None}),
			self.school.mentee(**PUPIL),
		)
		names = self.prepared(people=[one.name for one in (good, orphan, ageless, signed)])
		of = {frappe.db.get_value("Consent", name, "party"): name for name in names}
		self.recorded([of[signed.name]])
		result = self.recorded([*names, "нет такого"])
		self.assertEqual(result["recorded"], [of[good.name]])
		refused = {row["name"]: row["reason"] for row in result["refused"]}
		self.assertEqual(set(refused), {of[orphan.name], of[ageless.name], of[signed.name], "нет такого"})
		self.assertIn("representative", refused[of[orphan.name]])
		self.assertIn("birth date", refused[of[ageless.name]])
		orphaned = frappe.get_doc("Consent", of[orphan.name])
		self.assertEqual((orphaned.workflow_state, orphaned.signed_on), ("Draft", None))
		tomorrow = self.recorded([of[orphan.name]], add_days(getdate(), 1))
		self.assertEqual(tomorrow["recorded"], [])

	def test_the_signatory_goes_by_the_age_on_the_day_of_signing(self) -> None:
		born = add_days(getdate(), -366 * 16)
		teenager = self.school.mentee(**{**PUPIL, "birth_date": born})
		young = {**PUPIL, "birth_date": born, "target_group": "pupils-15-19"}
		mentors = [self.school.mentor(**young).name, self.school.mentor().name]
		names = self.prepared(people=[teenager.name])
		with as_user(self.school.curator):
			names += consent_collection.prepare(self.school.organization, KIND, "Mentor", people=mentors)
		self.assertEqual(self.recorded(names)["refused"], [])
		signed = [
			frappe.db.get_value("Consent", name, ["signatory", "representative_name"]) for name in names
		]
		by_both = ("Both", REPRESENTATIVE["full_name"])
		self.assertEqual(sorted(signed), [by_both, by_both, ("Self", None)])

	def test_another_schools_curator_prepares_and_records_nothing(self) -> None:
		pupil = self.school.mentee(**PUPIL)
		names = self.prepared(people=[pupil.name])
		stranger = make_school("Чужая школа")
		with as_user(stranger.curator):
			for organization in (self.school.organization, stranger.organization):
				with self.assertRefused(error=frappe.PermissionError):
					consent_collection.prepare(organization, KIND, "Mentee", people=[pupil.name])
			self.assertEqual(
				consent_collection.prepare(self.school.organization, KIND, "Mentee", school_class="5А"), []
			)
			result = consent_collection.record_collected(names, getdate())
		self.assertEqual(result["recorded"], [])
		self.assertNotIn(pupil.last_name, str(result))
		with as_user(self.school.director), self.assertRefused(error=frappe.PermissionError):
			consent_collection.prepare(self.school.organization, KIND, "Mentee", people=[pupil.name])

	def test_of_everybody_where_nobody_is_named(self) -> None:
		pupils = [self.school.mentee(**{**PUPIL, "school_class": name}) for name in ("5А", "6Б")]
		apply_workflow(self.school.mentee(**PUPIL), "Archive")
		people = [frappe.db.get_value("Consent", name, "party") for name in self.prepared()]
		self.assertEqual(sorted(people), sorted(pupil.name for pupil in pupils))
		self.assertEqual(self.prepared(people=[]), [])

	def test_only_mentors_and_mentees_consent(self) -> None:
		with as_user(self.school.curator), self.assertRefused("mentors and mentees"):
			consent_collection.prepare(self.school.organization, KIND, "User", school_class="5А")


class TestScan(SchoolTestCase):
	def scan(self, consent, content: bytes) -> str:
		return attach("скан.pdf", content, consent.doctype, consent.name).file_url

	def test_the_digest_of_the_scan_is_kept_and_goes_with_it(self) -> None:
		consent = consent_for(self.school.mentor(), representative_name=None)
		for content in (b"%PDF-1.7 \x81\x90 first", "%PDF-1.7 простой текст".encode()):
			consent.scan = self.scan(consent, content)
			consent.scan_sha256 = "0" * 64
			consent.save()
			self.assertEqual(consent.scan_sha256, sha256(content).hexdigest())
		consent.scan_sha256 = "0" * 64
		consent.save()
		self.assertEqual(consent.scan_sha256, sha256("%PDF-1.7 простой текст".encode()).hexdigest())
		consent.scan = None
		consent.save()
		self.assertFalse(consent.scan_sha256)

	def test_the_scan_of_a_signed_consent_stays(self) -> None:
		consent = consent_for(self.school.mentor(), representative_name=None)
		consent.scan = self.scan(consent, b"%PDF-1.7 \x81\x90 scan")
		consent.save()
		consent = apply_workflow(consent, "Record Signature")
		self.assertEqual(consent.scan_sha256, sha256(b"%PDF-1.7 \x81\x90 scan").hexdigest())
		consent.scan = self.scan(consent, b"%PDF-1.7 \x81\x90 another")
		with self.assertRefused(error=(ContentLocked, frappe.UpdateAfterSubmitError)):
			consent.save()
