"""Consents printed into one PDF by a print job, beside WeasyPrint alone with the pages rendered before."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from benchmarks.lines import Line
from benchmarks.site import taken_back
from benchmarks.timing import Rounds

OF = "consents"
SIZES = (20, 100, 500)


def lines(size: int, rounds: Rounds) -> Iterator[Line]:
	import frappe

	from benchmarks.pairs_fill import names, school_with_pairs
	from nastavnik_app.documents import print_jobs

	with taken_back():
		school, consents = school_with_pairs(size), names("Consent of Mentee", size)
		frappe.set_user(school.curator)
		job = print_jobs.print_many("Consent", consents)
		pages = [_own_content(frappe.get_print("Consent", name, job.print_format)) for name in consents]
		printed, alone = rounds.shortest(
			lambda: print_jobs.run(job.name), lambda: _weasyprint(pages), undone=True
		)
		(rendered,) = rounds.shortest(
			lambda: [frappe.get_print("Consent", name, job.print_format) for name in consents]
		)
		print_jobs.run(job.name)
		job.reload()
		assert job.printed == size, job.problems
		yield Line("consents to PDF", size, printed, "WeasyPrint alone", alone)
		yield Line("their pages as HTML", size, rendered)


def _own_content(html: str) -> str:
	"""A page that names nothing to be fetched: without the banner and the style sheets of Frappe's print page."""
	import weasyprint

	from nastavnik_app.documents.pdf import keep_own_content

	root = weasyprint.HTML(string=html).etree_element
	keep_own_content(root)
	return ElementTree.tostring(root, encoding="unicode", method="html")


def _weasyprint(pages: list[str]) -> bytes:
	"""As its manual binds several documents."""
	import weasyprint

	papers = [weasyprint.HTML(string=page).render() for page in pages]
	return papers[0].copy([page for paper in papers for page in paper.pages]).write_pdf()
