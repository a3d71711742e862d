"""The authority's side: who has sent, reminders, all schools together, and each beside the others."""

from __future__ import annotations

from datetime import date, datetime, timezone
from io import BytesIO
from unittest import mock

import docx
import frappe
from frappe.desk import query_report
from frappe.utils import add_days, getdate

from nastavnik_app import api_authority
from nastavnik_app.documents.docx import html_to_docx
from nastavnik_app.documents.pdf import html_to_pdf
from nastavnik_app.patches.v1_2 import returns_keep_texts
from nastavnik_app.returns import requests, stored, way
from nastavnik_app.returns.stored import Period
from nastavnik_app.rules.returns import Indicator, Measure, Return, protect
from nastavnik_app.tests.builders import as_user
from nastavnik_app.tests.builders_authority import (
	PERIOD,
	AuthorityTestCase,
	make_authority,
	school_below,
	sent,
	step,
)
from nastavnik_app.tests.test_registers import queries as queries_of

STAFF = "headcount::teachers+young-specialists"
PUPILS = "headcount::college-students+pupils-10-14+pupils-15-19+pupils-under-10"
# the authority's table 2: number, indicator, what is counted, out of what
MUNICIPAL = (
	("2.1.1", "municipal-over-young", "mentors:in-a-pair:staff:colleagues-under-35", STAFF),
	("2.1.2", "municipal-over-low-results", "mentors:in-a-pair:staff:colleagues-low-results", STAFF),
	("2.1.3", "municipal-over-low-achievers", "mentors:in-a-pair:staff:underachieving-8-9", STAFF),
	("2.1.4", "municipal-over-registered", "mentors:in-a-pair:staff:registered", STAFF),
	("2.1.5", "municipal-tutored", "mentees:has-a-tutor+in-the-bank:tutor-recommended", PUPILS),
)
INDICATORS = tuple(Indicator(code, part, whole, code, "%") for _no, code, part, whole in MUNICIPAL)
CODES = sorted({code for one in INDICATORS for code in (one.numerator, one.denominator)})
MEASURES = (
	*(Measure(code, True, code) for code in CODES),
	Measure("publications:published", False, "Публикации"),
)


def arrived(authority: str, school: str, counts: dict[str, int], year: int = 2026) -> str:
	"""A return that has come from the school's own site, with these counts of the whole school."""
	places = {(code, "", ""): count for code, count in counts.items()}
	cells = protect(places, MEASURES, INDICATORS)
	doc = frappe.get_doc(
		{
			"doctype": "Program Return",
			"direction": "From Another Site",
			"organization": school,
			"authority": authority,
			"period_start": date(year, 9, 1),
			"period_end": date(year + 1, 5, 31),
		}
	)
	moment = datetime(year, 11, 1, tzinfo=timezone.utc)
	days = (getdate(doc.period_start), getdate(doc.period_end))
	way.fill(doc, Return(school, authority, *days, moment, 5, MEASURES, INDICATORS, cells))
	doc.flags.counted = True
	doc.insert(ignore_permissions=True)
	frappe.db.set_value("Program Return", doc.name, {"workflow_state": "Sent", "docstatus": 1})
	return doc.name


def counts_of(number: int) -> dict[str, int]:
	"""A school of 40 teachers and 600 pupils; the larger its number, the more mentors."""
	counts = {STAFF: 40, PUPILS: 600, "publications:published": number}
	for at, (_no, _code, part, _whole) in enumerate(MUNICIPAL):
		counts[part] = (number + at) % 16
	return counts


class ManySchoolsTestCase(AuthorityTestCase):
	def schools(self, number: int) -> list[str]:
		records = [
			{
				"doctype": "Educational Organization",
				"title": f"Школа № {at:02} {frappe.generate_hash(length=6)}",
				"organization_type": "School",
				"parent_organization": self.authority,
				"email": f"school{at}@school.example",
			}
			for at in range(1, number + 1)
		]
		return [frappe.get_doc(record).insert().name for record in records]

	def run_report(self, name: str, user: str | None = None, **filters) -> dict:
		with as_user(user or self.officer):
			return query_report.run(name, filters=filters)


