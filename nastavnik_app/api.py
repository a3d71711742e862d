"""What Desk's buttons and scripts of schools call: thin doors, each with the rights of the caller."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.rate_limiter import rate_limit
from frappe.utils import cint
from werkzeug.wrappers import Response

from nastavnik_app.arguments import day_in, mapping_in, names_in, names_or_none, require_doctype
from nastavnik_app.desk import digests
from nastavnik_app.documents import print_jobs
from nastavnik_app.documents.binding import file_name
from nastavnik_app.documents.docx import html_to_docx
from nastavnik_app.downloads import sent
from nastavnik_app.mailings import sending
from nastavnik_app.orders import acknowledgement, drafting, signing
from nastavnik_app.pairs import calendar_file, matching, meetings, plan_templates
from nastavnik_app.people import assessments, consent_collection, potential_mentors, roster_files
from nastavnik_app.program import measures, next_year, years
from nastavnik_app.program import review as program_review
from nastavnik_app.questionnaires import answering, invitations, versions
from nastavnik_app.questionnaires.questions import questions_for
from nastavnik_app.rules.scope import PEOPLE


@frappe.whitelist(methods=["GET"])
def download_word(doctype: str, name: str, print_format: str | None = None) -> Response:
	"""A document as DOCX: the same content as its PDF."""
	require_doctype(doctype)
	record = frappe.get_doc(doctype, name)
	record.check_permission("print")
	html = frappe.get_print(doctype, name, print_jobs.format_of(doctype, print_format))
	return sent(html_to_docx(html), file_name(f"{_(doctype)} {record.get_title()}", "docx"))


@frappe.whitelist(methods=["POST"])
def print_many(
	doctype: str, names: list | str, print_format: str | None = None, output: str = "One PDF"
) -> str:
	"""Queues the printing of documents of one organization; the name of the Mentoring Print Job to look at.

	`output`: One PDF, ZIP of PDF, ZIP of Word.
	"""
	return print_jobs.print_many(doctype, names_in(names), print_format, output).name


@frappe.whitelist(methods=["POST"])
def prepare_consents(
	organization: str,
	kind: str,
	party_type: str,
	people: list | str | None = None,
	school_class: str | None = None,
) -> list[str]:
	"""Drafts of a consent for those of the people, of a class or of everybody who have none; names of all drafts to
	print."""
	return consent_collection.prepare(
		organization, kind, party_type, people=names_or_none(people), school_class=school_class
	)


@frappe.whitelist(methods=["POST"])
def record_consents(names: list | str, signed_on: str) -> dict[str, list]:
	"""Consents that came back signed on paper: {"recorded": [name], "refused": [{name, title, reason}]}."""
	return consent_collection.record_collected(names_in(names), day_in(signed_on))


@frappe.whitelist()
def order_types_for(doctype: str) -> list[dict[str, str]]:
	"""`name` and `title` of the kinds of orders that are made from records of a DocType."""
	return drafting.order_types_for(doctype)


@frappe.whitelist(methods=["POST"])
def make_order(order_type: str, doctype: str, names: list | str) -> str:
	"""Drafts an order about records of one programme; its name."""
	require_doctype(doctype)
	return drafting.make_order(order_type, doctype, names_in(names)).name


@frappe.whitelist(methods=["POST"])
def replace_mentor(pair: str, mentor: str, reason: str | None = None) -> str:
	"""Drafts the order that gives a pair's mentees to another mentor; its name."""
	return drafting.replace_mentor(pair, mentor, reason).name


@frappe.whitelist()
def what_signing_does(order: str) -> list[str]:
	"""A line for each record that the signature will change; none where the order is only printed and kept."""
	return signing.what_signing_does(_readable_order(order))


@frappe.whitelist(methods=["POST"])
def acknowledge(order: str) -> None:
	"""The caller has read the signed order that names him."""
	acknowledgement.acknowledge(_readable_order(order))


@frappe.whitelist(methods=["POST"])
def collect_acknowledgements(order: str, rows: list | str, day: str) -> None:
	"""Enters the day on which the people of these rows signed the sheet or were informed."""
	acknowledgement.collect(_readable_order(order), names_in(rows), day_in(day))


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=answering.most_requests, seconds=answering.WINDOW)
def open_questionnaire(token: str, submission: str | None = None) -> dict:
	"""What a guest with a link is asked; `{"answered": True}` where this submission of his has arrived already."""
	return answering.open_link(token, submission)


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=answering.most_requests, seconds=answering.WINDOW)
def submit_questionnaire(token: str, submission: str, answers: dict | str) -> dict:
	"""Takes a guest's answers, {row of the question: answer or list of answers}, once."""
	return answering.submit_link(token, submission, mapping_in(answers))


