"""A pair between two schools: two orders, two curators, and nothing else of the other school."""

from __future__ import annotations

import frappe
from frappe.model.workflow import apply_workflow

from nastavnik_app import endpoints
from nastavnik_app.endpoints import search
from nastavnik_app.orders import drafting
from nastavnik_app.permissions import may_name
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school


class TestPairsBetweenSchools(SchoolTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.strong, cls.weak = make_school("Сильная школа"), make_school("Другая школа")
		cls.stranger = make_school("Школа другого района")

	def setUp(self) -> None:
		super().setUp()
		self.mentee = self.weak.consenting("Mentee", target_group="teachers")
		self.mentor = self.strong.consenting("Mentor")

	def begun(self, **values):
		"""A pair that the mentees' school has begun: its mentor is not named yet."""
		with as_user(self.weak.curator):
			return frappe.get_doc(
				{
					"doctype": "Pair",
					"program": self.weak.program,
					"form": "teacher-pupil",
					"start_date": "2026-09-15",
					"end_date": "2027-05-25",
					"mentor_organization": self.strong.organization,
					"mentees": [{"mentee": self.mentee.name}],
					**values,
				}
			).insert()

	def agreed(self):
		"""A pair whose mentor the other school has named."""
		pair = self.begun()
		with as_user(self.strong.curator):
			pair = frappe.get_doc("Pair", pair.name)
			pair.mentor = self.mentor.name
			return pair.save()

	def signed_by(self, school, pair):
		with as_user(school.curator):
			order = drafting.make_order("assign-pairs", "Pair", [pair.name])
		return school.signed(order)

	def state(self, pair) -> str:
		return frappe.db.get_value("Pair", pair.name, "workflow_state")

	def test_the_pair_is_at_work_when_both_directors_have_signed(self) -> None:
		pair = self.agreed()
		first = self.signed_by(self.weak, pair)
		self.assertEqual(self.state(pair), "Assigned by One School")
		second = self.signed_by(self.strong, pair)
		self.assertEqual(self.state(pair), "Assigned")
		pair.reload()
		self.assertEqual((pair.order, pair.mentor_order), (first.name, second.name))
		self.assertEqual(first.organization, self.weak.organization)
		self.assertEqual(second.organization, self.strong.organization)

	def test_either_school_may_sign_first(self) -> None:
		pair = self.agreed()
		self.signed_by(self.strong, pair)
		self.assertEqual(self.state(pair), "Assigned by One School")
		self.signed_by(self.weak, pair)
		self.assertEqual(self.state(pair), "Assigned")

	def test_a_school_assigns_its_side_once(self) -> None:
		pair = self.agreed()
		self.signed_by(self.weak, pair)
		with self.assertRaisesRegex(frappe.ValidationError, "already assigned its side"):
			self.signed_by(self.weak, pair)

	def test_a_cancelled_order_takes_back_its_side_alone(self) -> None:
		pair = self.agreed()
		self.signed_by(self.weak, pair)
		order = self.signed_by(self.strong, pair)
		with as_user(self.strong.director):
			order = frappe.get_doc("Mentoring Order", order.name)
			order.cancel_reason = "ошибка в номере"
			order.save()
			apply_workflow(order, "Cancel Order")
		pair.reload()
		self.assertEqual(pair.workflow_state, "Assigned by One School")
		self.assertFalse(pair.mentor_order)
		self.signed_by(self.strong, pair)
		self.assertEqual(self.state(pair), "Assigned")

	def test_no_order_before_the_mentor_is_named(self) -> None:
		pair = self.begun()
		with self.assertRaisesRegex(frappe.ValidationError, "not named yet"):
			self.signed_by(self.weak, pair)

	def test_each_order_asks_for_the_consents_of_its_own_people(self) -> None:
		self.mentor = self.strong.mentor()
		pair = self.agreed()
		self.signed_by(self.weak, pair)
		with self.assertRaisesRegex(frappe.ValidationError, self.mentor.full_name):
			self.signed_by(self.strong, pair)

	def test_each_order_is_read_by_its_own_people(self) -> None:
		pair = self.agreed()
		with as_user(self.strong.curator):
			order = drafting.make_order("assign-pairs", "Pair", [pair.name])
		named = [row.person_name for row in order.acknowledgements]
		self.assertIn(self.mentor.full_name, named)
		self.assertNotIn(self.mentee.full_name, named)

	def test_the_other_curator_is_asked_for_the_mentor(self) -> None:
		pair = self.begun()
		about = {"reference_type": "Pair", "reference_name": pair.name, "allocated_to": self.strong.curator}
		self.assertEqual(frappe.get_all("ToDo", filters=about, pluck="status"), ["Open"])
		with as_user(self.strong.curator):
			pair = frappe.get_doc("Pair", pair.name)
			pair.mentor = self.mentor.name
			pair.save()
		self.assertEqual(frappe.get_all("ToDo", filters=about, pluck="status"), ["Closed"])

	def test_each_curator_writes_the_own_side(self) -> None:
		pair = self.begun()
		with as_user(self.strong.curator):
			theirs = frappe.get_doc("Pair", pair.name)
			theirs.end_date = "2027-04-30"
			self.assertRaises(frappe.PermissionError, theirs.save)
		with as_user(self.weak.curator):
			ours = frappe.get_doc("Pair", pair.name)
			ours.mentor = self.mentor.name
			self.assertRaises(frappe.PermissionError, ours.save)
			ours = frappe.get_doc("Pair", pair.name)
			ours.mentor = self.weak.mentor().name
			self.assertRaises(frappe.PermissionError, ours.save)

	def test_a_plan_declared_ready_goes_on_when_the_mentor_is_named(self) -> None:
		pair = self.begun()
		with as_user(self.weak.curator):
			plan = apply_workflow(self.weak.plan(pair), "Declare Ready")
		with as_user(self.strong.curator):
			pair = frappe.get_doc("Pair", pair.name)
			pair.mentor = self.mentor.name
			pair.save()
		with as_user(self.weak.curator):
			plan = frappe.get_doc("Individual Plan", plan.name)
			plan.remark = "Согласуйте с наставником"
			plan.save()
			self.assertEqual(apply_workflow(plan, "Return With Remark").title, pair.title)

	def test_nothing_else_of_the_other_school_is_seen(self) -> None:
		pair = self.agreed()
		hidden = (
			("Mentee", self.mentee.name),
			("Mentoring Program", self.weak.program),
			("Consent", frappe.db.get_value("Consent", {"party": self.mentee.name}, "name")),
		)
		with as_user(self.strong.curator):
			self.assertTrue(frappe.has_permission("Pair", "read", doc=pair))
			for doctype, name in hidden:
				doc = frappe.get_doc(doctype, name)
				self.assertFalse(frappe.has_permission(doctype, "read", doc=doc), doctype)
				self.assertEqual(frappe.get_list(doctype, filters={"name": name}), [], doctype)
			self.assertFalse(frappe.has_permission("Pair", "delete", doc=pair))
			# a list joins the records that its rows link to: the pair is not in the other school's lists
			self.assertEqual(frappe.get_list("Pair", filters={"name": pair.name}), [])
			self.assertEqual(
				frappe.get_list("Pair Mentee", filters={"parent": pair.name}, parent_doctype="Pair"), []
			)
			self.assertFalse(search("Mentee", "", "name", 0, 20))

	def test_the_other_school_is_chosen_by_its_title_among_those_of_the_same_authority(self) -> None:
		authority = frappe.get_doc(
			{
				"doctype": "Educational Organization",
				"title": f"Управление {frappe.generate_hash(length=6)}",
				"organization_type": "Municipal Authority",
			}
		).insert()
		for school in (self.strong, self.weak):
			organization = frappe.get_doc("Educational Organization", school.organization)
			organization.parent_organization = authority.name
			organization.save()
		stranger = self.stranger.organization
		with as_user(self.weak.curator):
			found = {row[0] for row in search("Educational Organization", "", "name", 0, 20)}
			self.assertIn(self.strong.organization, found)
			self.assertNotIn(stranger, found)
			asked = ("Educational Organization", self.strong.organization)
			self.assertEqual(endpoints.validate_link(*asked), {"name": self.strong.organization})
			self.assertTrue(may_name(*asked))
			self.assertEqual(endpoints.validate_link("Educational Organization", stranger), {"name": None})
			organization = frappe.get_doc(*asked)
			self.assertFalse(frappe.has_permission(organization.doctype, "read", doc=organization))
			above = (authority.doctype, authority.name)
			self.assertTrue(may_name(*above))
			self.assertFalse(frappe.has_permission(authority.doctype, "read", doc=authority))

	def test_a_third_school_sees_nothing(self) -> None:
		pair = self.agreed()
		with as_user(self.stranger.curator):
			self.assertFalse(frappe.has_permission("Pair", "read", doc=pair))

	def test_a_pair_without_mentor_or_other_school_is_refused(self) -> None:
		with self.assertRaises(frappe.MandatoryError):
			self.begun(mentor_organization=None)

	def test_places_of_the_mentor_bind_across_schools(self) -> None:
		self.mentor.capacity = 1
		self.mentor.save()
		self.strong.pair(mentor=self.mentor)
		with self.assertRaisesRegex(frappe.ValidationError, "places"):
			self.agreed()

	def test_the_report_shows_the_pair_to_both_schools_and_to_no_other(self) -> None:
		from nastavnik_app.nastavnik_app.report.pairs_with_other_schools import pairs_with_other_schools

		pair = self.agreed()
		for school, seen in ((self.strong, True), (self.weak, True), (self.stranger, False)):
			with as_user(school.curator):
				rows = pairs_with_other_schools.execute()[1]
			self.assertEqual(pair.name in [row["pair"] for row in rows], seen)
