import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr

from nastavnik_app.pairs import meeting_effects, meetings
from nastavnik_app.references import require_same_organization
from nastavnik_app.rules.meetings import clock


class PairMeeting(Document):
	def validate(self) -> None:
		if not (self.pair and self.kind and self.meeting_date):
			return  # the framework asks for what is mandatory right after
		require_same_organization(self)
		before = self.get_doc_before_save()
		self.keep_what_it_follows(before)
		self.refuse_other_kinds()
		self.set_title()
		self.set_start_time()
		meetings.list_mentees(self)
		meetings.list_activities(self, before)
		if self.status == meetings.HELD:
			meetings.refuse_bare(self)
			if not before or before.status != meetings.HELD:
				meetings.refuse_to_hold(self)
		if self.status != meetings.CANCELLED:
			meetings.refuse_impossible_day(self)

	def keep_what_it_follows(self, before: Document | None) -> None:
		if not self.flags.ignore_permissions:  # the app itself plans the next meeting
			self.follows = before.follows if before else None

	def refuse_other_kinds(self) -> None:
		kind = frappe.db.get_value("Mentoring Kind", self.kind, ["title", "about"], as_dict=True)
		if kind.about != "Meeting":
			frappe.throw(_("“{0}” is no kind of a meeting. Choose another kind.").format(kind.title))

	def set_title(self) -> None:
		kind = frappe.db.get_value("Mentoring Kind", self.kind, "title")
		self.title = f"{kind}: {frappe.db.get_value('Pair', self.pair, 'title')}"

	def set_start_time(self) -> None:
		if not self.start_time:
			return
		hour = clock(cstr(self.start_time))
		if not hour:
			frappe.throw(
				_("“{0}” is no hour of the day. Enter the start of the meeting as 15:00.").format(
					self.start_time
				)
			)
		self.start_time = hour

	def on_update(self) -> None:
		meeting_effects.carry_out(self, self.get_doc_before_save())

	def on_trash(self) -> None:
		if self.status == meetings.HELD:
			frappe.throw(
				_("{0} was held and stays on file. If it was not, set its status to “{1}” first.").format(
					self.title, _("Planned")
				)
			)