class TestTogether(ManySchoolsTestCase):
	def test_fifteen_schools_with_the_municipal_indicators(self) -> None:
		schools = self.schools(15)
		for number, school in enumerate(schools, 1):
			arrived(self.authority, school, counts_of(number))
		rows = self.run_report("Consolidated Return")["result"]
		indicators = [row for row in rows if row["code"] in {one.code for one in INDICATORS}]
		self.assertEqual(len(indicators), 5)
		for (_no, code, part, whole), row in zip(MUNICIPAL, indicators, strict=True):
			self.assertEqual(row["code"], code)
			# by hand: those schools alone whose count and rest are no few people
			shown = [counts_of(number) for number in range(1, 16)]
			shown = [one for one in shown if one[part] == 0 or one[part] >= 5]
			numerator, denominator = sum(one[part] for one in shown), sum(one[whole] for one in shown)
			decimals = 3 if code == "municipal-tutored" else 1
			self.assertEqual((row["counted"], row["out_of"]), (numerator, denominator))
			self.assertEqual(row["value"], 10**decimals * 100 * numerator // denominator / 10**decimals)
			self.assertEqual((row["schools"], row["withheld"]), (len(shown), 15 - len(shown)))
		pieces = next(row for row in rows if row["title"] == "Публикации")
		self.assertEqual((pieces["value"], pieces["withheld"]), (sum(range(1, 16)), 0))

	def test_the_year_before_stands_beside(self) -> None:
		(school,) = self.schools(1)
		arrived(self.authority, school, {**counts_of(10), MUNICIPAL[0][2]: 20})
		arrived(self.authority, school, {**counts_of(10), MUNICIPAL[0][2]: 10}, year=2025)
		answer = self.run_report("Consolidated Return", **PERIOD)
		row = next(row for row in answer["result"] if row["code"] == "municipal-over-young")
		self.assertEqual((row["value"], row["last"], row["change"]), (50.0, 25.0, 25.0))
		self.assertTrue(answer["chart"]["data"]["datasets"])

	def test_a_school_stands_apart_from_the_others(self) -> None:
		schools = self.schools(8)
		part = MUNICIPAL[0][2]
		for number, school in enumerate(schools):
			mentors = 35 if number == 7 else 10 + number % 3
			arrived(self.authority, school, {STAFF: 40, PUPILS: 600, part: mentors})
		rows = self.run_report("School Comparison", indicator="municipal-over-young")["result"]
		self.assertEqual(len(rows), 8)
		of_all = next(row for row in rows)["of_all"]
		total = 35 + sum(10 + number % 3 for number in range(7))
		self.assertEqual(of_all, 1000 * total // 320 / 10)
		far = [row for row in rows if row["apart"]]
		self.assertEqual([(row["value"], row["deviation"]) for row in far], [(87.5, round(87.5 - of_all, 3))])

	def test_an_indicator_counted_in_two_ways_is_not_added_up(self) -> None:
		one, other = self.schools(2)
		arrived(self.authority, one, counts_of(10))
		name = arrived(self.authority, other, counts_of(10))
		doc = frappe.get_doc("Program Return", name)
		row = next(row for row in doc.indicators if row.code == "municipal-over-young")
		row.numerator = MUNICIPAL[1][2]
		stored.keep_texts(doc)
		doc.db_set("legend", doc.legend)
		answer = self.run_report("Consolidated Return")
		self.assertNotIn("municipal-over-young", {row["code"] for row in answer["result"]})
		self.assertIn("municipal-over-young", answer["message"])

	def test_what_is_added_up_is_what_the_return_shows(self) -> None:
		(school,) = self.schools(1)
		doc = frappe.get_doc("Program Return", arrived(self.authority, school, counts_of(2)))
		(content,) = stored.arrived(Period(self.authority, doc.period_start, doc.period_end)).returns()
		rows = {(row.measure, row.form or "", row.target_group or "") for row in doc.cells}
		withheld = {row.measure for row in doc.cells if row.withheld}
		self.assertEqual({cell[:3] for cell in content.cells}, rows)
		self.assertEqual({cell[0] for cell in content.cells if cell[3] is None}, withheld)
		self.assertTrue(withheld)
		values = {row.measure: row.value for row in doc.cells if not row.withheld}
		self.assertEqual({cell[0]: cell[3] for cell in content.cells if cell[3] is not None}, values)

	def test_returns_of_before_the_texts_get_theirs(self) -> None:
		(school,) = self.schools(1)
		name = arrived(self.authority, school, counts_of(10))
		kept = frappe.db.get_value("Program Return", name, ["legend", "published"], as_dict=True)
		frappe.db.set_value("Program Return", name, {"legend": None, "published": None})
		returns_keep_texts.execute()
		now = frappe.db.get_value("Program Return", name, ["legend", "published"], as_dict=True)
		self.assertEqual(now, kept)
		self.assertTrue(kept.published)

	def test_the_number_of_queries_does_not_grow_with_the_schools(self) -> None:
		def queries() -> int:
			return sum(
				queries_of(self.run_report, name)
				for name in ("Consolidated Return", "School Comparison", "Returns Received")
			)

		for number, school in enumerate(self.schools(2), 8):
			arrived(self.authority, school, counts_of(number))
		queries()
		few = queries()
		for number, school in enumerate(self.schools(9), 3):
			arrived(self.authority, school, counts_of(number))
		self.assertEqual(queries(), few)

	def test_another_authority_and_a_school_read_no_sums(self) -> None:
		(school,) = self.schools(1)
		arrived(self.authority, school, counts_of(10))
		_authority, officer = make_authority()
		self.assertEqual(self.run_report("Consolidated Return", user=officer)["result"], [])
		for user in (self.school.curator, self.school.director):
			with self.assertRefused(error=frappe.PermissionError):
				self.run_report("Consolidated Return", user=user)
			frappe.set_user("Administrator")


class TestRequest(ManySchoolsTestCase):
	def request(self, **values):
		with as_user(self.officer):
			return frappe.get_doc(
				{
					"doctype": "Program Return Request",
					"title": "Отчёт за год",
					"organization": self.authority,
					"due_date": add_days(getdate(), 5),
					"message": "Пришлите <b>до срока</b>",
					**PERIOD,
					**values,
				}
			).insert()

	def told(self) -> list[str]:
		filters = {"allocated_to": self.school.curator, "reference_type": "Program Return"}
		return frappe.get_all("ToDo", filters=filters, pluck="description")

	def test_each_school_below_gets_a_draft_and_is_told_once(self) -> None:
		request = self.request()
		self.assertEqual([row.school for row in request.schools], [self.school.organization])
		draft = frappe.get_doc("Program Return", {"request": request.name})
		self.assertEqual((draft.workflow_state, draft.organization), ("Draft", self.school.organization))
		self.assertEqual(getdate(draft.due_date), getdate(request.due_date))
		self.assertIn("&lt;b&gt;", self.told()[0])
		with as_user(self.officer):
			request.save()
			self.assertFalse(draft.has_permission("read"))
		self.assertEqual(len(self.told()), 1)
		with self.assertRefused("first"):
			step(draft.name, self.school.curator, "Send for Approval")
		frappe.set_user("Administrator")
		with as_user(self.school.curator):
			api_authority.count_return(draft.name)
		step(draft.name, self.school.curator, "Send for Approval")

	def test_a_school_sees_no_request_with_the_names_of_the_others(self) -> None:
		request = self.request()
		with as_user(self.school.curator):
			self.assertEqual(frappe.get_list("Program Return Request"), [])
			self.assertFalse(frappe.get_doc("Program Return Request", request.name).has_permission("read"))

	def test_who_has_not_sent_is_reminded_once_a_day_and_alone(self) -> None:
		(elsewhere,) = self.schools(1)
		request = self.request()
		with mock.patch.object(frappe, "sendmail") as sendmail:
			with as_user(self.officer):
				self.assertEqual(api_authority.remind_schools(request.name), 2)
				self.assertEqual(api_authority.remind_schools(request.name), 0)
			readers = [call.kwargs["recipients"] for call in sendmail.call_args_list]
			self.assertCountEqual(readers, [[self.school.curator], ["school1@school.example"]])
		frappe.db.set_value("Program Return Request School", {"parent": request.name}, "reminded_on", None)
		draft = frappe.db.get_value(
			"Program Return", {"request": request.name, "organization": self.school.organization}
		)
		with as_user(self.school.curator):
			api_authority.count_return(draft)
		step(draft, self.school.curator, "Send for Approval")
		step(draft, self.school.director, "Approve")
		step(draft, self.school.curator, "Send to the Authority")
		self.assertEqual(requests.not_sent(request), [elsewhere])

	def test_a_curator_whose_login_is_closed_is_neither_asked_nor_written_to(self) -> None:
		values = {"email": "office@school.example"}
		frappe.db.set_value("Educational Organization", self.school.organization, values)
		frappe.db.set_value("User", self.school.curator, "enabled", 0)
		request = self.request()
		self.assertEqual(self.told(), [])
		with mock.patch.object(frappe, "sendmail") as sendmail, as_user(self.officer):
			api_authority.remind_schools(request.name)
		self.assertEqual(
			[call.kwargs["recipients"] for call in sendmail.call_args_list], [["office@school.example"]]
		)

	def test_the_clock_reminds_before_the_term_and_after_it(self) -> None:
		request = self.request()
		due = getdate(request.due_date)
		for day, reminds in ((-8, 0), (-7, 1), (0, 1), (30, 1), (31, 0)):
			with mock.patch.object(frappe, "enqueue") as enqueue:
				requests.remind_all(getdate(add_days(due, day)))
				self.assertEqual(enqueue.call_count, reminds, day)

	def test_who_has_sent_and_who_has_not(self) -> None:
		(elsewhere,) = self.schools(1)
		self.request()
		draft = frappe.db.get_value("Program Return", {"organization": self.school.organization})
		frappe.delete_doc("Program Return", draft, ignore_permissions=True)
		sent(self.school)
		rows = self.run_report("Returns Received")["result"]
		title = frappe.db.get_value("Educational Organization", elsewhere, "title")
		self.assertEqual({row["school"]: row["state"] for row in rows}[title], "Not Sent")
		self.assertEqual(sorted(row["state"] for row in rows), ["Not Sent", "Sent"])

	def test_the_authority_asks_its_own_schools_alone(self) -> None:
		other, _officer = make_authority()
		school = school_below(other)
		with self.assertRefused("not below"):
			self.request(schools=[{"school": school.organization}])
		frappe.set_user("Administrator")


class TestWebsites(ManySchoolsTestCase):
	def test_every_school_and_document_is_listed_and_marked(self) -> None:
		self.schools(2)
		with as_user(self.officer):
			check = frappe.get_doc(
				{"doctype": "Website Check", "title": "Сайты", "organization": self.authority}
			).insert()
			documents = frappe.db.get_single_value("Mentoring Settings", "site_documents").splitlines()
			self.assertEqual(len(check.marks), 3 * len(documents))
			for row in check.marks[: len(documents)]:
				row.mark = "On the Site"
			check.marks[len(documents)].mark = "Missing"
			check.save()
			self.assertEqual(api_authority.list_website_documents(check.name), 0)
		rows = self.run_report("Website Marks")["result"]
		self.assertEqual(sorted(row["share"] for row in rows), [0, 0, 100])


class TestPapers(ManySchoolsTestCase):
	def printed(self, doctype: str, name: str, user: str) -> str:
		with as_user(user):
			html = frappe.get_print(doctype, name, doctype)
		self.assertTrue(html_to_pdf(html).startswith(b"%PDF"))
		word = docx.Document(BytesIO(html_to_docx(html)))
		cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
		return "\n".join([paragraph.text for paragraph in word.paragraphs] + cells)

	def test_a_return_on_paper_shows_no_small_count(self) -> None:
		for _number in range(3):
			frappe.db.set_value("Mentee", self.school.mentee().name, "workflow_state", "In Bank")
		name = sent(self.school)
		text = self.printed("Program Return", name, self.officer)
		self.assertIn("Люди по целевым группам", text)
		self.assertIn("число не публикуется", text)
		self.assertIn(frappe.db.get_value("Program Return", name, "checksum"), text)

	def test_the_analytic_report_of_an_authority(self) -> None:
		schools = self.schools(8)
		part = MUNICIPAL[0][2]
		for number, school in enumerate(schools[:7]):
			counts = {STAFF: 40, PUPILS: 600, part: 35 if number == 6 else 10 + number % 3}
			name = arrived(self.authority, school, counts)
		with as_user(self.officer):
			doc = frappe.get_doc("Program Return", name)
			doc.append("recommendations", {"recommendation": "Поделиться опытом", "due_date": "2027-06-20"})
			doc.save()
			report = frappe.get_doc(
				{
					"doctype": "Municipal Report",
					"title": "Отчёт",
					"organization": self.authority,
					"conclusions": "Модель <внедрена>",
					"advice": [{"recommendation": "Обновить сайты", "due_date": "2027-06-30"}],
					**PERIOD,
				}
			).insert()
		text = self.printed("Municipal Report", report.name, self.officer)
		titles = [frappe.db.get_value("Educational Organization", school, "title") for school in schools]
		self.assertIn("Отчёты представили 7 из 9 организаций", text)
		self.assertIn(f"Не представили: {self.school_title()}; {titles[7]}", text)
		self.assertIn("87,5", text)
		for said in ("Модель <внедрена>", "Поделиться опытом", "Обновить сайты", titles[6]):
			self.assertIn(said, text)

	def school_title(self) -> str:
		return frappe.db.get_value("Educational Organization", self.school.organization, "title")
