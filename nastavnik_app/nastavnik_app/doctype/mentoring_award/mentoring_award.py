import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.documents import nominations, wording
from nastavnik_app.references import require_same_organization
from nastavnik_app.steps import is_new_or_was


class MentoringAward(Document):
	def validate(self) -> None:
		require_same_organization(self)
		self.refuse_other_kind()
		wording.refuse_faulty_award_wording(self)
		# what is granted or declined is locked
		if is_new_or_was(self, "Proposed"):
			self.take_from_person()
			self.fill_nomination()
			self.title = f"{self.recipient_name} — {self.kind_title}"

	def refuse_other_kind(self) -> None:
		kind = frappe.get_cached_doc("Mentoring Kind", self.kind)
		if kind.about != "Award":
			frappe.throw(_("“{0}” is not a kind of award. Choose another kind.").format(kind.title))
		self.kind_title, self.paper = kind.title, kind.paper

	def take_from_person(self) -> None:
		if self.party:
			person = frappe.get_doc(self.party_type, self.party)
			self.recipient_name = self.recipient_name or self._addressee(person)
			if self.recipient_name == person.full_name:
				self.post = self.post or person.position or person.school_class
		if not self.recipient_name:
			frappe.throw(_("Choose the person who is awarded, or enter the recipient’s name."))

	def fill_nomination(self) -> None:
		if self.paper == nominations.PAPER:
			nominations.fill(self)

	def _addressee(self, person: Document) -> str:
		"""The person; of a letter to parents, the first representative."""
		if frappe.get_cached_value("Mentoring Kind", self.kind, "to_parents"):
			return next((row.full_name for row in person.get("representatives") or []), "")
		return person.full_name
