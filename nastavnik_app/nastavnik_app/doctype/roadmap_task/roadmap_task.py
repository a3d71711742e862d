from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app import period
from nastavnik_app.program import municipal
from nastavnik_app.references import require_same_organization


class RoadmapTask(Document):
	def validate(self) -> None:
		require_same_organization(self)
		period.refuse_reversed(self, "start_date", "due_date")

	def before_save(self) -> None:
		# behind the guard, which shuts what is done: who reopens a task takes the date back
		self.date_completion()

	def on_update(self) -> None:
		if self.municipal_task:
			municipal.mirror(self)

	def on_trash(self) -> None:
		municipal.refuse_deleting(self)

	def date_completion(self) -> None:
		if self.status != "Done":
			self.completed_on = None
		elif not self.completed_on:
			self.completed_on = getdate()
