import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, formatdate, getdate

from nastavnik_app.references import require_same_organization
from nastavnik_app.rules.growth import ENTRY, EXIT, QUARTERLY, average, quarter_of

HIGHEST = 10


class CompetencyAssessment(Document):
	def validate(self) -> None:
		if not (self.party_type and self.party and self.program and self.assessed_on):
			return  # the framework asks for what is mandatory right after
		require_same_organization(self)
		self.set_person()
		self.refuse_day_outside_program()
		self.refuse_scores()
		self.refuse_person_outside_pair()
		self.refuse_second_of_its_kind()
		self.refuse_exit_before_entry()
		self.average = average(flt(row.score) for row in self.scores) or 0

	def set_person(self) -> None:
		fields = ["full_name", "organization"]
		person = frappe.db.get_value(self.party_type, self.party, fields, as_dict=True)
		self.person_name = person.full_name
		schools = {self.organization}
		if self.pair:  # between schools the mentor is on record at the other one
			schools.add(frappe.db.get_value("Pair", self.pair, "mentor_organization"))
		if person.organization not in schools:
			frappe.throw(
				_("{0} is on record at another organization than the program.").format(person.full_name),
				frappe.PermissionError,
			)

	def refuse_day_outside_program(self) -> None:
		fields = ["title", "period_start", "period_end"]
		program = frappe.db.get_value("Mentoring Program", self.program, fields, as_dict=True)
		day = getdate(self.assessed_on)
		if day > getdate():
			frappe.throw(
				_("{0} cannot be assessed on a day to come ({1}). Correct the date.").format(
					self.person_name, formatdate(day)
				)
			)
		if not getdate(program.period_start) <= day <= getdate(program.period_end):
			frappe.throw(
				_("{0} lies outside the program “{1}” ({2} – {3}). Correct the date.").format(
					formatdate(day),
					program.title,
					formatdate(program.period_start),
					formatdate(program.period_end),
				)
			)

	def refuse_scores(self) -> None:
		given = set()
		for row in self.scores:
			title = frappe.db.get_value("Mentoring Competency", row.competency, "title")
			if row.competency in given:
				frappe.throw(_("“{0}” is scored twice. Remove one of the rows.").format(title))
			if not 0 <= flt(row.score) <= HIGHEST:
				frappe.throw(_("“{0}”: a score lies between 0 and {1}.").format(title, HIGHEST))
			given.add(row.competency)

	def refuse_person_outside_pair(self) -> None:
		if not self.pair:
			return
		pair = frappe.get_doc("Pair", self.pair)
		people = [pair.mentor] if self.party_type == "Mentor" else [row.mentee for row in pair.mentees]
		if self.party not in people or pair.program != self.program:
			frappe.throw(
				_("{0} does not take part in the pair “{1}” of this program. Choose another pair.").format(
					self.person_name, pair.title
				)
			)

	def others(self) -> list[frappe._dict]:
		"""Further assessments of the person in the program: kind and day."""
		about = {"party_type": self.party_type, "party": self.party, "program": self.program}
		return frappe.get_all(
			"Competency Assessment",
			filters={**about, "name": ["!=", self.name or ""]},
			fields=["kind", "assessed_on"],
		)

	def refuse_second_of_its_kind(self) -> None:
		quarter = quarter_of(getdate(self.assessed_on))
		for other in self.others():
			if other.kind != self.kind:
				continue
			if self.kind != QUARTERLY or quarter_of(getdate(other.assessed_on)) == quarter:
				frappe.throw(
					_("{0} has this measurement already: {1}, {2}. Correct that one.").format(
						self.person_name, _(other.kind), formatdate(other.assessed_on)
					)
				)

	def refuse_exit_before_entry(self) -> None:
		days = {self.kind: getdate(self.assessed_on)}
		days |= {other.kind: getdate(other.assessed_on) for other in self.others() if other.kind != QUARTERLY}
		if ENTRY in days and EXIT in days and days[EXIT] < days[ENTRY]:
			frappe.throw(
				_(
					"{0}: the exit measurement ({1}) lies before the entry one ({2}). Correct the date."
				).format(self.person_name, formatdate(days[EXIT]), formatdate(days[ENTRY]))
			)