@frappe.whitelist(methods=["POST"])
def invite_to_questionnaire(
	questionnaire: str,
	program: str,
	people: list | str | None = None,
	pairs: list | str | None = None,
	source: str | None = None,
	by_mail: bool = False,
) -> dict:
	"""Links for people of a programme; they are shown this once, only their hashes are kept."""
	return invitations.invite(
		questionnaire, program, names_or_none(people), names_or_none(pairs), source, by_mail
	)


@frappe.whitelist(methods=["POST"])
def renew_questionnaire_links(responses: list | str) -> dict:
	"""New links for those of the responses that are still awaited; the links before them end."""
	return invitations.renew(names_in(responses))


@frappe.whitelist()
def questions_of_response(response: str) -> list[dict]:
	"""What a response asks: `name`, `text`, `kind`, `required`, `choices` (pairs of value and label), `most`."""
	record = frappe.get_doc("Mentoring Questionnaire Response", response)
	record.check_permission("read")
	return [vars(question) for question in questions_for(record)]


@frappe.whitelist(methods=["POST"])
def record_answers(response: str, answers: dict | str) -> None:
	"""Answers typed in from paper, or given in the app: {row of the question: answer or list of answers}."""
	record = frappe.get_doc("Mentoring Questionnaire Response", response, for_update=True)
	record.check_permission("write")
	answering.record(record, mapping_in(answers), answering.way_of(record))


@frappe.whitelist(methods=["POST"])
def new_questionnaire_version(questionnaire: str) -> str:
	"""A draft of the next version with the same questions; its name."""
	return versions.new_version(frappe.get_doc("Mentoring Questionnaire", questionnaire)).name


@frappe.whitelist(methods=["GET"])
def download_calendar(doctype: str, name: str) -> Response:
	"""The planned meetings of a Pair, or one Pair Meeting, as a calendar file (.ics)."""
	if doctype not in ("Pair", "Pair Meeting"):
		frappe.throw(_("{0} is not in the calendar.").format(_(doctype)), frappe.PermissionError)
	record = frappe.get_doc(doctype, name)
	record.check_permission("read")
	return sent(calendar_file.of_record(record), file_name(record.get_title(), "ics"))


@frappe.whitelist()
def next_meeting_kind(pair: str) -> str | None:
	"""Name of the kind of meeting that a pair has next."""
	frappe.get_doc("Pair", pair).check_permission("read")
	return meetings.suggest_kind(pair)


@frappe.whitelist(methods=["POST"])
def take_activities(meeting: str) -> None:
	"""Lists in a meeting what the pair's plan still has open."""
	record = frappe.get_doc("Pair Meeting", meeting)
	record.check_permission("write")
	record.save()


@frappe.whitelist()
def plan_templates_for(pair: str) -> list[dict[str, str]]:
	"""`name` and `title` of the templates of a plan, those that fit the pair best first."""
	frappe.get_doc("Pair", pair).check_permission("read")
	return plan_templates.templates_for(pair)


@frappe.whitelist(methods=["POST"])
def draw_up_plan(pair: str, template: str) -> str:
	"""Drafts a pair's plan from a template; its name."""
	frappe.get_doc("Pair", pair).check_permission("read")
	return plan_templates.draw_up(pair, template).name


@frappe.whitelist(methods=["POST"])
def fill_plan(plan: str, template: str) -> None:
	"""Fills what a draft of a plan lacks from a template."""
	record = frappe.get_doc("Individual Plan", plan)
	record.check_permission("write")
	plan_templates.fill(record, template)
	record.save()


@frappe.whitelist()
def competencies_to_assess(party_type: str, party: str) -> list[dict[str, str]]:
	"""`name` and `title` of what a person is assessed in: as the last time, or by needs and offers."""
	if party_type not in PEOPLE:
		frappe.throw(_("Only mentors and mentees are assessed."))
	frappe.has_permission("Competency Assessment", "create", throw=True)
	frappe.get_doc(party_type, party).check_permission("read")
	return assessments.competencies_of(party_type, party)


@frappe.whitelist(methods=["POST"])
def add_potential_mentors(event: str) -> dict[str, list[str]]:
	"""Takes those noted at an event into the bank of mentors: names of those `added`, and of those `known` there."""
	record = frappe.get_doc("Mentoring Event", event)
	record.check_permission("write")
	return potential_mentors.add_to_bank(record)


