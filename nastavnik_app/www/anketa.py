"""The page behind the link of a questionnaire. It says nothing by itself: the token stands after the # of the
address, which no browser sends, and the page asks for its questions with it."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.translate import get_user_lang

from nastavnik_app import __version__
from nastavnik_app.rules.questionnaires import HIGHEST, LONGEST, LOWEST

no_cache = 1
sitemap = 0


def get_context(context: frappe._dict) -> frappe._dict:
	"""Texts of the page in the school's language."""
	frappe.local.lang = get_user_lang("Guest")
	context.update(
		{
			"no_cache": 1,
			"language": frappe.local.lang,
			"version": __version__,
			"page_title": _("Questionnaire"),
			"no_script": _("This page needs JavaScript. Ask the curator for the questionnaire on paper."),
			"settings": {
				"lowest": LOWEST,
				"highest": HIGHEST,
				"longest": LONGEST,
				"texts": _texts(),
			},
		}
	)
	return context


def _texts() -> dict[str, str]:
	return {
		"loading": _("Opening the questionnaire…"),
		"noToken": _("The address is not complete. Open the whole link that you were given."),
		"noConnection": _("There is no connection. Try again when it is back."),
		"tryAgain": _("Try Again"),
		"required": _("required"),
		"scale": _("1 is the lowest, 10 the highest."),
		"atMost": _("Choose {0} at most."),
		"several": _("Several answers are possible."),
		"preference": _("Choice {0}"),
		"nobody": _("nobody"),
		"clear": _("Clear the answer"),
		"send": _("Send the Answers"),
		"sending": _("Sending…"),
		"kept": _(
			"The answers are not sent yet. They are kept on this device and go out by themselves once the connection is back; or press “Send” again."
		),
		"draft": _("What you write is kept on this device until it is sent."),
		"restored": _("Your answers from before are back."),
		"erase": _("Erase what I have written"),
		"eraseQuestion": _("Erase all answers on this device?"),
		"missing": _("Please answer these questions first:"),
		"notAnswered": _("This question is not answered."),
		"tooMany": _("There are more answers here than are asked for."),
		"repeated": _("The same person is chosen twice."),
		"failed": _("Something went wrong on the school’s side. Your answers are kept; try again later."),
		"thanks": _("Thank you! Your answers have arrived."),
		"thanksMore": _("You can close this page. The link works no more."),
		"about": _("About: {0}"),
	}
