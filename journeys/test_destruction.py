"""A consent is withdrawn: the person is blocked, the director approves the act, and nobody finds the name again."""

from datetime import date

from journeys import steps
from journeys.inspection import inspect
from journeys.person import Person
from journeys.words import russian

COMMISSION = ("Сергеева Анна Львовна", "Тихонова Мария Юрьевна", "Уварова Нина Петровна")


def test_person_is_blocked_and_destroyed(curator: Person, director: Person) -> None:
	name = steps.admit(curator, "Mentee", **steps.MENTEE)
	curator.button("Block", confirm="Block", reason=russian("Consent Withdrawn"))
	assert curator.state() == russian("Archived")
	inspect(curator, "person-blocked")

	curator.button("Draw Up the Act", confirm="Draw Up" if curator.own_pages else "")
	assert curator.state() == russian("Draft")
	for number, member in enumerate(COMMISSION, 1):
		curator.fill_row("commission", number, person_name=member)
	curator.fill(act_date=date.today())
	curator.save()
	act = curator.where()
	inspect(curator, "act-draft")
	curator.act("Send for Approval")
	director.open(act)
	assert name in director.text()
	inspect(director, "act-to-approve")
	director.act("Approve")

	curator.open(act)
	steps.come_back_until(curator, "destruction_state", russian("Done"))
	inspect(curator, "act-done")
	assert curator.printed("PDF").startswith(b"%PDF")
	curator.open_list("Mentee", search=name.split()[0])
	assert curator.titles() == []