@frappe.whitelist(methods=["GET"])
def export_roster(organization: str, people: str) -> Response:
	"""The mentors or mentees (`Mentor`, `Mentee`) of an organization as a spreadsheet that a Roster Import reads back."""
	return sent(roster_files.export(organization, people), file_name(_(people), "xlsx"))


@frappe.whitelist(methods=["GET"])
def roster_template(people: str) -> Response:
	"""An empty list of people with the headings and one invented person."""
	return sent(roster_files.template(people), file_name(_(people), "xlsx"))


@frappe.whitelist(methods=["POST"])
def assemble_swot(review: str) -> int:
	"""Fills the empty fields of a review's SWOT analysis from the answers; how many were looked at."""
	record = frappe.get_doc("Program Review", review)
	record.check_permission("write")
	return program_review.assemble_swot(record)


@frappe.whitelist(methods=["POST"])
def divide_into_years(program: str) -> int:
	"""Adds a row for each year of a programme of several years; how many."""
	record = frappe.get_doc("Mentoring Program", program)
	record.check_permission("write")
	added = years.divide(record)
	record.save()
	return added


@frappe.whitelist(methods=["POST"])
def make_next_roadmap(program: str) -> str:
	"""Drafts the next year's programme with its roadmap; name of the Roadmap Import to look through."""
	record = frappe.get_doc("Mentoring Program", program)
	record.check_permission("write")
	return next_year.make(record).name


@frappe.whitelist(methods=["POST"])
def measure_now(program: str) -> int:
	"""Measures the open tasks of a programme from the records; how many."""
	frappe.get_doc("Mentoring Program", program).check_permission("write")
	return measures.measure_program(program)


@frappe.whitelist(methods=["POST"])
def measure_task(task: str) -> None:
	"""Measures one open task from the records."""
	record = frappe.get_doc("Roadmap Task", task)
	record.check_permission("write")
	measures.measure_program(record.program, record.name)


@frappe.whitelist()
def standing_of_task(task: str) -> str | None:
	"""What the records say of a task, and whether its threshold is reached."""
	record = frappe.get_doc("Roadmap Task", task)
	record.check_permission("read")
	return measures.standing_of(record)


@frappe.whitelist()
def digest_frequency() -> str:
	"""How often the caller gets the message with what is theirs to do: Daily, Weekly or Never."""
	return digests.frequency_of(frappe.session.user)


@frappe.whitelist(methods=["POST"])
def set_digest_frequency(frequency: str) -> None:
	"""Chooses it for the caller."""
	digests.set_frequency(frappe.session.user, frequency)


@frappe.whitelist(methods=["POST"])
def send_reports_again(mailing: str) -> None:
	"""Sends a mailing of reports once more, to nobody but its reader."""
	record = frappe.get_doc("Mentoring Report Mailing", mailing, for_update=True)
	record.check_permission("read")
	sending.send_again(record)


@frappe.whitelist(allow_guest=True, methods=["GET"])
@rate_limit(limit=60, seconds=3600)
def unsubscribe(user: str, key: str) -> Response:
	"""The page behind the link of the message: it asks first."""
	return digests.unsubscribe_page(user, key, confirmed=False)


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=60, seconds=3600)
def end_digest(user: str, key: str) -> Response:
	"""What the button of that page does: the message comes no more."""
	return digests.unsubscribe_page(user, key, confirmed=True)


@frappe.whitelist(methods=["POST"])
def propose_pairs(name: str) -> dict[str, int]:
	"""Matches the people of a Pair Matching anew; {"proposals", "unmatched"}: how many pairs, and mentees without."""
	return matching.propose(name)


@frappe.whitelist()
def alternatives_for(name: str, mentee: str, count: int = 5) -> list[dict]:
	"""Mentors for a mentee of a Pair Matching, the best first: {mentor, mentor_name, score, free, reason}."""
	return matching.alternatives(name, mentee, cint(count))


@frappe.whitelist(methods=["POST"])
def create_pairs(name: str) -> int:
	"""Draft pairs of the proposals of a Pair Matching that have none yet; how many."""
	return matching.create_pairs(name)


@frappe.whitelist(methods=["POST"])
def create_search_task(name: str) -> int:
	"""A task to go on searching for those whom a Pair Matching left without a pair; how many mentees it takes up."""
	return matching.create_search_task(name)


def _readable_order(name: str) -> Document:
	order = frappe.get_doc("Mentoring Order", name)
	order.check_permission("read")
	return order
