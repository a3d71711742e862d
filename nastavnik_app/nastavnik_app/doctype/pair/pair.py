import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app import period
from nastavnik_app.desk import notices
from nastavnik_app.pairs import between_schools
from nastavnik_app.people import consents, mentor_places
from nastavnik_app.references import require_same_organization
from nastavnik_app.rules.names import initials_last


class Pair(Document):
	def validate(self) -> None:
		require_same_organization(self, except_fields=("mentor", "mentee"))
		between_schools.refuse_without_mentor(self)
		between_schools.refuse_foreign_people(self)
		between_schools.refuse_other_side(self)
		period.refuse_reversed(self, "start_date", "end_date")
		self.refuse_repeated_mentee()
		if self.workflow_state in (None, "", "Draft"):
			if not self.mentor:
				self.mentor_name = None
			self.set_title()
			self.refuse_archived_people()
			self.refuse_pupils_among_workers()
			self.refuse_beyond_capacity()
		if self.workflow_state in ("Completed", "Terminated") and not self.ended_on:
			self.ended_on = getdate()

	def refuse_repeated_mentee(self) -> None:
		names = [row.mentee for row in self.mentees]
		for row in self.mentees:
			if names.count(row.mentee) > 1:
				frappe.throw(
					_("{0} is listed twice in this pair. Remove one of the rows.").format(row.mentee_name)
				)

	def set_title(self) -> None:
		mentees = [row.mentee_name or "" for row in self.mentees]
		shown = ", ".join(initials_last(name) for name in mentees[:3])
		if len(mentees) > 3:
			shown = _("{0} and {1} more").format(shown, len(mentees) - 3)
		mentor = initials_last(self.mentor_name) if self.mentor_name else _("mentor of another school")
		self.title = f"{mentor} — {shown}"

	def refuse_archived_people(self) -> None:
		refusal = consents.refusal_for_archived(self)
		if refusal:
			frappe.throw(refusal)

	def refuse_pupils_among_workers(self) -> None:
		form = frappe.db.get_value("Mentoring Form", self.form, ["title", "worker_to_worker"], as_dict=True)
		if not form or not form.worker_to_worker:
			return
		for person in consents.people_of(self):
			if consents.is_pupil(person):
				frappe.throw(
					_(
						"{0} is a pupil, and the form “{1}” is between workers. Choose another form or person."
					).format(frappe.db.get_value(*person, "full_name"), form.title)
				)

	def refuse_beyond_capacity(self) -> None:
		refusal = mentor_places.refusal_for_pair(self) if self.mentor else None
		if refusal:
			frappe.throw(refusal)

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		if between_schools.is_between_schools(self) and not (before and before.mentor_organization):
			notices.ask_for_mentor(self)
		if before and self.mentor and not before.mentor:
			notices.settle(self)
