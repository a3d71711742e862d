"""What an authority gives to its schools: kept by it, read below it once it is published, and nowhere else."""

from __future__ import annotations

import frappe
from frappe.desk.search import search_link
from frappe.model.document import Document

from nastavnik_app import permissions
from nastavnik_app.rules.states import PARTICIPANT
from nastavnik_app.tests.builders import as_user, attach_scan, make_school, make_user
from nastavnik_app.tests.builders_authority import AuthorityTestCase, make_authority, school_below

MATERIAL = "Mentoring Material"


class TestMaterials(AuthorityTestCase):
	def given(self, **values) -> Document:
		with as_user(self.officer):
			return frappe.get_doc(
				{
					"doctype": MATERIAL,
					"organization": self.authority,
					"title": "Примерное положение о наставничестве",
					"folder": "Нормативная основа",
					"kind": "Template",
					"published": 1,
					**values,
				}
			).insert()

	def switch(self, material: Document, published: int) -> Document:
		with as_user(self.officer):
			material = frappe.get_doc(MATERIAL, material.name)
			material.published = published
			return material.save()

	def read_by(self, user: str) -> list[str]:
		with as_user(user):
			return frappe.get_list(MATERIAL, pluck="name")

	def asked(self, material: Document) -> list[str]:
		open_ones = {"reference_type": MATERIAL, "reference_name": material.name, "status": "Open"}
		return frappe.get_all("ToDo", filters=open_ones, pluck="allocated_to")

	def test_a_school_reads_what_its_authority_has_published_with_its_files(self) -> None:
		material = self.given(published=0)
		with as_user(self.officer):
			file = attach_scan(material)
		curator = self.school.curator
		self.assertEqual(self.read_by(curator), [])
		with as_user(curator):
			self.assertFalse(frappe.has_permission("File", "read", doc=file))
		material = self.switch(material, 1)
		self.assertTrue(material.published_on)
		self.assertEqual(
			material.given_by, frappe.db.get_value("Educational Organization", self.authority, "title")
		)
		for user in (curator, self.school.director):
			self.assertEqual(self.read_by(user), [material.name])
			with as_user(user):
				self.assertTrue(frappe.has_permission("File", "read", doc=file))
				self.assertIn(file.name, frappe.get_list("File", pluck="name"))
				found = search_link(MATERIAL, "положение")
				self.assertEqual([row["value"] for row in found], [material.name])
				for ptype in ("write", "delete", "share"):
					self.assertFalse(frappe.has_permission(MATERIAL, ptype, doc=material), ptype)

	def test_curators_are_told_and_let_off_when_it_is_taken_back(self) -> None:
		material = self.given(published=0)
		self.assertEqual(self.asked(material), [])
		material = self.switch(material, 1)
		self.assertEqual(self.asked(material), [self.school.curator])
		material = self.switch(material, 0)
		self.assertEqual((self.asked(material), material.published_on), ([], None))
		self.assertEqual(self.read_by(self.school.curator), [])

	def test_a_branch_reads_it_and_another_authoritys_school_does_not(self) -> None:
		material = self.given()
		branch = make_school(
			"Филиал", organization_type="Branch", parent_organization=self.school.organization
		)
		elsewhere, _officer = make_authority("Другое управление")
		stranger = school_below(elsewhere, "Чужая школа")
		self.assertEqual(self.read_by(branch.curator), [material.name])
		self.assertEqual(self.read_by(stranger.curator), [])
		with as_user(stranger.curator):
			self.assertFalse(frappe.has_permission(MATERIAL, "read", doc=material))
			forged = frappe.get_doc(MATERIAL, material.name)
			forged.organization = stranger.organization
			self.assertFalse(frappe.has_permission(MATERIAL, "read", doc=forged))

	def test_a_school_keeps_materials_of_its_own_which_its_authority_does_not_read(self) -> None:
		with as_user(self.school.curator):
			own = frappe.get_doc(
				{
					"doctype": MATERIAL,
					"organization": self.school.organization,
					"title": "Памятка наставнику",
					"kind": "Training",
					"published": 1,
				}
			).insert()
		self.assertEqual(self.read_by(self.officer), [])
		self.assertEqual(self.read_by(self.school.curator), [own.name])
		with as_user(self.school.curator), self.assertRefused(error=frappe.PermissionError):
			frappe.get_doc(
				{"doctype": MATERIAL, "organization": self.authority, "title": "Чужое", "kind": "Other"}
			).insert()

	def test_a_mentor_reads_what_is_for_mentors(self) -> None:
		user = make_user("mentor", PARTICIPANT)
		self.school.pair(self.school.consenting("Mentor", user=user))
		self.given()
		self.given(title="Ещё не готово", published=0, for_participants=1)
		for_mentors = self.given(title="Памятка: первая встреча", for_participants=1)
		self.assertEqual(self.read_by(user), [for_mentors.name])
		with as_user(user):
			self.assertTrue(frappe.has_permission(MATERIAL, "read", doc=for_mentors))
			self.assertFalse(frappe.has_permission(MATERIAL, "write", doc=for_mentors))

	def test_above_goes_up_to_the_top(self) -> None:
		region, _officer = make_authority("Министерство")
		frappe.db.set_value("Educational Organization", self.authority, "parent_organization", region)
		self.assertEqual(permissions.above({self.school.organization}), {self.authority, region})
		self.assertEqual(permissions.above({region}), set())
