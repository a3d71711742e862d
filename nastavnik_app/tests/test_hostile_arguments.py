"""What random requests have found, each as the one request that showed it."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.desk import query_report
from frappe.desk.search import search_link

from nastavnik_app import period
from nastavnik_app.rules.scope import SCOPE_FIELD
from nastavnik_app.rules.states import SPECIALIST
from nastavnik_app.tests.builders import as_user
from nastavnik_app.tests.doors import Answered, asked, called
from nastavnik_app.tests.engine import is_embedded
from nastavnik_app.tests.two_schools import MANAGER, MARK, TwoSchoolsTestCase

METHOD = "/api/method/nastavnik_app."
BROKEN = ("[[[", "{", "x", "[" * 2000, '[["Mentee", "x"]]', "[1, 2]", "[null]", "7", "NaN", '{"a": 1}')


class TestFound(TwoSchoolsTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.curator, cls.manager = cls.own.school.curator, cls.users[MANAGER]

	def assertRefusedInWords(self, answer: Answered, *about: object) -> None:
		self.assertIn(answer[0], (403, 404, 417), (answer, about))

	def test_lists_of_names_that_are_none(self) -> None:
		"""JSONDecodeError, RecursionError and unhashable lists out of every endpoint that takes names."""
		records = self.own.records
		calls: dict[str, tuple[str, dict[str, Any]]] = {
			"api.print_many": ("names", {"doctype": "Mentoring Order"}),
			"api.record_consents": ("names", {"signed_on": "2026-10-01"}),
			"api.make_order": ("names", {"order_type": "assign-pairs", "doctype": "Pair"}),
			"api.collect_acknowledgements": (
				"rows",
				{"order": records["Mentoring Order"], "day": "2026-10-01"},
			),
			"api.renew_questionnaire_links": ("responses", {}),
			"api_authority.schools_to_hand_down": ("tasks", {}),
			"api_authority.hand_down": ("tasks", {"schools": []}),
			"api_authority.take_back": ("schools", {"task": records["Roadmap Task"]}),
		}
		for method, (argument, others) in calls.items():
			for sent in (*BROKEN, [["Mentee", "x"]], [1], [None], [{}]):
				answer = asked(self.manager, "POST", METHOD + method, **{argument: sent}, **others)
				self.assertRefusedInWords(answer, method, sent)

	def test_people_of_an_act_that_are_none(self) -> None:
		for people in (*BROKEN[:4], '["x"]', [["Mentee"]], [1], 1.5, [["Mentee", 1]]):
			answer = asked(
				self.manager, "POST", METHOD + "api_privacy.draw_up_destruction_act", people=people
			)
			self.assertRefusedInWords(answer, people)

	def test_answers_and_choices_that_are_no_dictionary(self) -> None:
		response = self.own.records["Mentoring Questionnaire Response"]
		choice = {"organization": self.own.school.organization, "people": "Mentee", "source": "Student"}
		for sent in ("x", "[]", "[1]", "7", "[" * 2000):
			for method, arguments in (
				("api.record_answers", {"response": response, "answers": sent}),
				("api.submit_questionnaire", {"token": "x", "submission": "0" * 32, "answers": sent}),
				("api_erp.count_people", {**choice, "choice": sent}),
			):
				self.assertRefusedInWords(asked(self.curator, "POST", METHOD + method, **arguments), method)

	def test_filters_of_reports_that_are_no_values(self) -> None:
		"""A list or a dictionary came into the query as it was."""
		for report in frappe.get_all("Report", filters={"module": "Nastavnik App"}, pluck="name"):
			for sent in (
				{"organization": ["x", {"a": 1}]},
				{"program": {"x": 1}},
				{"program": "nothing of the kind", "organization": "' or 1=1 -- "},
				{"authority": ["x", 1, None], "pair": "x", "questionnaire": [], "indicator": {}},
				{"program": "a\0b"},
				{"from_date": -1, "to_date": -1, "on_date": 5.5},
				{"program": self.own.school.program, "indicator": "((", "to_date": "[", "on_date": "x"},
			):
				status, text = called(self.manager, query_report.run, report, filters=sent)
				self.assertIn(status, (200, 403, 404, 417), (report, sent, text[:300]))

	def test_the_empty_day_of_databases_is_before_nothing(self) -> None:
		for days in (
			{"since": "0000-00-00", "until": "2026-09-01"},
			{"since": "2026-09-01", "until": "0000-00-00"},
		):
			period.refuse_reversed(frappe.new_doc("Partner Organization", **days), "since", "until")

	def test_filters_of_lists_that_are_none(self) -> None:
		for filters in ("NaN", "x", [[]], [["a"]], {"name": ["in", True]}, {"modified": ["<", "x"]}, [[1]]):
			for doctype in ("Mentee", "Educational Organization", "Mentoring Kind"):
				for function in ("frappe.client.get_count", "frappe.client.get"):
					path = f"/api/method/{function}"
					status, text = asked(self.curator, "POST", path, doctype=doctype, filters=filters)
					self.assertNotEqual(status, 500, (function, filters, text))
				if doctype in SCOPE_FIELD and not isinstance(
					filters, str
				):  # others the framework reads itself
					status, text = called(self.curator, search_link, doctype, "", filters=filters)
					self.assertNotEqual(status, 500, (filters, text))

	def test_link_search_over_records_without_a_title(self) -> None:
		name = self.own.records["Support Profile Access"]
		status, text = called(self.own.school.director, search_link, "Support Profile Access", name)
		self.assertIn(name, text, status)

	def test_link_search_ignoring_permissions_over_what_tells_of_our_records(self) -> None:
		task = self.foreign.records["Roadmap Task"]
		todo = {"doctype": "ToDo", "reference_type": "Roadmap Task", "reference_name": task}
		frappe.get_doc({**todo, "description": f"Сделать {MARK}"}).insert()
		for doctype in ("ToDo", "File"):
			status, text = called(
				self.curator, search_link, doctype, "", page_length=500, ignore_user_permissions=True
			)
			self.assertNotIn(MARK, text, doctype)
			self.assertEqual(status, 200, text)

	def test_a_questionnaire_of_another_school_is_not_analysed(self) -> None:
		filters = {"questionnaire": self.foreign.records["Mentoring Questionnaire"]}
		status, text = called(self.curator, query_report.run, "Questionnaire Analysis", filters=filters)
		self.assertEqual(status, 403)
		self.assertNotIn(MARK, text)

	def test_no_refusal_tells_that_another_school_has_such_a_record(self) -> None:
		"""A record asked for by what stands in it: one of another school is answered as one that is not there."""
		for filters in (
			{"organization": self.foreign.school.organization},
			{"organization": "nothing of the kind"},
			[["last_name", "like", "%"], ["organization", "=", self.foreign.school.organization]],
		):
			status, text = asked(
				self.curator, "POST", "/api/method/frappe.client.get", doctype="Mentee", filters=filters
			)
			self.assertEqual(status, 404, text)
			self.assertNotIn(self.foreign.records["Mentee"], text)
		own = {"organization": self.own.school.organization}
		answer = asked(self.curator, "POST", "/api/method/frappe.client.get", doctype="Mentee", filters=own)
		self.assertEqual(answer[0], 200)

	def test_a_name_that_is_a_filter_finds_no_record_of_ones_own(self) -> None:
		"""The permission was asked of whatever record the name found."""
		path = f"/api/resource/Mentee/{self.foreign.records['Mentee']}"
		for name in ({"organization": self.own.school.organization}, [["name", "!=", ""]], ["x", 1]):
			answer = asked(self.curator, "PUT", path, name=name, last_name="Чужой")
			self.assertRefusedInWords(answer, name)
			self.assertNotEqual(answer[0], 200)

	def test_an_empty_filter_is_no_name(self) -> None:
		path = f"/api/resource/Educational Organization/{self.own.school.organization}"
		for name in ({}, []):
			self.assertRefusedInWords(asked(self.curator, "PUT", path, name=name, phone="112"), name)

	def test_not_even_a_manager_writes_under_a_name_that_is_a_filter(self) -> None:
		record = frappe.get_doc("Mentoring Local Act", self.own.records["Mentoring Local Act"])
		record.name = [None]
		with as_user(self.manager), self.assertRaises(frappe.ValidationError):
			frappe.has_permission("Mentoring Local Act", "write", doc=record)

	def test_a_consent_of_what_is_no_person(self) -> None:
		for party_type, party in (({"doctype": "Mentee"}, "x"), (["Mentee"], "x"), ("Mentee", {"x": 1})):
			consent = frappe.get_doc({"doctype": "Consent", "party_type": party_type, "party": party})
			with as_user(self.curator), self.assertRaises(frappe.ValidationError, msg=party_type):
				frappe.has_permission("Consent", "create", doc=consent)
		stranger = {
			"doctype": "Consent",
			"party_type": "Pair Meeting",
			"party": self.own.records["Pair Meeting"],
		}
		with as_user(self.curator):
			self.assertFalse(frappe.has_permission("Consent", "create", doc=frappe.get_doc(stranger)))

	def test_the_refusal_of_another_schools_link_names_no_school(self) -> None:
		"""The organization is fetched from the linked program before anything is compared."""
		path = f"/api/resource/Mentoring Event/{self.own.records['Mentoring Event']}"
		foreign = {"program": self.foreign.school.program, "roadmap_task": self.own.records["Roadmap Task"]}
		answer = asked(self.curator, "PUT", path, **foreign)
		self.assertRefusedInWords(answer)

		self.assertNotIn(MARK, answer[1])
		for doctype in ("Pair", "Individual Plan", "Mentoring Order", "Pair Meeting", "Mentoring Award"):
			path = f"/api/resource/{doctype}/{self.own.records[doctype]}"
			answer = asked(self.curator, "PUT", path, program=self.foreign.school.program)
			self.assertNotIn(MARK, answer[1], doctype)
		response = {"questionnaire": self.foreign.records["Mentoring Questionnaire"]}
		response |= {"party_type": "Mentee", "party": self.own.records["Mentee"]}
		answer = asked(
			self.curator,
			"POST",
			"/api/resource/Mentoring Questionnaire Response",
			program=self.own.school.program,
			**response,
		)
		self.assertRefusedInWords(answer)
		self.assertNotIn(MARK, answer[1])

	def test_a_range_with_one_bound_does_not_swallow_the_condition_on_rows(self) -> None:
		"""`field between 'x' and (condition)`: the framework writes it so, and the condition became the bound."""
		if is_embedded():
			self.skipTest("only Frappe writes it so")
		for doctype, name in self.foreign.everything():
			texts = [
				df.fieldname for df in frappe.get_meta(doctype).fields if df.fieldtype in ("Data", "Link")
			]
			for field in texts[:3]:
				for bound in ("А", ["%"], [], "0", ""):
					path = f"/api/resource/{doctype}"
					filters = frappe.as_json([[doctype, field, "between", bound]])
					_status, text = asked(self.curator, "GET", path, filters=filters, limit_page_length=500)
					self.assertNotIn(f'"{name}"', text, (doctype, field, bound))

	def test_a_search_from_beyond_the_last_row(self) -> None:
		path = "/api/method/nastavnik_app.endpoints.search"
		found = {"doctype": "Mentee", "txt": "", "searchfield": "name", "start": "9" * 20, "page_len": 1}
		self.assertEqual(asked(self.curator, "GET", path, **found)[0], 200)

	def test_a_name_that_is_a_filter_tells_nothing(self) -> None:
		"""403 for a record of another school that the filter fits, 404 for none: so one asks letter by letter."""
		mentor = frappe.db.get_value("Mentor", self.foreign.records["Mentor"], "last_name")
		for method, argument, others in (
			("next_meeting_kind", "pair", {}),
			("standing_of_task", "task", {}),
			("divide_into_years", "program", {}),
			("draw_up_plan", "pair", {"template": "plan-network"}),
		):
			for fits in (self.foreign.school.organization, "nothing of the kind"):
				sent = {argument: {"organization": fits}}
				answer = asked(self.curator, "POST", f"{METHOD}api.{method}", **sent, **others)
				self.assertEqual(answer[0], 417, (method, answer))
		sent = {"doctype": "Mentor", "name": {"last_name": mentor}, "reason": "Purpose Achieved"}
		self.assertEqual(asked(self.curator, "POST", METHOD + "api_privacy.block_person", **sent)[0], 417)

	def test_the_profile_of_another_schools_child_is_not_named(self) -> None:
		specialist = self.own.users[SPECIALIST]
		path = f"/api/resource/Mentee Support Profile/{self.own.records['Mentee Support Profile']}"
		answer = asked(specialist, "PUT", path, mentee=self.foreign.records["Mentee"])
		self.assertRefusedInWords(answer)
		self.assertNotIn(MARK, answer[1])

	def test_a_list_in_the_place_of_one_value(self) -> None:
		path = f"/api/resource/Mentee/{self.own.records['Mentee']}"
		for value in (["x", 1, None, {"a": 1}], {"a": 1}):
			self.assertRefusedInWords(asked(self.curator, "PUT", path, first_name=value), value)

	def test_numbers_without_end_and_in_the_place_of_texts(self) -> None:
		for doctype, values in (
			("Pair Meeting", {"start_time": 2**63}),
			("Program Return", {"bound": "1e309"}),
			("Pair Matching", {"weight_earlier": "9999-12-31"}),
			("Pair Matching", {"weight_interests": "7"}),
			("Mentoring Indicator Value", {"has_target": True, "target_year": "{}", "denominator": "x"}),
			("Mentoring Indicator Value", {"denominator": "7", "numerator": 1.5}),
		):
			path = f"/api/resource/{doctype}/{self.own.records[doctype]}"
			status, text = asked(self.curator, "PUT", path, **values)
			self.assertNotEqual(status, 500, text)

	def test_a_chart_that_is_none(self) -> None:
		for chart in ('{"name": {"x": 1}}', "[[]]", "x", "{}", {"type": "Bar"}):
			answer = asked(self.curator, "POST", METHOD + "endpoints.get_chart", chart=chart, filters="{")
			self.assertRefusedInWords(answer, chart)

	def test_fields_of_a_link_that_are_none(self) -> None:
		name = self.own.records["Mentee"]
		for fields in ("{0}", "x", {"a": 1}, [1]):
			asked_for = {"doctype": "Mentee", "docname": name, "fields": fields}
			answer = asked(self.curator, "POST", METHOD + "endpoints.validate_link", **asked_for)
			self.assertRefusedInWords(answer, fields)

	def test_an_empty_name_is_no_record(self) -> None:
		for argument, method in (("program", "divide_into_years"), ("order", "acknowledge")):
			answer = asked(self.curator, "POST", f"{METHOD}api.{method}", **{argument: ""})
			self.assertRefusedInWords(answer, method)
			self.assertNotIn(self.foreign.records["Mentoring Order"], answer[1])

	def test_a_doctype_that_there_is_none_of(self) -> None:
		for method, sent in (
			("api.make_order", {"order_type": "assign-pairs", "doctype": "x'; --", "names": ["x"]}),
			("endpoints.toggle_like", {"doctype": "true", "name": "x"}),
			("endpoints.remove_tag", {"tag": "x", "dt": "0", "dn": "x"}),
			("endpoints.get_count", {"doctype": "0"}),
			("endpoints.get", {"doctype": "0", "name": "x"}),
		):
			self.assertRefusedInWords(asked(self.curator, "POST", METHOD + method, **sent), method)
		word = {"doctype": "0", "name": "x"}
		self.assertRefusedInWords(asked(self.curator, "GET", METHOD + "api.download_word", **word))

	def test_a_chart_sends_an_empty_list_for_no_filters(self) -> None:
		path = METHOD + "desk.indicator_figures.indicator_over_the_years"
		for filters in ("[]", "{}", ""):
			self.assertEqual(asked(self.curator, "POST", path, filters=filters)[0], 200, filters)

	def test_days_that_are_none(self) -> None:
		order = {"order": self.own.records["Mentoring Order"], "rows": ["x"]}
		consents = {"names": [self.own.records["Consent"]]}
		for day in ("0000-00-00", "", "2026-13-45", "x"):
			for method, sent in (
				("collect_acknowledgements", {**order, "day": day}),
				("record_consents", {**consents, "signed_on": day}),
			):
				answer = asked(self.curator, "POST", f"{METHOD}api.{method}", **sent)
				self.assertRefusedInWords(answer, method, day)

	def test_an_order_about_what_has_no_program(self) -> None:
		names = [self.own.records["Partner Organization"]]
		arguments = {"order_type": "assign-pairs", "doctype": "Partner Organization", "names": names}
		self.assertRefusedInWords(asked(self.curator, "POST", METHOD + "api.make_order", **arguments))
