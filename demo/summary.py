"""What the demonstration did, in figures and names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from frappe.model.document import Document
from frappe.utils import getdate

from demo.matching import Match
from demo.roadmap_steps import Reading
from demo.roster import MENTEE, MENTOR, Person, Roster
from demo.staff import OFFICER, PASSWORD, STAFF, TITLE, School, mentor_with_login

FORM_TITLES = {
	"teacher-teacher": "учитель — учитель",
	"pupil-pupil": "ученик — ученик",
	"teacher-pupil": "учитель — ученик (группы)",
}


@dataclass
class Summary:
	roster: Roster
	reading: Reading
	matches: list[Match]
	missing: list[Person]
	consents: int
	refusal: str = ""
	left_out: list[str] = field(default_factory=list)
	pairs_order: Document | None = None
	plans_order: Document | None = None
	orders: list[Document] = field(default_factory=list)
	files: list[str] = field(default_factory=list)

	@property
	def signed_orders(self) -> list[Document]:
		return [order for order in self.orders if order.docstatus]

	@property
	def unsigned_orders(self) -> list[Document]:
		return [order for order in self.orders if not order.docstatus]

	def figures(self) -> list[tuple[str, int]]:
		matched = {mentee for match in self.matches for mentee in match.mentees}
		mentees = self.roster.of_role(MENTEE)
		return [
			("Учащихся в списке", len(self.roster.pupils)),
			("Педагогов в списке", len(self.roster.teachers)),
			("Строк дорожной карты", self.reading.rows),
			("из них с сомнением", len(self.reading.doubts)),
			("Задач создано", self.reading.tasks),
			("Наставников", len(self.roster.of_role(MENTOR))),
			("Наставляемых", len(mentees)),
			("Согласий записано", self.consents),
			("Не хватает согласий", len(self.missing)),
			("Пар и групп составлено", len(self.matches)),
			("Закреплено приказом", len(self.pairs_order.pairs)),
			("Планов утверждено приказом", len(self.plans_order.plans)),
			("Наставляемых без наставника", len(mentees) - len(matched)),
		]

	def text(self, school: School) -> str:
		"""The summary as Markdown."""
		return "\n".join(self._lines(school)) + "\n"

	def _lines(self, school: School) -> Iterator[str]:
		yield f"# {TITLE}: программа наставничества на 2026/2027 учебный год"
		yield from ("", "Школа и все люди вымышлены.", "", "| Показатель | Число |", "|---|---|")
		yield from (f"| {name} | {value} |" for name, value in self.figures())
		yield from ("", "## Пары и группы", "", "| Форма | Пар и групп | Наставляемых |", "|---|---|---|")
		pairs, mentees = Counter(), Counter()
		for match in self.matches:
			pairs[match.form] += 1
			mentees[match.form] += len(match.mentees)
		yield from (f"| {FORM_TITLES[form]} | {pairs[form]} | {mentees[form]} |" for form in FORM_TITLES)
		yield from ("", "## Приказы", "")
		for order in self.signed_orders:
			yield f"- № {order.order_number} от {getdate(order.order_date):%d.%m.%Y} «{order.heading}»: {order.signatory_name}"
		yield from ("", "На подписи или в работе:", "")
		yield from (f"- «{order.heading}»" for order in self.unsigned_orders)
		yield from ("", "## Сомнения в дорожной карте", "")
		yield from (f"- {doubt}" for doubt in self.reading.doubts)
		yield from ("", "## Нет согласия на обработку персональных данных", "")
		yield from (
			f"- {person.full_name}, {person.school_class or person.position}" for person in self.missing
		)
		yield from ("", "Приказ с этими людьми не был принят на подпись:", "", f"> {self.refusal}", "")
		yield "Остались черновиками до получения согласий:"
		yield ""
		yield from (f"- {title}" for title in self.left_out)
		yield from ("", "## Входы", "")
		for login, post, duty, _role in STAFF:
			yield f"- {duty}: {school.logins[login]} ({self.roster.holder_of(post).full_name})"
		yield f"- Наставник: {school.logins['mentor']} ({mentor_with_login(self.roster).full_name})"
		yield f"- Специалист управления образования: {school.logins['officer']} ({' '.join(OFFICER)})"
		yield from ("", f"Пароль у всех один: {PASSWORD}", "", "## Файлы", "")
		yield from (f"- {name}" for name in self.files)
