import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.questionnaires.answering import ANSWERED, INVITED
from nastavnik_app.references import require_same_organization
from nastavnik_app.rules import questionnaires as rules
from nastavnik_app.workflow import ContentLocked

# written by the way of answering alone, whatever a caller sends
KEPT = ("answers", "status", "way", "answered_at", "expires_at", "token_hash", "submission")


class MentoringQuestionnaireResponse(Document):
	def before_validate(self) -> None:
		if not self.flags.ignore_permissions:
			self.keep_what_was_answered()

	def validate(self) -> None:
		questionnaire = frappe.get_cached_doc("Mentoring Questionnaire", self.questionnaire)
		require_same_organization(self, except_fields=("questionnaire",))
		self.refuse_other_questionnaire(questionnaire)
		self.refuse_other_person(questionnaire.audience)
		self.name_person(questionnaire.audience)

	def on_trash(self) -> None:
		if self.status == ANSWERED and "System Manager" not in frappe.get_roles():
			frappe.throw(
				_("The answers of {0} stay on file: the analysis counts them.").format(self.person_name),
				ContentLocked,
			)

	def keep_what_was_answered(self) -> None:
		before = self.get_doc_before_save() or frappe._dict(status=INVITED, answers=[])
		for field in KEPT:
			self.set(field, before.get(field))

	def refuse_other_questionnaire(self, questionnaire: Document) -> None:
		if questionnaire.organization and questionnaire.organization != self.organization:
			frappe.throw(
				_("The questionnaire belongs to another organization."),
				frappe.PermissionError,
			)
		if self.is_new() and questionnaire.status != rules.PUBLISHED:
			frappe.throw(
				_(
					"The questionnaire “{0}” is not published. Publish it, or choose its newest version."
				).format(questionnaire.title)
			)

	def refuse_other_person(self, audience: str) -> None:
		expected = {"Mentor": "Mentor", "Mentee": "Mentee", rules.THIRD_PARTY: "Mentee"}.get(audience)
		if not expected:
			if self.is_new():
				self.party_type = self.party = None
			return
		if not self.party_type and not self.party:
			self.party_type = expected
		if self.party_type != expected or not self.party:
			frappe.throw(_("Choose the person this questionnaire is about: {0}.").format(_(expected)))
		if audience == rules.THIRD_PARTY and not self.source:
			frappe.throw(_("Enter who answers: class teacher, psychologist, parents."))
		if not self.takes_part():
			frappe.throw(
				_("This person takes part neither in the organization nor in the pair."),
				frappe.PermissionError,
			)

	def takes_part(self) -> bool:
		if frappe.db.get_value(self.party_type, self.party, "organization") == self.organization:
			return True
		pair = frappe.get_doc("Pair", self.pair) if self.pair else None
		return bool(pair and self.party_type == "Mentor" and pair.mentor == self.party)

	def name_person(self, audience: str) -> None:
		if audience in ("Mentor", "Mentee"):
			self.person_name = frappe.db.get_value(self.party_type, self.party, "full_name")
		elif audience == rules.THIRD_PARTY and not self.person_name:
			mentee = frappe.db.get_value("Mentee", self.party, "full_name")
			self.person_name = f"{_(self.source)}: {mentee}"
