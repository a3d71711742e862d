"""A return on its way up: counted, approved, sent; returned with a remark by the authority, sent again, answered."""

from collections.abc import Callable
from datetime import date, timedelta
from random import randint

from journeys.inspection import inspect
from journeys.person import Person
from journeys.steps import SCHOOL
from journeys.words import russian

REMARK = "Уточните численность групп"
ADVICE = "Закрепить наставников за молодыми педагогами"
ANSWER = "Приказ готовится, подпишем в этом месяце"


def test_return_from_counting_to_the_answer(person: Callable[[str], Person]) -> None:
	curator, director, officer = person("curator"), person("director"), person("officer")
	start = date.today() - timedelta(randint(1, 1000))  # days that no other return has
	first = _send(curator, director, start)
	officer.open(first)
	inspect(officer, "return-received")
	with officer.refused() as why:
		officer.act("Send Back")
	assert russian("Remark") in why.text
	officer.fill(remark=REMARK)
	officer.act("Send Back")
	assert officer.state() == russian("Sent Back")
	officer.open_list("Program Return")  # Desk would reload a form that its replacement takes out of sight

	curator.open(first)
	assert curator.value("remark") == REMARK
	inspect(curator, "return-sent-back")
	second = _send(curator, director, start)
	curator.open(first)
	assert curator.state() == russian("Replaced")

	officer.open(second)
	officer.fill_row("recommendations", 1, recommendation=ADVICE, due_date=date.today() + timedelta(30))
	officer.save()
	officer.act("Accept")
	inspect(officer, "return-accepted")
	curator.open(second)
	curator.fill_row("recommendations", 1, answer=ANSWER)
	curator.save()
	inspect(curator, "return-answered")
	assert curator.printed("PDF").startswith(b"%PDF")


def _send(curator: Person, director: Person, start: date) -> str:
	"""A return for some days up to today, sent; its address."""
	curator.open_new("Program Return")
	curator.fill(organization=SCHOOL, period_start=start, period_end=date.today())
	curator.save()
	assert curator.state() == russian("Draft")
	return_ = curator.where()
	curator.act("Send for Approval")
	director.open(return_)
	director.act("Approve")
	curator.open(return_)
	curator.act("Send to the Authority")
	assert curator.state() == russian("Sent")
	return return_
