import frappe
from frappe.model.document import Document

from nastavnik_app.rules.review import problem_of_levels
from nastavnik_app.translation import translated


class ProgramReviewCard(Document):
	def validate(self) -> None:
		problem = problem_of_levels([row.from_points for row in self.levels])
		if problem:
			frappe.throw(translated(problem))
