"""The link of a questionnaire as a guest, an impatient one and an attacker use it, over HTTP."""

from __future__ import annotations

import random
import secrets
from typing import Any
from unittest import mock

import frappe
from frappe.utils import add_to_date, now_datetime
from werkzeug.test import TestResponse

from nastavnik_app.questionnaires import answering, invitations, person_files
from nastavnik_app.tests.builders import CommittedTestCase, as_user
from nastavnik_app.tests.over_http import over_http, page_over_http
from nastavnik_app.tests.test_questionnaires import RESPONSE, answers_to, make_questionnaire

OPEN, SUBMIT = ("nastavnik_app.api.open_questionnaire", "nastavnik_app.api.submit_questionnaire")


class LinkTestCase(CommittedTestCase):
	"""Each test has a link of its own, and an address of its own for the rate limit."""

	def setUp(self) -> None:
		frappe.set_user("Administrator")
		self.questionnaire = make_questionnaire(self.school.organization)
		self.mentee = self.school.mentee()
		self.name, self.token = self.invite()
		self.address = ".".join(str(random.randrange(1, 255)) for _part in range(4))
		self.submission = secrets.token_hex(16)
		# the requests have a connection of their own
		frappe.db.commit()  # nosemgrep

	def invite(self) -> tuple[str, str]:
		with as_user(self.school.curator):
			made = invitations.invite(self.questionnaire.name, self.school.program, people=[self.mentee.name])
		return made["links"][0]["name"], made["links"][0]["link"].partition("#")[2]

	def call(self, method: str, headers: dict | None = None, **body: Any) -> TestResponse:
		"""One request of a guest, in a thread of its own, as a server would answer it."""
		sent = {
			"Accept": "application/json",
			"X-Forwarded-For": self.address,  # as a server behind a proxy learns it
			**(headers or {}),
		}
		answer = over_http(
			lambda client, own: client.post(f"/api/method/{method}", json=body, headers={**own, **sent})
		)
		frappe.db.rollback()  # a new snapshot, so that the test sees what the request did
		return answer

	def open(self, token: str | None = None, submission: str | None = None) -> TestResponse:
		return self.call(OPEN, token=token or self.token, submission=submission)

	def submit(self, *given: Any, **values: Any) -> TestResponse:
		answers = answers_to(self.name, *(given or ("8", "Сдать экзамен")))
		sent = {"token": self.token, "submission": self.submission, "answers": answers, **values}
		return self.call(SUBMIT, **sent)

	def stored(self) -> tuple[str, int]:
		rows = frappe.db.count("Questionnaire Answer", {"parent": self.name})
		return frappe.db.get_value(RESPONSE, self.name, "status"), rows


