from frappe.model.document import Document

from nastavnik_app import period
from nastavnik_app.pairs import matching
from nastavnik_app.references import require_same_organization


class PairMatching(Document):
	def before_validate(self) -> None:
		matching.keep_what_is_stored(self)

	def validate(self) -> None:
		# the rows that the app writes are of the organization by themselves, and may be thousands
		require_same_organization(self, rows=self.decisions)
		period.refuse_reversed(self, "start_date", "end_date")
		matching.refuse_weights(self)
		matching.refuse_contradiction(self)

	def on_trash(self) -> None:
		matching.refuse_removal(self)
