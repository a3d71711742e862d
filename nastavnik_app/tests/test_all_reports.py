"""Every script report of the app, whichever there are: what it costs, and who reads what in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import frappe
import pytest
from frappe.desk import query_report

from benchmarks import fill, reports_fill
from nastavnik_app.tests.builders import SchoolTestCase, as_user, make_school, make_user
from nastavnik_app.tests.test_registers import queries

REPORTS = Path(__file__).resolve().parents[1] / "nastavnik_app" / "report"
NAMES = sorted(json.loads(path.read_text(encoding="utf-8"))["name"] for path in REPORTS.glob("*/*.json"))
FEW, MANY = 12, 120
FIRST = 10_000_000  # beyond the participants of a benchmark
PATRONYMIC = "Номерович"
# what a report is asked for where it asks for something
CHOSEN = {
	"Mentoring Cohort": lambda: make_cohort(),
	"Mentoring Questionnaire": lambda: reports_fill.QUESTIONNAIRE,
}
# the crowd fills what they read of other schools
EMPTY = {"Municipal Roadmap"}


def make_cohort() -> str:
	groups = [{"target_group": "pupils-10-14"}]
	cohort = {"doctype": "Mentoring Cohort", "title": frappe.generate_hash(length=8), "groups": groups}
	return frappe.get_doc(cohort).insert().name


def filters_of(report: str) -> list[dict[str, str]]:
	"""The filters that a report's script declares: `fieldname`, `options` of a link, `reqd`."""
	script = (REPORTS / frappe.scrub(report) / f"{frappe.scrub(report)}.js").read_text(encoding="utf-8")
	found = []
	for declared in re.findall(r"\{[^{}]*fieldname:[^{}]*\}", script):
		found.append(dict(re.findall(r'(fieldname|options|reqd): "?([^",\n}]+)"?', declared)))
	return found


class TestAllReports(SchoolTestCase):
	def crowd(self, participants: range) -> None:
		place = fill.Place(self.school.organization, self.school.program)
		for doctype, rows in {**fill.ROWS, **reports_fill.REPORTED}.items():
			fill.insert(doctype, rows(participants, [place, place]))
		other = self.neighbour.organization
		frappe.db.set_value("Pair", {"program": place.program}, "mentor_organization", other)

	def setUp(self) -> None:
		super().setUp()
		self.neighbour = make_school("Соседняя школа")
		fill.insert("Mentoring Headcount", reports_fill.headcounts([self.school.organization]))
		# somebody has to be assessed: of a report with rows Frappe asks who shares them
		frappe.db.set_value("Pair", self.school.pair().name, "workflow_state", "Assigned")
		self.chosen = {doctype: choose() for doctype, choose in CHOSEN.items()}

	def asked(self, report: str) -> dict[str, Any]:
		"""The school's programme, and whatever else has to be chosen."""
		known = {**self.chosen, "Mentoring Program": self.school.program}
		asked = {"organization": self.school.organization}
		for one in filters_of(report):
			if one["fieldname"] == "program" or "reqd" in one:
				asked[one["fieldname"]] = known.get(one.get("options")) or self.newest(one.get("options"))
		return asked

	def newest(self, doctype: str | None) -> str | None:
		return (
			frappe.get_all(doctype, pluck="name", limit=1, order_by="creation desc")[0] if doctype else None
		)

	def run_as(self, user: str, report: str) -> dict[str, Any]:
		asked = self.asked(report)
		with as_user(user):
			return query_report.run(report, filters=asked)

	def cost(self, report: str) -> int:
		asked = self.asked(report)
		with as_user(self.school.curator):
			query_report.run(report, filters=asked)  # what is read once is in the cache
			return queries(lambda: query_report.run(report, filters=asked))

	def is_filled(self, report: str) -> bool:
		"""Whether a crowd of participants stands in the report."""
		about = frappe.db.get_value("Report", report, "ref_doctype")
		return about in {**fill.ROWS, **reports_fill.REPORTED} and report not in EMPTY

	def readers(self, report: str) -> set[str]:
		return set(
			frappe.get_all("Has Role", filters={"parent": report, "parenttype": "Report"}, pluck="role")
		)

	def test_as_many_queries_for_120_participants_as_for_12(self) -> None:
		read = [name for name in NAMES if "Mentoring Curator" in self.readers(name)]
		self.crowd(range(FIRST, FIRST + FEW))
		few = {report: self.cost(report) for report in read}
		self.crowd(range(FIRST + FEW, FIRST + MANY))
		self.assertEqual({report: self.cost(report) for report in read}, few)
		self.assertGreater(len(read), 20)

	def test_each_reader_of_the_school_gets_rows(self) -> None:
		self.crowd(range(FIRST, FIRST + MANY))
		for user, role in (
			(self.school.curator, "Mentoring Curator"),
			(self.school.director, "Mentoring Director"),
		):
			for report in NAMES:
				with self.subTest(report, role=role):
					if role not in self.readers(report):
						with self.assertRaises(frappe.PermissionError):
							self.run_as(user, report)
						continue
					result = self.run_as(user, report)
					self.assertTrue(result["columns"])
					if self.is_filled(report):
						self.assertTrue(result["result"], "no rows")

	def test_nobody_else_reads_a_name(self) -> None:
		self.crowd(range(FIRST, FIRST + 2 * FEW))
		authority = {
			"doctype": "Educational Organization",
			"title": "Управление образования",
			"organization_type": "Municipal Authority",
		}
		officer = make_user("officer", "Mentoring Municipal Officer")
		members = [{"user": officer, "duty": "Специалист"}]
		authority = frappe.get_doc({**authority, "members": members}).insert().name
		frappe.db.set_value(
			"Educational Organization", self.school.organization, "parent_organization", authority
		)
		stranger = make_school("Чужая школа").curator
		participant = make_user("participant", "Mentoring Participant")
		for user in (officer, stranger, participant):
			for report in NAMES:
				with self.subTest(report, user=user):
					try:
						told = json.dumps(self.run_as(user, report), default=str, ensure_ascii=False)
					except frappe.PermissionError:
						continue
					self.assertNotIn(PATRONYMIC, told)

	def test_the_crowd_is_named_to_its_curator(self) -> None:
		"""Without this the one above would prove nothing."""
		self.crowd(range(FIRST, FIRST + FEW))
		named = {
			report
			for report in NAMES
			if "Mentoring Curator" in self.readers(report)
			and PATRONYMIC
			in json.dumps(self.run_as(self.school.curator, report), default=str, ensure_ascii=False)
		}
		self.assertGreater(len(named), 12)


@pytest.mark.parametrize("report", NAMES)
def test_a_report_declares_its_filters_and_who_reads_it(report: str) -> None:
	record = json.loads((REPORTS / frappe.scrub(report) / f"{frappe.scrub(report)}.json").read_text("utf-8"))
	assert record["roles"] and record["ref_doctype"] and record["is_standard"] == "Yes"
	assert f'query_reports["{report}"]' in (
		REPORTS / frappe.scrub(report) / f"{frappe.scrub(report)}.js"
	).read_text("utf-8")
