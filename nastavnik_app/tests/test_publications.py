"""Publications show nobody without the consent to dissemination, and are taken down when it ends."""

from __future__ import annotations

import frappe
from frappe.desk import query_report
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate

from nastavnik_app.people import publicity
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school, record_consent


class PublicationTestCase(SchoolTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		program = frappe.get_doc("Mentoring Program", cls.school.program)
		program.append("curators", {"user": cls.school.curator, "person_name": "Липова Пример Игоревна"})
		program.save()

	def publication(self, *people: Document, **values) -> Document:
		return self.school.record(
			"Mentoring Publication",
			people=[{"party_type": one.doctype, "party": one.name} for one in people],
			**{"title": "Наши пары", "kind": "publication-site", "planned_on": "2026-10-05", **values},
		)

	def shown(self, doctype: str = "Mentee", **values) -> Document:
		person = self.school.mentor(**values) if doctype == "Mentor" else self.school.mentee(**values)
		self.consent = record_consent(person, kind="Dissemination")
		return person

	def withdraw(self, consent: Document) -> None:
		with as_user(self.school.curator):
			consent = frappe.get_doc("Consent", consent.name)
			consent.withdrawn_on = getdate()
			consent.save()
			apply_workflow(consent, "Withdraw")

	def tasks_about(self, publication: Document, status: str = "Open") -> list:
		about = {"reference_name": publication.name, "status": status}
		return frappe.get_all("ToDo", filters=about, fields=["allocated_to", "description"])


class TestPublishing(PublicationTestCase):
	def test_a_plan_may_list_anybody_but_publishing_asks_for_everybodys_consent(self) -> None:
		shy = self.school.mentee(last_name="Скромнов")
		record_consent(shy)  # to the processing alone
		publication = self.publication(self.shown(), shy)
		publication.status = "Published"
		with self.assertRefused("dissemination", shy.full_name):
			publication.save()
		publication.reload()
		publication.update({"status": "Published", "people": publication.people[:1]})
		publication.save()
		self.assertEqual(getdate(publication.published_on), getdate())

	def test_nobody_without_consent_is_added_to_what_is_published(self) -> None:
		publication = self.publication(self.shown(), status="Published")
		shy = self.school.mentor(last_name="Скромнов")
		publication.append("people", {"party_type": "Mentor", "party": shy.name})
		with self.assertRefused(shy.full_name):
			publication.save()

	def test_a_day_before_the_consent_is_refused(self) -> None:
		with self.assertRefused("dissemination"):
			self.publication(self.shown(), status="Published", published_on=str(add_days(getdate(), -5)))

	def test_a_day_to_come_is_refused(self) -> None:
		with self.assertRefused("still to come"):
			self.publication(status="Published", published_on=str(add_days(getdate(), 1)))

	def test_people_of_another_school_are_refused(self) -> None:
		with self.assertRefused("another organization", error=frappe.PermissionError):
			self.publication(make_school("Другая школа").mentor())

	def test_a_plan_cannot_name_an_event_as_its_kind(self) -> None:
		with self.assertRefused("Педагогический совет"):
			self.publication(kind="event-council")


class TestTakingDown(PublicationTestCase):
	def test_a_withdrawal_opens_the_task_and_names_the_publications(self) -> None:
		pupil = self.shown(last_name="Астров")
		out = self.publication(pupil, status="Published", title="Лучшая пара осени")
		planned = self.publication(pupil, title="Только план")
		self.withdraw(self.consent)
		(task,) = self.tasks_about(out)
		self.assertEqual(task.allocated_to, self.school.curator)
		self.assertIn(pupil.full_name, task.description)
		self.assertEqual(self.tasks_about(planned), [])
		self.assertIn("Лучшая пара осени", str(frappe.local.message_log))

	def test_taking_down_closes_the_task(self) -> None:
		publication = self.publication(self.shown(), status="Published")
		self.withdraw(self.consent)
		publication.reload()
		publication.status = "Taken Down"
		publication.save()
		self.assertEqual(self.tasks_about(publication), [])
		self.assertEqual(len(self.tasks_about(publication, "Closed")), 1)

	def test_another_consent_that_holds_lets_it_stand(self) -> None:
		pupil = self.shown()
		first = self.consent
		record_consent(pupil, kind="Dissemination")
		publication = self.publication(pupil, status="Published")
		self.withdraw(first)
		self.assertEqual(self.tasks_about(publication), [])

	def test_a_consent_that_ran_out_is_found_by_the_clock_and_told_once(self) -> None:
		publication = self.publication(self.shown(), status="Published")
		standing = self.publication(self.shown("Mentor"), status="Published")
		consent = publication.people[0].party
		yesterday = add_days(getdate(), -1)
		frappe.db.set_value("Consent", {"party": consent}, "valid_until", yesterday)
		publicity.look_for_ended_consents()
		publicity.look_for_ended_consents()
		self.assertEqual(len(self.tasks_about(publication)), 1)
		self.assertEqual(self.tasks_about(standing), [])


class TestContentPlan(PublicationTestCase):
	def test_plan_and_fact_stand_side_by_side(self) -> None:
		rubric = {"rubric": "Наставник месяца", "status": "Published"}
		self.publication(planned_on="2026-09-10", published_on="2026-10-02", **rubric)
		self.publication(planned_on="2026-10-10", published_on="2026-10-10", **rubric)
		self.publication(planned_on=None, rubric=None)
		result = query_report.run("Content Plan", filters={"program": self.school.program})
		self.assertEqual(
			[(row["month"], row["rubric"], row["planned"], row["published"]) for row in result["result"]],
			[
				("09.2026", "Наставник месяца", 1, 0),
				("10.2026", "Наставник месяца", 1, 2),
				("Without a date", "Without a rubric", 1, 0),
			],
		)
		self.assertEqual([figure["value"] for figure in result["report_summary"]], [3, 2, 1])
