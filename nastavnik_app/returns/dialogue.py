"""What the authority and the school say to each other about a return that was sent: each writes its own side."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import nowdate

from nastavnik_app.permissions import organizations_of, sees_everything

OF_AUTHORITY = ("recommendation", "due_date")


def keep_sides(doc: Document) -> None:
	"""Puts back what the session's user may not write: recommendations and remark are the authority's, answers the
	school's."""
	before = doc.get_doc_before_save()
	stored = {row.name: row for row in before.recommendations}
	user = frappe.session.user
	own = organizations_of(user)
	everything = sees_everything(user)
	if not everything and doc.authority not in own:
		doc.remark = before.remark
		doc.recommendations = [row for row in doc.recommendations if row.name in stored]
		missing = stored.keys() - {row.name for row in doc.recommendations}
		doc.recommendations += [stored[name] for name in missing]
		doc.recommendations.sort(key=lambda row: stored[row.name].idx)
		for row in doc.recommendations:
			row.update({field: stored[row.name].get(field) for field in (*OF_AUTHORITY, "idx")})
	may_answer = everything or doc.organization in own
	for row in doc.recommendations:
		old = stored.get(row.name)
		if not may_answer:
			row.answer = old.answer if old else None
		row.given_by = old.given_by if old else user
		is_new_answer = row.answer and (not old or row.answer != old.answer)
		row.answered_on = nowdate() if is_new_answer else (old.answered_on if old else None)
