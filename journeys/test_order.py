"""A pair on its way to a signed order: two newcomers, their consents, and the director's remark."""

from datetime import date
from io import BytesIO
from random import randint

from docx import Document

from journeys import steps
from journeys.inspection import inspect
from journeys.person import Person
from journeys.words import russian

REMARK = "Укажите, кто контролирует исполнение"
CONTROL = "Контроль за исполнением приказа возлагаю на куратора программы."


def test_order_from_newcomers_to_signature(curator: Person, director: Person) -> None:
	mentor = steps.admit(curator, "Mentor", **steps.MENTOR)
	curator.picture("mentor-admitted")
	mentee = steps.admit(curator, "Mentee", **steps.MENTEE)
	steps.propose_pair(curator, mentor, mentee)
	curator.picture("pair-proposed")
	order = steps.make_order(curator)
	curator.picture("order-draft")

	with curator.refused() as why:
		curator.act("Send for Approval")
	assert mentor in why.text and mentee in why.text
	inspect(curator, "order-refused")
	_collect_consents(curator, mentor, mentee)

	curator.open(order)
	assert curator.may_fill("control")
	curator.act("Send for Approval")
	assert curator.state() == russian("On Approval")
	assert not curator.may_fill("control")
	_return(director, order)
	_mend(curator, order)
	_sign(director, order)
	_print(curator, order, mentee)


def _collect_consents(curator: Person, mentor: str, mentee: str) -> None:
	steps.prepare_consent(curator, "Mentor", mentor)
	steps.record_consent(curator)
	steps.prepare_consent(curator, "Mentee", mentee, representative_name="Лесная Анна Петровна")
	assert curator.printed("PDF").startswith(b"%PDF")
	curator.picture("consent-draft")
	steps.record_consent(curator)
	curator.picture("consent-signed")


def _return(director: Person, order: str) -> None:
	director.open(order)
	with director.refused() as why:
		director.act("Return With Remark")
	assert russian("Remark") in why.text
	inspect(director, "order-remark-missing")
	director.fill(remark=REMARK)
	director.act("Return With Remark")
	assert director.state() == russian("Draft")


def _mend(curator: Person, order: str) -> None:
	curator.open(order)
	assert curator.value("remark") == REMARK and curator.may_fill("control")
	curator.picture("order-returned")
	curator.fill(control=CONTROL)
	curator.act("Send for Approval")


def _sign(director: Person, order: str) -> None:
	director.open(order)
	assert director.value("control") == CONTROL
	director.fill(order_number=f"{randint(100, 99999)}-од", order_date=date.today())
	inspect(director, "order-to-sign")
	director.act("Sign")
	assert director.state() == russian("Signed")
	inspect(director, "order-signed")


def _print(curator: Person, order: str, mentee: str) -> None:
	curator.open(order)
	assert curator.printed("PDF").startswith(b"%PDF")
	word = Document(BytesIO(curator.printed("Word")))
	cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
	assert any(mentee in text for text in cells)
