"""One school sees nothing of another's, through whichever door it looks; a participant sees the own pairs."""

from __future__ import annotations

import frappe
from frappe.desk import query_report
from frappe.desk.search import search_link
from frappe.model.workflow import apply_workflow

from nastavnik_app.rules.scope import SCOPE_FIELD, SHARED
from nastavnik_app.rules.states import OFFICER, PARTICIPANT
from nastavnik_app.tests.builders import SchoolTestCase, as_user, attach_scan, make_school, make_user
from nastavnik_app.tests.builders_everything import everything_of

# what an authority writes, and returns: test_program_returns, test_municipal_officer
OF_AUTHORITIES = {
	"Municipal Report",
	"Program Return",
	"Program Return Request",
	"Return Partner",
	"Website Check",
}


class TestBetweenSchools(SchoolTestCase):
	"""Everything of the class's school exists; the curator of another school looks for it."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.records = everything_of(cls.school)
		cls.stranger = make_school("Чужая школа").curator

	def test_every_scoped_doctype_is_looked_for(self) -> None:
		# nobody's to list, and the director's alone (test_personal_data.py)
		elsewhere = OF_AUTHORITIES | {"Mentoring Order Counter", "Support Profile Access"}
		self.assertEqual(set(self.records), set(SCOPE_FIELD) - elsewhere)

	def test_own_curator_sees_all_of_it(self) -> None:
		with as_user(self.school.curator):
			for doctype, name in self.records.items():
				self.assertIn(name, frappe.get_list(doctype, pluck="name", limit_page_length=0), doctype)
				self.assertTrue(
					frappe.has_permission(doctype, "read", frappe.get_doc(doctype, name)), doctype
				)

	def test_lists_and_counts(self) -> None:
		with as_user(self.stranger):
			for doctype, name in self.records.items():
				self.assertNotIn(name, frappe.get_list(doctype, pluck="name", limit_page_length=0), doctype)
				self.assertEqual(frappe.client.get_list(doctype, filters={"name": name}), [], doctype)

	def test_forms(self) -> None:
		with as_user(self.stranger):
			for doctype, name in self.records.items():
				for ptype in ("read", "write", "delete", "print", "export", "email"):
					self.assertFalse(
						frappe.has_permission(doctype, ptype, frappe.get_doc(doctype, name)), (doctype, ptype)
					)
				with self.assertRefused(error=frappe.PermissionError):
					frappe.client.get(doctype, name)

	def test_link_search_even_when_asked_to_ignore_permissions(self) -> None:
		with as_user(self.stranger):
			for doctype, name in self.records.items():
				for ignore in (False, True):
					found = search_link(doctype, "", page_length=200, ignore_user_permissions=ignore)
					self.assertNotIn(name, [row["value"] for row in found], doctype)

	def test_link_search_finds_the_own_school_by_title(self) -> None:
		with as_user(self.school.curator):
			title = frappe.db.get_value("Mentor", self.records["Mentor"], "full_name")
			found = search_link("Mentor", title[:8])
			self.assertIn(self.records["Mentor"], [row["value"] for row in found])

	def test_rows_of_tables(self) -> None:
		pair, order = self.records["Pair"], self.records["Mentoring Order"]
		for table, parent, parents in (
			("Pair Mentee", "Pair", pair),
			("Mentoring Order Pair", "Mentoring Order", order),
		):
			with as_user(self.stranger):
				rows = frappe.get_list(table, parent_doctype=parent, filters={"parent": parents})
				self.assertEqual(rows, [], table)
			with as_user(self.school.curator):
				rows = frappe.get_list(table, parent_doctype=parent, filters={"parent": parents})
				self.assertEqual(len(rows), 1, table)

	def test_points_of_orders_are_narrowed_though_order_types_have_them_too(self) -> None:
		order = self.records["Mentoring Order"]
		with as_user(self.stranger):
			rows = frappe.get_list(
				"Mentoring Order Point", parent_doctype="Mentoring Order", filters={"parent": order}
			)
			self.assertEqual(rows, [])
		with as_user(self.school.curator):
			rows = frappe.get_list(
				"Mentoring Order Point", parent_doctype="Mentoring Order", filters={"parent": order}
			)
			self.assertEqual(len(rows), 1)

	def test_files_comments_and_to_dos(self) -> None:
		order = frappe.get_doc("Mentoring Order", self.records["Mentoring Order"])
		scan = attach_scan(order)
		with as_user(self.stranger):
			self.assertNotIn(scan.name, frappe.get_list("File", pluck="name", limit_page_length=0))
			self.assertFalse(frappe.get_doc("File", scan.name).has_permission("read"))
			with self.assertRefused(error=frappe.PermissionError):
				order.add_comment("Comment", "Здесь был чужой")
			with self.assertRefused(error=frappe.PermissionError):
				todo = {"doctype": "ToDo", "description": "Чужое", "reference_type": order.doctype}
				frappe.get_doc({**todo, "reference_name": order.name}).insert()
		with as_user(self.school.curator):
			self.assertIn(scan.name, frappe.get_list("File", pluck="name", limit_page_length=0))

	def test_a_document_made_up_around_a_stored_name(self) -> None:
		own = frappe.db.get_value("Mentoring Organization Member", {"user": self.stranger}, "parent")
		for doctype in ("Mentor", "Mentee", "Pair", "Individual Plan", "Mentoring Order", "Roadmap Task"):
			forged = frappe.get_doc(doctype, self.records[doctype])
			forged.organization = own
			with as_user(self.stranger):
				self.assertFalse(frappe.has_permission(doctype, "read", forged), doctype)

	def test_the_programme_of_another_school_is_weighed_for_whom_is_asked_about(self) -> None:
		elsewhere = make_school("Чужая школа").program
		task = {"doctype": "Roadmap Task", "title": "Своя задача", "organization": self.school.organization}
		for user in ("Administrator", self.school.curator):  # whoever asks
			for program, may in ((self.school.program, True), (elsewhere, False)):
				made_up = frappe.get_doc({**task, "program": program})
				with as_user(user):
					allowed = frappe.has_permission(
						"Roadmap Task", "create", made_up, user=self.school.curator
					)
				self.assertIs(bool(allowed), may, (user, program))

	def test_reports(self) -> None:
		filters = {"organization": self.school.organization}
		with as_user(self.stranger):
			tasks = query_report.run("Roadmap Fulfilment", filters=filters)["result"]
			people = query_report.run("Consent Coverage", filters=filters)["result"]
		self.assertEqual((tasks, people), ([], []))
		with as_user(self.school.curator):
			self.assertEqual(len(query_report.run("Roadmap Fulfilment", filters=filters)["result"]), 1)

	def test_reports_do_not_run_as_somebody_else(self) -> None:
		with as_user(self.stranger):
			result = query_report.run(
				"Roadmap Fulfilment", filters={"organization": self.school.organization}, user="Administrator"
			)
		self.assertEqual(result["result"], [])

	def test_print(self) -> None:
		with as_user(self.stranger), self.assertRefused(error=frappe.PermissionError):
			frappe.get_print("Mentoring Order", self.records["Mentoring Order"], "Mentoring Order")

	def test_a_record_is_not_moved_into_the_own_school(self) -> None:
		own = frappe.db.get_value("Educational Organization", {"director": ["like", "director%"]}, "name")
		with as_user(self.stranger):
			mentor = frappe.get_doc("Mentor", self.records["Mentor"])
			mentor.organization = own
			with self.assertRefused(error=(frappe.PermissionError, frappe.CannotChangeConstantError)):
				mentor.save()

	def test_links_to_another_schools_people_are_refused(self) -> None:
		other = make_school("Соседняя школа")
		with self.assertRefused(error=frappe.PermissionError):
			other.pair(mentor=frappe.get_doc("Mentor", self.records["Mentor"]))

	def test_a_consent_is_written_for_the_own_people_alone(self) -> None:
		values = {"doctype": "Consent", "party_type": "Mentor", "party": self.records["Mentor"]}
		with as_user(self.school.curator):
			consent = frappe.get_doc({**values, "kind": "Dissemination"}).insert()
		self.assertEqual(consent.organization, self.school.organization)
		with as_user(self.stranger), self.assertRefused(error=frappe.PermissionError):
			own = frappe.db.get_value("Mentoring Organization Member", {"user": self.stranger}, "parent")
			frappe.get_doc({**values, "kind": "Dissemination", "organization": own}).insert()

	def test_actions_on_another_schools_records(self) -> None:
		with as_user(self.stranger), self.assertRefused(error=frappe.PermissionError):
			apply_workflow(
				frappe.get_doc("Mentoring Order", self.records["Mentoring Order"]), "Send for Approval"
			)


class TestRoles(SchoolTestCase):
	def test_participant_sees_the_own_pair_and_nobodys_file(self) -> None:
		user = make_user("mentor", PARTICIPANT)
		mentor = self.school.mentor(user=user)
		own, other = self.school.pair(mentor), self.school.pair()
		plan = self.school.plan(own)
		self.school.plan(other)
		with as_user(user):
			self.assertEqual(frappe.get_list("Pair", pluck="name"), [own.name])
			self.assertEqual(frappe.get_list("Individual Plan", pluck="name"), [plan.name])
			self.assertEqual(frappe.get_list("Mentoring Order"), [])
			for doctype in ("Mentor", "Mentee", "Mentee Support Profile", "Roadmap Task", "Roadmap Import"):
				with self.assertRefused(error=frappe.PermissionError):
					frappe.get_list(doctype)

	def test_mentor_writes_the_plan_of_the_own_pair_alone(self) -> None:
		user = make_user("mentor", PARTICIPANT)
		own, other = self.school.pair(self.school.mentor(user=user)), self.school.pair()
		with as_user(user):
			plan = self.school.plan(own)
			apply_workflow(plan, "Declare Ready")
			with self.assertRefused(error=frappe.PermissionError):
				self.school.plan(other)

	def test_municipal_officer_sees_schools_and_no_person(self) -> None:
		officer = make_user("officer", OFFICER)
		authority = frappe.get_doc(
			{
				"doctype": "Educational Organization",
				"title": "Вымышленское управление",
				"organization_type": "Municipal Authority",
				"members": [{"user": officer}],
			}
		).insert()
		frappe.db.set_value(
			"Educational Organization", self.school.organization, "parent_organization", authority.name
		)
		self.school.pair()
		with as_user(officer):
			self.assertEqual(
				set(frappe.get_list("Educational Organization", pluck="name")),
				{authority.name, self.school.organization},
			)
			for doctype in ("Mentor", "Mentee", "Consent", "Pair", "Individual Plan", "Mentoring Order"):
				with self.assertRefused(error=frappe.PermissionError):
					frappe.get_list(doctype)

	def test_a_role_without_an_organization_sees_nothing(self) -> None:
		self.school.pair()
		with as_user(make_user("nobody", "Mentoring Curator")):
			for doctype in SCOPE_FIELD:
				if frappe.has_permission(doctype, "read"):
					of_schools = {"organization": ["is", "set"]} if doctype in SHARED else {}
					self.assertEqual(frappe.get_list(doctype, filters=of_schools), [], doctype)

	def test_a_curator_who_mentors_elsewhere_writes_nothing_there_but_plans(self) -> None:
		elsewhere = make_school("Школа наставника")
		mentor = elsewhere.consenting("Mentor", user=self.school.curator)
		pair = elsewhere.pair(mentor)
		user = frappe.get_doc("User", self.school.curator)
		user.add_roles("Mentoring Participant")
		with as_user(self.school.curator):
			program = frappe.get_doc("Mentoring Program", elsewhere.program)
			self.assertTrue(frappe.has_permission("Mentoring Program", "read", doc=program))
			self.assertFalse(frappe.has_permission("Mentoring Program", "write", doc=program))
			self.assertFalse(frappe.has_permission("Pair", "write", doc=pair))
			self.assertTrue(elsewhere.plan(pair).name)

	def test_membership_without_a_role_opens_nothing(self) -> None:
		user = make_user("guest")
		organization = frappe.get_doc("Educational Organization", self.school.organization)
		organization.append("members", {"user": user})
		organization.save()
		with as_user(user), self.assertRefused(error=frappe.PermissionError):
			frappe.get_list("Mentor")