class TestLinks(LinkTestCase):
	def test_a_guest_answers(self) -> None:
		answer = self.open()
		self.assertEqual(answer.status_code, 200, answer.get_data(as_text=True)[:1000])
		page = answer.get_json()["message"]
		self.assertEqual(page["person"], self.mentee.full_name)
		self.assertEqual(
			[one["text"] for one in page["questions"]], ["Насколько интересно?", "Чего вы хотите?"]
		)
		self.assertEqual(self.submit().get_json()["message"], {"answered": True})
		self.assertEqual(self.stored(), ("Answered", 2))
		self.assertEqual(frappe.db.get_value(RESPONSE, self.name, "way"), "By Link")
		self.assertEqual(frappe.db.get_value("Mentee", self.mentee.name, "main_request"), "Сдать экзамен")

	def test_used_twice(self) -> None:
		self.submit()
		self.assertEqual(self.open().status_code, 417)
		again = self.submit("1", "Другое", submission=secrets.token_hex(16))
		self.assertEqual(again.status_code, 417)
		self.assertEqual(
			frappe.db.get_value("Questionnaire Answer", {"parent": self.name, "number": 8}, "answer"), "8"
		)
		self.assertEqual(self.stored(), ("Answered", 2))

	def test_expired(self) -> None:
		frappe.db.set_value(RESPONSE, self.name, "expires_at", add_to_date(now_datetime(), minutes=-1))
		frappe.db.commit()  # nosemgrep
		self.assertEqual(self.open().status_code, 417)
		self.assertEqual(self.submit().status_code, 417)
		self.assertEqual(self.stored(), ("Invited", 0))

	def test_replaced_by_a_newer_link(self) -> None:
		old = self.token
		_name, self.token = self.invite()
		frappe.db.commit()  # nosemgrep
		self.assertEqual(self.submit(token=old).status_code, 417)
		self.assertEqual(self.submit().status_code, 200)

	def test_guessed(self) -> None:
		digest = frappe.db.get_value(RESPONSE, self.name, "token_hash")
		for guess in ("", "x", self.token[:-1], self.token.swapcase(), digest, self.name, "%", "' or 1=1 --"):
			answer = self.call(OPEN, token=guess)
			self.assertEqual(answer.status_code, 417, (guess, answer.get_data(as_text=True)[:300]))
			self.assertNotIn(self.mentee.full_name, answer.get_data(as_text=True))
			self.assertEqual(self.submit(token=guess).status_code, 417, guess)
		for guess in ({"a": 1}, ["like", "%"], None):
			self.assertGreaterEqual(self.call(OPEN, token=guess).status_code, 400)
		self.assertEqual(self.stored(), ("Invited", 0))

	def test_hammered(self) -> None:
		with mock.patch.object(answering, "MOST_REQUESTS", 5):
			codes = [self.call(OPEN, token=secrets.token_urlsafe(32)).status_code for _try in range(7)]
			self.assertEqual(codes, [417] * 5 + [429] * 2)
			self.assertEqual(self.open().status_code, 429)
			self.address = "203.0.113.77"
			self.assertEqual(self.open().status_code, 200)

	def test_a_class_behind_one_address_is_not_hammering(self) -> None:
		self.assertGreaterEqual(answering.MOST_REQUESTS, 30 * 4)

	def test_the_connection_drops_before_the_answer_of_the_server(self) -> None:
		self.submit()  # written, but the guest hears nothing
		before = frappe.db.get_value(RESPONSE, self.name, ["modified", "answered_at"])
		for _try in range(2):
			answer = self.submit()
			self.assertEqual((answer.status_code, answer.get_json()["message"]), (200, {"answered": True}))
		reopened = self.open(submission=self.submission)
		self.assertEqual(reopened.get_json()["message"], {"answered": True})
		self.assertEqual(frappe.db.get_value(RESPONSE, self.name, ["modified", "answered_at"]), before)
		self.assertEqual(self.stored(), ("Answered", 2))

	def test_the_server_fails_in_the_middle_of_writing(self) -> None:
		with mock.patch.object(person_files, "pass_on", side_effect=RuntimeError("сбой")):
			self.assertEqual(self.submit().status_code, 500)
		self.assertEqual(self.stored(), ("Invited", 0))
		self.assertEqual(self.submit().status_code, 200)
		self.assertEqual(self.stored(), ("Answered", 2))

	def test_the_same_answers_sent_at_once(self) -> None:
		given = answers_to(self.name, "8", "Сдать экзамен")

		def send(submission: str) -> dict:
			return answering.submit_link(self.token, submission, given)

		same = self.at_once(send, [self.submission] * 4)
		self.assertEqual(same, [{"answered": True}] * 4)
		self.assertEqual(self.stored(), ("Answered", 2))

	def test_two_devices_send_different_answers_at_once(self) -> None:
		def send(grade: str) -> dict:
			return answering.submit_link(self.token, secrets.token_hex(16), answers_to(self.name, grade))

		results = self.at_once(send, ["3", "9"])
		self.assertEqual(sorted(type(one).__name__ for one in results), ["LinkRefused", "dict"], results)
		self.assertEqual(self.stored(), ("Answered", 1))

	def test_unfit_answers_are_refused_and_the_link_still_works(self) -> None:
		self.assertEqual(self.submit("11").status_code, 417)
		self.assertEqual(self.submit(answers={"нет такой": "да"}).status_code, 417)
		self.assertEqual(self.submit(submission="x").status_code, 417)
		self.assertEqual(self.stored(), ("Invited", 0))
		self.assertEqual(self.submit().status_code, 200)

	def test_a_guest_reads_nothing_else(self) -> None:
		for method, body in (
			("frappe.client.get", {"doctype": RESPONSE, "name": self.name}),
			("frappe.client.get_list", {"doctype": "Mentee"}),
			("nastavnik_app.api.questions_of_response", {"response": self.name}),
			("nastavnik_app.api.record_answers", {"response": self.name, "answers": {}}),
			(
				"nastavnik_app.api.invite_to_questionnaire",
				{"questionnaire": self.questionnaire.name, "program": self.school.program},
			),
		):
			self.assertEqual(self.call(method, **body).status_code, 403, method)

	def test_the_door_takes_no_link_by_address(self) -> None:
		"""A GET would leave the token in logs; only POST is answered."""
		path = f"/api/method/{OPEN}?token={self.token}"
		answer = over_http(lambda client, headers: client.get(path, headers=headers))
		self.assertEqual(answer.status_code, 403)


class TestPage(LinkTestCase):
	def test_the_page_says_nothing_and_loads_nothing_from_elsewhere(self) -> None:
		answer = page_over_http("/anketa")
		text = answer.get_data(as_text=True)
		self.assertEqual(answer.status_code, 200, text[:500])
		self.assertIn('name="robots" content="noindex', text)
		self.assertIn("/assets/nastavnik_app/js/anketa.js", text)
		self.assertIn("<noscript>", text)
		self.assertNotIn("http://", text)
		self.assertNotIn("https://", text)
		self.assertNotIn(self.mentee.full_name, text)
		self.assertNotIn("{{", text)
