import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.questionnaires import versions
from nastavnik_app.rules import questionnaires as rules
from nastavnik_app.translation import translated
from nastavnik_app.workflow import ContentLocked, changed_fields


class MentoringQuestionnaire(Document):
	def before_validate(self) -> None:
		self.keep_number()

	def validate(self) -> None:
		self.refuse_skipped_status()
		self.refuse_changed_questions()
		if self.status == rules.PUBLISHED:
			self.refuse_unfit_questions()

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		if self.status == rules.PUBLISHED and not (before and before.status == rules.PUBLISHED):
			versions.retire_previous(self)

	def on_trash(self) -> None:
		if self.status != rules.DRAFT:
			frappe.throw(
				_("“{0}” has been published and stays on file. Retire it instead.").format(self.title),
				ContentLocked,
			)

	def keep_number(self) -> None:
		"""Which version it is says the app, whatever a caller sends."""
		if self.flags.ignore_permissions:
			return
		before = self.get_doc_before_save()
		self.version = before.version if before else 1
		self.previous_version = before.previous_version if before else None

	def refuse_skipped_status(self) -> None:
		before = self.get_doc_before_save()
		if not before:
			allowed = (rules.DRAFT, rules.PUBLISHED)
		else:
			allowed = (before.status, *rules.FOLLOWS[before.status])
		if self.status not in allowed:
			frappe.throw(
				_(
					"A questionnaire goes from draft to published to retired, and not back. Make a new version."
				)
			)

	def refuse_changed_questions(self) -> None:
		before = self.get_doc_before_save()
		if before and before.status != rules.DRAFT and set(changed_fields(before, self)) - {"status"}:
			frappe.throw(
				_("“{0}” has been published: its questions do not change. Make a new version.").format(
					before.title
				),
				ContentLocked,
			)

	def refuse_unfit_questions(self) -> None:
		questions = [
			(row.question, row.answer_kind, rules.options_of(row.options), row.used_for or "")
			for row in self.questions
		]
		if refusal := rules.refusal_to_publish(questions, self.audience, self.purpose):
			frappe.throw(translated(refusal))
