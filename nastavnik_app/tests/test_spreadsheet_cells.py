"""No cell of a spreadsheet or a CSV that the app writes is a formula, whatever stands in the records."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import frappe
import pytest
from frappe.tests.utils import FrappeTestCase
from openpyxl import load_workbook

from nastavnik_app.documents.report_files import ReportRun, to_xlsx
from nastavnik_app.people import roster_files
from nastavnik_app.returns import doors as return_doors
from nastavnik_app.returns.files import text_of
from nastavnik_app.rules.spreadsheets import FORMULA_MARKS
from nastavnik_app.rules.states import CURATOR, DIRECTOR
from nastavnik_app.tests import doors, two_schools
from nastavnik_app.tests.builders import as_user
from nastavnik_app.tests.engine import is_embedded
from nastavnik_app.tests.two_schools import TEXTS

FORMULA = "=cmd|'/c calc'!A1"


def formulas_in(content: bytes) -> list[Any]:
	book = load_workbook(BytesIO(content))
	cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
	assert cells
	return [cell.value for cell in cells if cell.data_type == "f"]


class TestSpreadsheets(FrappeTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		cls.side = two_schools.make_side("Школа А")
		for doctype in ("Mentor", "Mentee", "Roadmap Task", "Partner Organization"):
			cls.spoil(doctype, cls.side.records[doctype])

	@classmethod
	def spoil(cls, doctype: str, name: str) -> None:
		meta = frappe.get_meta(doctype)
		texts = [df.fieldname for df in meta.fields if df.fieldtype in TEXTS and not df.options]
		frappe.db.set_value(doctype, name, dict.fromkeys(texts, FORMULA), update_modified=False)

	def setUp(self) -> None:
		frappe.set_user("Administrator")

	def test_rosters(self) -> None:
		for people in ("Mentor", "Mentee"):
			with as_user(self.side.users[CURATOR]):
				content = roster_files.export(self.side.school.organization, people)
			self.assertEqual(formulas_in(content), [], people)
			self.assertIn("cmd|", str([row for row in load_workbook(BytesIO(content)).active.values]))

	def test_a_return(self) -> None:
		name = self.side.records["Program Return"]
		with as_user(self.side.users[DIRECTOR]):
			text, _kind = return_doors.as_file(name, "JSON")
			content, _kind = return_doors.as_file(name, "XLSX")
		self.assertEqual(formulas_in(content), [])
		self.assertEqual(json.loads(text_of(content, "x.xlsx")[0]), json.loads(text))

	def test_lists_of_the_embedded_engine(self) -> None:
		if not is_embedded():
			self.skipTest("Frappe's own lists export themselves")
		from benchless.desk import lists
		from benchless.desk.pages import slug_of

		for doctype in ("mentor", "mentee", "roadmap-task", "partner-organization"):
			status, text = doors.page(self.side.users[CURATOR], lists.export, slug_of(doctype), "csv")
			self.assertEqual(status, 200, text)
			self.assertIn("cmd|", text)
			cells = [cell.strip('"') for line in text.splitlines() for cell in line.split(";")]
			self.assertFalse([cell for cell in cells if cell.startswith(FORMULA_MARKS)], doctype)


@pytest.mark.parametrize("mark", FORMULA_MARKS)
def test_reports(mark: str) -> None:
	columns = [{"fieldname": "a", "label": f"{mark}A", "fieldtype": "Data"}]
	summary = [{"label": f"{mark}S", "value": f"{mark}1", "datatype": "Data"}]
	done = ReportRun("R", f"{mark}R", columns, [{"a": f"{mark}1+1"}, {"a": None}, {"a": 5}], summary)
	assert formulas_in(to_xlsx(done)) == []
