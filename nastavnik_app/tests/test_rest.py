"""The same refusals over HTTP, as a script or an attacker would try them: REST v1 and whitelisted methods."""

from __future__ import annotations

import json

import frappe
from werkzeug.test import Client, TestResponse

from nastavnik_app.tests.builders import CommittedTestCase, make_school, remove_school
from nastavnik_app.tests.over_http import over_http

PASSWORD = "Tихая-гавань-2026"


class RestTestCase(CommittedTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.stranger = make_school("Чужая школа")
		cls.pair = cls.school.pair()
		cls.order = cls.school.order(cls.pair)
		for user in (cls.school.curator, cls.school.director, cls.stranger.curator):
			record = frappe.get_doc("User", user)
			record.new_password = PASSWORD
			record.save()
		# the requests have a connection of their own
		frappe.db.commit()  # nosemgrep

	@classmethod
	def tearDownClass(cls) -> None:
		frappe.db.rollback()
		remove_school(cls.stranger)
		super().tearDownClass()

	def request(self, user: str, method: str, path: str, body: dict | None = None) -> TestResponse:
		"""One request of a logged-in user, in a thread of its own, as a server would answer it."""

		def ask(client: Client, headers: dict[str, str]) -> tuple[int, TestResponse]:
			headers = {**headers, "Accept": "application/json"}
			login = client.post("/api/method/login", data={"usr": user, "pwd": PASSWORD}, headers=headers)
			token = (login.get_json() or {}).get("csrf_token")
			if token:
				headers["X-Frappe-CSRF-Token"] = token
			return login.status_code, client.open(path, method=method, json=body, headers=headers)

		status, answer = over_http(ask)
		self.assertEqual(status, 200, "the login itself failed")
		frappe.db.rollback()  # a new snapshot, so that the test sees what the request did
		return answer

	def assertSaysWhy(self, answer: TestResponse, *words: str) -> None:
		self.assertGreaterEqual(answer.status_code, 400, answer.get_data(as_text=True)[:500])
		self.assertLess(answer.status_code, 500, answer.get_data(as_text=True)[:2000])
		told = json.dumps(answer.get_json(), ensure_ascii=False)
		for message in json.loads((answer.get_json() or {}).get("_server_messages", "[]")):
			told += json.loads(message)["message"]
		for word in words:
			self.assertIn(word, told)


class TestRest(RestTestCase):
	def order_path(self) -> str:
		return f"/api/resource/Mentoring Order/{self.order.name}"

	def assertUntouched(self) -> None:
		self.assertEqual(
			frappe.db.get_value("Mentoring Order", self.order.name, ["workflow_state", "docstatus"]),
			("Draft", 0),
		)

	def test_put_of_a_state(self) -> None:
		for user in (self.school.curator, self.school.director):
			for body in (
				{"workflow_state": "Signed"},
				{"workflow_state": "Signed", "docstatus": 1},
				{"docstatus": 1},
			):
				self.assertSaysWhy(self.request(user, "PUT", self.order_path(), body), self.order.heading)
		self.assertUntouched()

	def test_put_of_a_pair_as_assigned(self) -> None:
		path = f"/api/resource/Pair/{self.pair.name}"
		answer = self.request(self.school.curator, "PUT", path, {"workflow_state": "Assigned"})
		self.assertSaysWhy(answer, self.pair.title)

	def test_post_of_a_signed_order(self) -> None:
		body = {
			"program": self.school.program,
			"organization": self.school.organization,
			"order_type": "assign-pairs",
			"heading": "О подложном",
			"workflow_state": "Signed",
			"docstatus": 1,
		}
		self.assertSaysWhy(self.request(self.school.director, "POST", "/api/resource/Mentoring Order", body))
		self.assertFalse(frappe.db.exists("Mentoring Order", {"heading": "О подложном"}))

	def test_methods_that_submit_and_cancel(self) -> None:
		answer = self.request(
			self.school.director, "POST", "/api/method/frappe.client.submit", {"doc": self.order.as_json()}
		)
		self.assertSaysWhy(answer, self.order.heading)
		answer = self.request(
			self.school.director,
			"POST",
			"/api/method/frappe.client.set_value",
			{
				"doctype": "Mentoring Order",
				"name": self.order.name,
				"fieldname": "workflow_state",
				"value": "Signed",
			},
		)
		self.assertSaysWhy(answer, self.order.heading)
		self.assertUntouched()

	def test_another_schools_record(self) -> None:
		for method, body in (("GET", None), ("PUT", {"heading": "Чужое"}), ("DELETE", None)):
			answer = self.request(self.stranger.curator, method, self.order_path(), body)
			self.assertEqual(answer.status_code, 403, (method, answer.get_data(as_text=True)[:300]))
		answer = self.request(
			self.stranger.curator, "GET", "/api/resource/Mentoring Order?limit_page_length=0"
		)
		self.assertEqual(answer.get_json()["data"], [])
		self.assertUntouched()

	def test_own_curator_reads_and_edits_the_draft(self) -> None:
		answer = self.request(self.school.curator, "PUT", self.order_path(), {"control": "Контроль за собой"})
		self.assertEqual(answer.status_code, 200, answer.get_data(as_text=True)[:500])
		self.assertEqual(
			frappe.db.get_value("Mentoring Order", self.order.name, "control"), "Контроль за собой"
		)
