"""DocType as a document: a site's own (custom) ones, which the conformance tests make on both engines."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.sync import forget_meta, refuse_unsupported, sync_roles


class DocType(Document):
	def validate(self) -> None:
		if not self.custom:
			frappe.throw(_("Only DocTypes of the site's own (custom) can be saved here"))
		refuse_unsupported(self.as_dict())
		sync_roles([self.as_dict()])

	def on_update(self) -> None:
		forget_meta()
		frappe.db.updatedb(self.name)

	def after_delete(self) -> None:
		frappe.db.drop_table(self.name)
		forget_meta()
