from hashlib import sha256

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from nastavnik_app import attachments, period
from nastavnik_app.people import consents, publicity
from nastavnik_app.privacy import blocking, kept


class Consent(Document):
	def before_validate(self) -> None:
		self.party_name, self.organization = frappe.db.get_value(
			self.party_type, self.party, ["full_name", "organization"]
		) or (None, None)

	def validate(self) -> None:
		period.refuse_reversed(self, "signed_on", "valid_until")
		if not self.signatory:
			self.signatory = consents.expected_signatory(self)
		if self.has_value_changed("scan"):
			self.scan_sha256 = _sha256(self.scan)

	def before_update_after_submit(self) -> None:
		if self.withdrawn_on:
			self.keep_until = kept.kept_after(self.doctype, getdate(self.withdrawn_on))

	def on_submit(self) -> None:
		blocking.lift_after(self)

	def on_update_after_submit(self) -> None:
		if self.has_value_changed("workflow_state") and self.workflow_state == "Withdrawn":
			consents.withdraw(self)
			publicity.ask_to_take_down(self)


def _sha256(file_url: str | None) -> str | None:
	"""Of what is stored under the address of a file, so that a scan replaced past the app is found out."""
	name = file_url and frappe.db.get_value("File", {"file_url": file_url})
	if not name:
		return None
	return sha256(attachments.bytes_of(frappe.get_doc("File", name))).hexdigest()
