import re
import secrets

import frappe
from frappe import _
from frappe.model.document import Document

from nastavnik_app.rules.return_files import SECRET_BYTES

HEXADECIMAL = re.compile(rf"[0-9a-f]{{{2 * SECRET_BYTES}}}")


class ReturnPartner(Document):
	def validate(self) -> None:
		self.refuse_itself()
		self.refuse_second()
		if not self.secret:
			self.make_secret()
		elif set(self.secret) != {"*"} and not HEXADECIMAL.fullmatch(self.secret):
			frappe.throw(_("The shared secret is {0} digits from 0 to f.").format(2 * SECRET_BYTES))

	def refuse_itself(self) -> None:
		if self.partner == self.organization:
			frappe.throw(_("An organization exchanges no files with itself. Choose another one."))

	def refuse_second(self) -> None:
		other = {"organization": self.organization, "partner": self.partner, "name": ["!=", self.name or ""]}
		if frappe.db.exists("Return Partner", other):
			frappe.throw(_("These two organizations have a shared secret already: open that record."))

	def make_secret(self) -> None:
		self.secret = secrets.token_hex(SECRET_BYTES)
		frappe.msgprint(
			_("The shared secret is shown this once. Enter it on the other site as well: {0}").format(
				self.secret
			)
		)
