"""Papers over HTTP: as Word, many together, and consents collected on paper."""

from __future__ import annotations

from io import BytesIO
from unittest.mock import patch
from urllib.parse import quote, unquote, urlencode

import docx
import frappe

from nastavnik_app.tests.builders import consent_for
from nastavnik_app.tests.test_rest import RestTestCase

METHOD = "/api/method/nastavnik_app.api."


class TestPapersByRest(RestTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.consent = consent_for(cls.school.mentor(last_name="Ёлкин"), signed_on=None)
		# the requests have a connection of their own
		frappe.db.commit()  # nosemgrep

	def word_path(self, **values: str) -> str:
		asked = {"doctype": "Consent", "name": self.consent.name, **values}
		return f"{METHOD}download_word?{urlencode(asked, quote_via=quote)}"

	def test_a_consent_as_word_under_its_name(self) -> None:
		answer = self.request(self.school.curator, "GET", self.word_path(print_format="Consent Sheet"))
		self.assertEqual(answer.status_code, 200, answer.get_data()[:500])
		header = answer.headers["Content-Disposition"]
		self.assertTrue(header.isascii(), "a server cannot send this header")
		self.assertIn(self.consent.party_name, unquote(header))
		paper = docx.Document(BytesIO(answer.get_data()))
		text = "".join(node.text or "" for node in paper.element.body.iter() if node.tag.endswith("}t"))
		self.assertIn(self.consent.party_name, text)

	def test_another_schools_curator_gets_no_word(self) -> None:
		answer = self.request(self.stranger.curator, "GET", self.word_path())
		self.assertEqual(answer.status_code, 403, answer.get_data(as_text=True)[:300])
		self.assertNotIn("Ёлкин", answer.get_data(as_text=True))
		self.assertSaysWhy(self.request(self.school.curator, "GET", self.word_path(print_format="Roadmap")))

	def test_a_job_is_queued_by_post_alone(self) -> None:
		asked = {"doctype": "Consent", "names": [self.consent.name], "output": "ZIP of Word"}
		self.assertSaysWhy(self.request(self.school.curator, "GET", f"{METHOD}print_many", asked))
		self.assertSaysWhy(self.request(self.stranger.curator, "POST", f"{METHOD}print_many", asked))
		job = frappe.get_doc("Mentoring Print Job", self.queued(asked))
		self.assertEqual((job.status, job.owner, job.total), ("Queued", self.school.curator, 1))

	def queued(self, asked: dict) -> str:
		"""The name of the job; no worker hears of it."""
		with patch.object(frappe, "enqueue") as enqueue:
			answer = self.request(self.school.curator, "POST", f"{METHOD}print_many", asked)
		self.assertEqual(answer.status_code, 200, answer.get_data(as_text=True)[:500])
		enqueue.assert_called_once()
		return answer.get_json()["message"]

	def test_a_queued_job_is_not_made_anothers(self) -> None:
		asked = {"doctype": "Consent", "names": frappe.as_json([self.consent.name])}
		path = f"/api/resource/Mentoring Print Job/{self.queued(asked)}"
		for body in ({"owner": "Administrator"}, {"documents": "[]"}, {"status": "Finished"}):
			self.assertSaysWhy(self.request(self.school.curator, "PUT", path, body))
		forged = {"organization": self.school.organization, "documents": "[]", "status": "Queued"}
		self.assertSaysWhy(
			self.request(self.school.curator, "POST", "/api/resource/Mentoring Print Job", forged)
		)

	def test_consents_are_prepared_and_recorded(self) -> None:
		mentor = self.school.mentor()
		# the requests have a connection of their own
		frappe.db.commit()  # nosemgrep
		asked = {
			"organization": self.school.organization,
			"kind": "Dissemination",
			"party_type": "Mentor",
			"people": [mentor.name],
		}
		answer = self.request(self.school.curator, "POST", f"{METHOD}prepare_consents", asked)
		names = answer.get_json()["message"]
		self.assertEqual(frappe.db.get_value("Consent", names[0], ["party", "docstatus"]), (mentor.name, 0))
		collected = {"names": names, "signed_on": frappe.utils.nowdate()}
		self.assertSaysWhy(self.request(self.school.curator, "GET", f"{METHOD}record_consents", collected))
		answer = self.request(self.school.curator, "POST", f"{METHOD}record_consents", collected)
		self.assertEqual(answer.get_json()["message"], {"recorded": names, "refused": []})
		self.assertEqual(frappe.db.get_value("Consent", names[0], "workflow_state"), "Signed")
