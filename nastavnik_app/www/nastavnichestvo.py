"""The page about mentoring for everybody: figures without persons. Off until the settings open it."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.translate import get_user_lang

from nastavnik_app import __version__
from nastavnik_app.returns import public_page

sitemap = 0


def get_context(context: frappe._dict) -> frappe._dict:
	"""The schools that chose to be shown; DoesNotExistError while the page is off."""
	frappe.local.lang = get_user_lang("Guest")
	if not public_page.is_open():
		frappe.throw(_("There is no such page."), frappe.DoesNotExistError)
	context.update(
		{
			"language": frappe.local.lang,
			"version": __version__,
			"page_title": _("Mentoring"),
			"schools": public_page.schools(),
			"texts": {
				"nobody": _("No figures are published yet."),
				"indicator": _("Indicator"),
				"value": _("Value"),
				"what": _("What Was Counted"),
				"pieces": _("Other counts"),
				"withheld": _(
					"“…”: the number is not published, because it is below {0} people or would tell such a number."
				),
			},
		}
	)
	return context
