"""Without a mouse, from the sign-in page on: the curator sends the order, the director signs it."""

from collections.abc import Callable
from datetime import date
from random import randint

import pytest

from journeys import steps
from journeys.keyboard import Keyboard
from journeys.person import Person
from journeys.words import russian


def test_order_is_sent_and_signed_with_keys_alone(curator: Person, stranger: Callable[..., Person]) -> None:
	if not curator.own_pages:
		pytest.skip("Desk has shortcuts of its own: what the keys reach there is the framework's")
	mentor = steps.admit(curator, "Mentor", **steps.MENTOR)
	mentee = steps.admit(curator, "Mentee", **steps.MENTEE)
	steps.prepare_consent(curator, "Mentor", mentor)
	steps.record_consent(curator)
	steps.prepare_consent(curator, "Mentee", mentee, representative_name="Лесная Анна Петровна")
	steps.record_consent(curator)
	steps.propose_pair(curator, mentor, mentee)
	order = steps.make_order(curator)

	sender = stranger()
	keys = _sign_in(sender, "curator")
	keys.tab_to(russian("Mentoring Order"))
	keys.enter()
	keys.tab_to(steps.KIND_OF_ORDER)
	keys.enter()
	assert sender.where() == order, "the newest order stands first in the list"
	keys.tab_to(russian("Send for Approval"))
	keys.enter()
	assert sender.state() == russian("On Approval")

	signatory = stranger()
	keys = _sign_in(signatory, "director")
	keys.tab_to(russian("Mentoring Order"))
	keys.enter()
	keys.tab_to(steps.KIND_OF_ORDER)
	keys.enter()
	assert signatory.where() == order
	keys.tab_to(russian("Order Number"))
	keys.type(f"{randint(100, 99999)}-од")
	keys.tab_to(russian("Date", "Mentoring Order"))
	keys.type_day(date.today())
	keys.back_to(russian("Sign"))
	keys.enter()
	assert signatory.state() == russian("Signed")


def _sign_in(person: Person, login: str) -> Keyboard:
	person.open("/login")
	keys = Keyboard(person.page)
	keys.tab_to(russian("Login"))
	keys.type(steps.address_of(login))
	keys.tab_to(russian("Password"))
	keys.type(steps.PASSWORD)
	keys.enter()
	return keys
