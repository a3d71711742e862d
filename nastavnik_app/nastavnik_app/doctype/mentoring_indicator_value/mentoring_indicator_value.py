import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, getdate

from nastavnik_app.program import indicator_values
from nastavnik_app.program.indicators import BY_HAND, enabled
from nastavnik_app.references import require_same_organization


class MentoringIndicatorValue(Document):
	"""Written by the clock (program/indicator_values), past this controller; what comes through it is a person's."""

	def validate(self) -> None:
		self.refuse_what_stands()
		self.organization = frappe.db.get_value("Mentoring Program", self.program, "organization")
		require_same_organization(self)
		self.refuse_what_is_counted()
		self.refuse_part_above_whole()
		self.require_note()
		self.set_value()
		self.judge()

	def refuse_what_stands(self) -> None:
		before = self.get_doc_before_save()
		if before and before.frozen:
			frappe.throw(_("{0}: the value of this day is frozen and stands.").format(self.title))

	def refuse_what_is_counted(self) -> None:
		if frappe.db.get_value("Mentoring Indicator", self.indicator, "value_from") != BY_HAND:
			frappe.throw(
				_("{0} is counted from the records. Correct the records: the value follows.").format(
					frappe.db.get_value("Mentoring Indicator", self.indicator, "title")
				)
			)

	def refuse_part_above_whole(self) -> None:
		if self.denominator and cint(self.numerator) > cint(self.denominator):
			frappe.throw(
				_("{0} cannot be counted out of {1}. Correct the numbers.").format(
					self.numerator, self.denominator
				)
			)

	def require_note(self) -> None:
		if not (self.note or "").strip():
			frappe.throw(_("Enter where the value comes from: a document, a list, whose count."))

	def set_value(self) -> None:
		self.way, self.frozen, self.has_value, self.by_number = BY_HAND, 0, 1, 0
		self.problem = self.definition = None
		self.year, self.entered_by = getdate(self.on_date).year, frappe.session.user
		self.value_key = indicator_values.key(self.program, self.indicator, "now")
		self.title, self.unit, decimals = frappe.db.get_value(
			"Mentoring Indicator", self.indicator, ["title", "unit", "decimals"]
		)
		if self.denominator:
			self.value = indicator_values.value_of(self).shown(decimals)
		self.value = flt(self.value)

	def judge(self) -> None:
		judgements = indicator_values.judgements_of(self.program, enabled([self.indicator]))
		self.update(judgements[self.indicator].of(indicator_values.value_of(self), self.year))

	def on_trash(self) -> None:
		if self.frozen:
			frappe.throw(_("{0}: the value of this day is frozen and stands.").format(self.title))
