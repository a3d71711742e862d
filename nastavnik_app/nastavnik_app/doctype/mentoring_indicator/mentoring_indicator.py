from collections import Counter

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.rules.indicators import refusal_of_definition
from nastavnik_app.translation import translated

DEFINITION = ("thing", "cohort", "over_cohort", "of_those", "counted", "kind")


class MentoringIndicator(Document):
	def validate(self) -> None:
		if self.value_from == "Records":
			self.refuse_what_cannot_be_counted()
		else:
			self.update(dict.fromkeys(DEFINITION))
		self.refuse_repeated_year()

	def refuse_what_cannot_be_counted(self) -> None:
		refusal = refusal_of_definition(
			self.thing,
			self.of_those,
			self.counted,
			self.out_of,
			cohort=bool(self.cohort),
			over=bool(self.over_cohort),
			kind=bool(self.kind),
			ground=bool(self.cohort and frappe.db.get_value("Mentoring Cohort", self.cohort, "ground")),
		)
		if refusal:
			frappe.throw(translated(refusal))

	def refuse_repeated_year(self) -> None:
		said = Counter((row.year, bool(row.is_base)) for row in self.targets)
		repeated = sorted({year for (year, _is_base), times in said.items() if times > 1})
		if repeated:
			frappe.throw(
				_("{0} stands twice among the targets. Leave one row of a year.").format(
					", ".join(str(year) for year in repeated)
				)
			)
