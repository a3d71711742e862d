"""What somebody who knows the tables would write instead of each report: one statement with the same rows.

The dialect is what MariaDB and SQLite have in common. `%s` stands for the values beside the statement.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.utils import getdate

from benchmarks import authority_sql
from benchmarks.reports_fill import QUESTIONNAIRE
from nastavnik_app.rules.growth import BEFORE_THE_END, quarter_of
from nastavnik_app.rules.school_year import calendar_quarter


@dataclass(frozen=True)
class Asked:
	"""A report, what it is asked for, and the statement that says the same."""

	report: str
	statement: str
	values: tuple = ()
	filters: dict[str, Any] = field(default_factory=dict)


def everything() -> list[Asked]:
	"""Over all schools; what is about one programme is asked of the large school's."""
	program, organization = frappe.get_all(
		"Mentoring Program", fields=["name", "organization"], order_by="title asc", limit=1, as_list=True
	)[0]
	today = getdate()
	since = today.replace(month=9, day=1, year=today.year - (today.month < 9))
	soon, quarter = today + BEFORE_THE_END, calendar_quarter(*quarter_of(today))
	cohort = _cohort()
	return [
		Asked("Accessibility Measures", ACCESSIBILITY_MEASURES),
		Asked("Assessments Due", ASSESSMENTS_DUE, (soon, *quarter, soon) * 2),
		Asked("Competency Growth", COMPETENCY_GROWTH, (program,), {"program": program}),
		Asked("Consent Coverage", CONSENT_COVERAGE, (today, today, today) * 2),
		Asked("Content Plan", CONTENT_PLAN),
		Asked(
			"Entry and Exit by Cohort",
			ENTRY_AND_EXIT,
			(program, program, organization),
			{"program": program, "cohort": cohort},
		),
		Asked("Event Coverage", EVENT_COVERAGE),
		Asked("Mentee Bank", MENTEE_BANK, (organization, program, organization), {"program": program}),
		Asked("Mentor Bank", MENTOR_BANK, (organization, program, organization), {"program": program}),
		Asked("Order Register", ORDER_REGISTER),
		Asked("Pair Register", PAIR_REGISTER),
		Asked("Pairs With Other Schools", PAIRS_WITH_OTHER_SCHOOLS),
		Asked("Pairs Without Meetings", PAIRS_WITHOUT_MEETINGS, (today, today), {"days": 1}),
		Asked("Personal Register", PERSONAL_REGISTER, (since, today, today, today, today) * 2),
		Asked("Plan Progress", PLAN_PROGRESS, (today,)),
		Asked("Potential Mentors", POTENTIAL_MENTORS),
		Asked(
			"Questionnaire Analysis",
			QUESTIONNAIRE_ANALYSIS,
			(QUESTIONNAIRE, QUESTIONNAIRE),
			{"questionnaire": QUESTIONNAIRE},
		),
		Asked("Requests and Resources", REQUESTS_AND_RESOURCES),
		Asked("Roadmap Fulfilment", ROADMAP_FULFILMENT),
		Asked("Satisfaction", SATISFACTION),
		Asked("Support Registers", SUPPORT_REGISTERS),
		Asked("Trained Mentors", TRAINED_MENTORS),
		Asked("Unmatched People", UNMATCHED_PEOPLE),
		*(Asked(*one) for one in authority_sql.everything(program, organization)),
	]


def _cohort() -> str:
	title = "Вымышленная когорта"
	found = frappe.db.get_value("Mentoring Cohort", {"title": title}, "name")
	groups = [{"target_group": "pupils-10-14"}]
	return (
		found
		or frappe.get_doc({"doctype": "Mentoring Cohort", "title": title, "groups": groups}).insert().name
	)


ACCESSIBILITY_MEASURES = """
SELECT m.measure, p.mentee_name, p.disability, p.hard_life, p.orphan, p.underachieving, p.gifted, p.low_income,
	p.rural, m.specialist, m.due_date, m.result
FROM `tabSupport Measure` m JOIN `tabMentee Support Profile` p ON p.name = m.parent
WHERE m.accessibility = 1 ORDER BY m.due_date, m.idx
"""

_DUE = """
SELECT m.full_name, '{0}' AS part, MAX(a.last_on) AS last_on,
	CASE WHEN MAX(a.entry_on) IS NULL THEN 'Entry'
		WHEN MAX(COALESCE(p.ended_on, p.end_date, g.period_end)) <= %s THEN 'Exit' ELSE 'Quarterly' END AS due
FROM `tabPair` p {1} JOIN `tabMentoring Program` g ON g.name = p.program LEFT JOIN (
	SELECT party, program, MAX(assessed_on) AS last_on, MAX(CASE WHEN kind = 'Entry' THEN assessed_on END) AS entry_on,
		MAX(CASE WHEN kind = 'Exit' THEN assessed_on END) AS exit_on,
		MAX(CASE WHEN assessed_on BETWEEN %s AND %s THEN assessed_on END) AS this_quarter_on
	FROM `tabCompetency Assessment` WHERE party_type = '{0}' GROUP BY party, program
) a ON a.party = m.name AND a.program = p.program
WHERE p.workflow_state IN ('Assigned', 'Completed') AND g.workflow_state = 'Running'
GROUP BY m.name, m.full_name, p.program
HAVING MAX(a.exit_on) IS NULL AND (MAX(a.entry_on) IS NULL OR MAX(a.this_quarter_on) IS NULL
	OR MAX(COALESCE(p.ended_on, p.end_date, g.period_end)) <= %s)
"""
_OF_PAIR = "JOIN `tabPair Mentee` r ON r.parent = p.name JOIN `tabMentee` m ON m.name = r.mentee"
ASSESSMENTS_DUE = (
	f"{_DUE.format('Mentor', 'JOIN `tabMentor` m ON m.name = p.mentor')} UNION ALL "
	f"{_DUE.format('Mentee', _OF_PAIR)} ORDER BY full_name"
)

COMPETENCY_GROWTH = """
SELECT a.person_name, a.party_type, c.title, MAX(CASE WHEN a.kind = 'Entry' THEN s.score END) AS entry,
	MAX(CASE WHEN a.kind = 'Exit' THEN s.score END) AS last
FROM `tabCompetency Assessment` a JOIN `tabCompetency Score` s ON s.parent = a.name
JOIN `tabMentoring Competency` c ON c.name = s.competency
WHERE a.program = %s GROUP BY a.party_type, a.party, a.person_name, c.title ORDER BY a.person_name
"""

_HOLDS = """SELECT DISTINCT party FROM `tabConsent`
	WHERE party_type = '{0}' AND kind = 'Personal Data Processing' AND docstatus = 1 AND signed_on <= %s
		AND (valid_until IS NULL OR valid_until >= %s) AND (withdrawn_on IS NULL OR withdrawn_on > %s)"""

_COVERED = """
SELECT m.name, m.full_name, g.title, m.school_class, m.legal_basis, c.party AS covered FROM `tab{0}` m
LEFT JOIN `tabMentoring Target Group` g ON g.name = m.target_group LEFT JOIN ({1}) c ON c.party = m.name
WHERE m.workflow_state <> 'Archived'
"""
CONSENT_COVERAGE = (
	f"{_COVERED.format('Mentor', _HOLDS.format('Mentor'))} UNION ALL "
	f"{_COVERED.format('Mentee', _HOLDS.format('Mentee'))} ORDER BY full_name"
)

CONTENT_PLAN = """
SELECT d.month, d.rubric, k.title, SUM(d.planned) AS planned, SUM(d.published) AS published FROM (
	SELECT SUBSTR(planned_on, 1, 7) AS month, rubric, kind, 1 AS planned, 0 AS published
	FROM `tabMentoring Publication` WHERE planned_on IS NOT NULL
	UNION ALL
	SELECT SUBSTR(published_on, 1, 7), rubric, kind, 0, 1 FROM `tabMentoring Publication`
	WHERE published_on IS NOT NULL AND status <> 'Planned'
) d LEFT JOIN `tabMentoring Kind` k ON k.name = d.kind
GROUP BY d.month, d.rubric, k.title ORDER BY d.month, d.rubric, k.title
"""

ENTRY_AND_EXIT = """
SELECT m.full_name, m.position, m.school_class, m.birth_date, m.hired_on, m.years_of_service, p.mentors, p.start_date,
	p.end_date, p.fulfilment, p.results, a.entry_on, a.exit_on, a.entry, a.last
FROM `tabMentee` m LEFT JOIN (
	SELECT r.mentee, GROUP_CONCAT(p.mentor_name) AS mentors, MIN(p.start_date) AS start_date,
		MAX(COALESCE(p.ended_on, p.end_date)) AS end_date, MAX(i.fulfilment) AS fulfilment,
		GROUP_CONCAT(p.results) AS results
	FROM `tabPair` p JOIN `tabPair Mentee` r ON r.parent = p.name
	LEFT JOIN `tabIndividual Plan` i ON i.pair = p.name AND i.workflow_state = 'Approved'
	WHERE p.program = %s AND p.workflow_state IN ('Assigned', 'Completed', 'Terminated') GROUP BY r.mentee
) p ON p.mentee = m.name LEFT JOIN (
	SELECT party, MIN(entry_on) AS entry_on, MAX(exit_on) AS exit_on, AVG(entry) AS entry, AVG(last) AS last FROM (
		SELECT a.party, s.competency, MAX(CASE WHEN a.kind = 'Entry' THEN a.assessed_on END) AS entry_on,
			MAX(CASE WHEN a.kind = 'Exit' THEN a.assessed_on END) AS exit_on,
			MAX(CASE WHEN a.kind = 'Entry' THEN s.score END) AS entry,
			MAX(CASE WHEN a.kind = 'Exit' THEN s.score END) AS last
		FROM `tabCompetency Assessment` a JOIN `tabCompetency Score` s ON s.parent = a.name
		WHERE a.program = %s AND a.party_type = 'Mentee' GROUP BY a.party, s.competency
	) each_one GROUP BY party
) a ON a.party = m.name
WHERE m.organization = %s AND m.target_group = 'pupils-10-14' AND m.workflow_state <> 'Archived'
ORDER BY m.full_name
"""

EVENT_COVERAGE = """
SELECT e.held_on, e.title, k.title AS kind, e.status, g.title AS target_group, e.invited_count, e.present_count,
	h.headcount, e.share_covered, p.mentors, p.mentees
FROM `tabMentoring Event` e LEFT JOIN `tabMentoring Kind` k ON k.name = e.kind
LEFT JOIN `tabMentoring Target Group` g ON g.name = e.target_group
LEFT JOIN `tabMentoring Headcount` h ON h.parent = e.organization AND h.target_group = e.target_group
LEFT JOIN (
	SELECT r.parent, COUNT(m.name) AS mentors, COUNT(n.name) AS mentees FROM `tabMentoring Event Participant` r
	LEFT JOIN `tabMentor` m ON m.name = r.party AND m.target_group IN ('teachers', 'young-specialists')
	LEFT JOIN `tabMentee` n ON n.name = r.party AND n.target_group IN ('pupils-10-14', 'pupils-15-19')
	WHERE r.absent = 0 GROUP BY r.parent
) p ON p.parent = e.name
ORDER BY e.held_on, e.title
"""

MENTEE_BANK = """
SELECT m.full_name, m.phone, m.email, r.names, r.phones, m.birth_date, m.main_request, n.needs, m.joined_on,
	p.mentor_name, f.title AS form, o.workplace, o.position, p.ended_on, p.end_date, p.results, p.end_reason, p.case_url,
	i.fulfilment, p.workflow_state
FROM `tabMentee` m LEFT JOIN (
	SELECT parent, GROUP_CONCAT(full_name) AS names, GROUP_CONCAT(phone) AS phones
	FROM `tabMentee Representative` GROUP BY parent
) r ON r.parent = m.name LEFT JOIN (
	SELECT n.parent, GROUP_CONCAT(c.title) AS needs
	FROM `tabMentee Need` n JOIN `tabMentoring Competency` c ON c.name = n.competency
	JOIN `tabMentee` m ON m.name = n.parent WHERE m.organization = %s GROUP BY n.parent
) n ON n.parent = m.name
LEFT JOIN (
	SELECT r.mentee, p.* FROM `tabPair Mentee` r JOIN `tabPair` p ON p.name = r.parent
	WHERE p.program = %s AND p.workflow_state IN ('Assigned', 'Completed', 'Terminated')
) p ON p.mentee = m.name
LEFT JOIN `tabMentoring Form` f ON f.name = p.form LEFT JOIN `tabMentor` o ON o.name = p.mentor
LEFT JOIN (
	SELECT pair, MAX(fulfilment) AS fulfilment FROM `tabIndividual Plan`
	WHERE workflow_state IN ('Approved', 'Completed', 'Closed Incomplete') GROUP BY pair
) i ON i.pair = p.name
WHERE m.organization = %s AND (m.workflow_state <> 'Archived' OR p.name IS NOT NULL)
ORDER BY m.full_name, m.name
"""

MENTOR_BANK = """
SELECT m.full_name, m.phone, m.email, m.workplace, m.position, m.school_class, m.achievements, m.interests,
	m.wished_age, m.available_time, m.joined_on, c.competencies, p.mentees, p.positions, p.classes, p.forms, p.ends,
	p.results, p.end_reasons, p.cases, p.fulfilment
FROM `tabMentor` m LEFT JOIN (
	SELECT n.parent, GROUP_CONCAT(c.title) AS competencies
	FROM `tabMentor Competency` n JOIN `tabMentoring Competency` c ON c.name = n.competency
	JOIN `tabMentor` m ON m.name = n.parent WHERE m.organization = %s GROUP BY n.parent
) c ON c.parent = m.name LEFT JOIN (
	SELECT p.mentor, GROUP_CONCAT(r.mentee_name) AS mentees, GROUP_CONCAT(n.position) AS positions,
		GROUP_CONCAT(n.school_class) AS classes, GROUP_CONCAT(f.title) AS forms,
		GROUP_CONCAT(COALESCE(p.ended_on, p.end_date)) AS ends, GROUP_CONCAT(p.results) AS results,
		GROUP_CONCAT(p.end_reason) AS end_reasons, GROUP_CONCAT(p.case_url) AS cases, MAX(i.fulfilment) AS fulfilment
	FROM `tabPair` p JOIN `tabPair Mentee` r ON r.parent = p.name LEFT JOIN `tabMentee` n ON n.name = r.mentee
	LEFT JOIN `tabMentoring Form` f ON f.name = p.form LEFT JOIN `tabIndividual Plan` i ON i.pair = p.name
		AND i.workflow_state IN ('Approved', 'Completed', 'Closed Incomplete')
	WHERE p.program = %s AND p.workflow_state IN ('Assigned', 'Completed', 'Terminated') GROUP BY p.mentor
) p ON p.mentor = m.name
WHERE m.organization = %s AND (m.workflow_state <> 'Archived' OR p.mentor IS NOT NULL) ORDER BY m.full_name, m.name
"""

ORDER_REGISTER = """
SELECT o.name, o.order_number, o.order_date, t.title, o.heading, o.effect, o.workflow_state, o.signatory_name,
	o.signed_on_paper, a.readers, a.read_by
FROM `tabMentoring Order` o LEFT JOIN `tabMentoring Order Type` t ON t.name = o.order_type LEFT JOIN (
	SELECT parent, COUNT(*) AS readers, COUNT(acknowledged_on) AS read_by
	FROM `tabMentoring Order Acknowledgement` GROUP BY parent
) a ON a.parent = o.name
ORDER BY o.order_date DESC, o.creation DESC
"""

_MET = """SELECT pair, COUNT(*) AS held, MAX(meeting_date) AS last_on FROM `tabPair Meeting`
	WHERE status = 'Held' GROUP BY pair"""

PAIR_REGISTER = f"""
SELECT p.name, p.title, f.title AS form, p.role_model, p.mentor_name, r.mentees, p.start_date, p.end_date, p.ended_on,
	p.workflow_state, o.order_number, i.fulfilment, m.held, m.last_on
FROM `tabPair` p LEFT JOIN `tabMentoring Form` f ON f.name = p.form
LEFT JOIN `tabMentoring Order` o ON o.name = p.`order`
LEFT JOIN (SELECT parent, GROUP_CONCAT(mentee_name) AS mentees FROM `tabPair Mentee` GROUP BY parent) r
	ON r.parent = p.name
LEFT JOIN (
	SELECT pair, MAX(fulfilment) AS fulfilment FROM `tabIndividual Plan`
	WHERE workflow_state IN ('Approved', 'Completed', 'Closed Incomplete') GROUP BY pair
) i ON i.pair = p.name LEFT JOIN ({_MET}) m ON m.pair = p.name
ORDER BY p.start_date DESC, p.title
"""

PAIRS_WITH_OTHER_SCHOOLS = """
SELECT p.name, p.title, a.title AS mentees_school, b.title AS mentors_school, p.mentor_name, p.workflow_state,
	p.`order`, p.mentor_order
FROM `tabPair` p LEFT JOIN `tabEducational Organization` a ON a.name = p.organization
LEFT JOIN `tabEducational Organization` b ON b.name = p.mentor_organization
WHERE p.mentor_organization <> '' AND p.mentor_organization <> p.organization ORDER BY p.start_date DESC, p.title
"""

PAIRS_WITHOUT_MEETINGS = f"""
SELECT p.name, p.title, p.mentor_name, g.title AS program, p.start_date, m.last_on, n.next_on
FROM `tabPair` p JOIN `tabMentoring Program` g ON g.name = p.program LEFT JOIN ({_MET}) m ON m.pair = p.name
LEFT JOIN (
	SELECT pair, MIN(meeting_date) AS next_on FROM `tabPair Meeting` WHERE status = 'Planned' GROUP BY pair
) n ON n.pair = p.name
WHERE p.workflow_state = 'Assigned' AND p.start_date < %s AND (m.last_on IS NULL OR m.last_on < %s)
ORDER BY m.last_on, p.title
"""

_REGISTERED = """
SELECT m.name, m.full_name, g.title, m.position, m.school_class, m.birth_date, m.joined_on, m.left_on, p.forms,
	p.partners, p.states, c.party AS covered
FROM `tab{0}` m LEFT JOIN `tabMentoring Target Group` g ON g.name = m.target_group LEFT JOIN (
	SELECT {1} AS person, GROUP_CONCAT({2}) AS partners, GROUP_CONCAT(f.title) AS forms,
		GROUP_CONCAT(p.workflow_state) AS states
	FROM `tabPair` p JOIN `tabPair Mentee` r ON r.parent = p.name LEFT JOIN `tabMentoring Form` f ON f.name = p.form
	WHERE p.workflow_state IN ('Assigned', 'Completed', 'Terminated') AND (p.ended_on IS NULL OR p.ended_on >= %s)
		AND p.start_date <= %s
	GROUP BY {1}
) p ON p.person = m.name LEFT JOIN ({3}) c ON c.party = m.name WHERE m.workflow_state <> 'Archived'
"""
PERSONAL_REGISTER = (
	f"{_REGISTERED.format('Mentor', 'p.mentor', 'r.mentee_name', _HOLDS.format('Mentor'))} UNION ALL "
	f"{_REGISTERED.format('Mentee', 'r.mentee', 'p.mentor_name', _HOLDS.format('Mentee'))} ORDER BY full_name"
)

PLAN_PROGRESS = """
SELECT i.name, p.title, i.start_date, i.end_date, i.workflow_state, i.fulfilment, a.activities, a.done, a.overdue
FROM `tabIndividual Plan` i JOIN `tabPair` p ON p.name = i.pair LEFT JOIN (
	SELECT parent, COUNT(*) AS activities, COUNT(done_on) AS done,
		SUM(CASE WHEN done_on IS NULL AND due_date < %s THEN 1 ELSE 0 END) AS overdue
	FROM `tabPlan Activity` GROUP BY parent
) a ON a.parent = i.name
ORDER BY i.fulfilment, p.title
"""

POTENTIAL_MENTORS = """
SELECT r.person_name, r.post, e.title, k.title AS kind, e.held_on, m.workflow_state
FROM `tabMentoring Event Participant` r JOIN `tabMentoring Event` e ON e.name = r.parent
LEFT JOIN `tabMentoring Kind` k ON k.name = e.kind
LEFT JOIN `tabMentor` m ON m.name = r.party AND r.party_type = 'Mentor'
WHERE r.potential_mentor = 1 ORDER BY e.held_on, e.title, r.idx
"""

QUESTIONNAIRE_ANALYSIS = """
SELECT q.question, q.answer_kind, SUM(a.answers) AS number, SUM(a.total) AS total, GROUP_CONCAT(a.answer) AS said,
	GROUP_CONCAT(a.answers) AS times
FROM `tabQuestionnaire Question` q LEFT JOIN (
	SELECT a.question_row, a.answer, COUNT(*) AS answers, SUM(a.number) AS total FROM `tabQuestionnaire Answer` a
	JOIN `tabMentoring Questionnaire Response` r ON r.name = a.parent
	WHERE r.questionnaire = %s AND r.status = 'Answered' GROUP BY a.question_row, a.answer
) a ON a.question_row = q.name
WHERE q.parent = %s GROUP BY q.name, q.idx, q.question, q.answer_kind ORDER BY q.idx
"""

REQUESTS_AND_RESOURCES = """
SELECT c.title, a.asked, o.offered, o.places FROM `tabMentoring Competency` c LEFT JOIN (
	SELECT n.competency, COUNT(DISTINCT n.parent) AS asked FROM `tabMentee Need` n
	JOIN `tabMentee` m ON m.name = n.parent WHERE m.workflow_state <> 'Archived' GROUP BY n.competency
) a ON a.competency = c.name LEFT JOIN (
	SELECT n.competency, COUNT(*) AS offered,
		SUM(CASE WHEN m.capacity > COALESCE(t.taken, 0) THEN m.capacity - COALESCE(t.taken, 0) ELSE 0 END) AS places
	FROM `tabMentor Competency` n JOIN `tabMentor` m ON m.name = n.parent LEFT JOIN (
		SELECT p.mentor, COUNT(*) AS taken FROM `tabPair` p JOIN `tabPair Mentee` r ON r.parent = p.name
		WHERE p.workflow_state IN ('Draft', 'Assigned by One School', 'Assigned') GROUP BY p.mentor
	) t ON t.mentor = m.name
	WHERE m.workflow_state <> 'Archived' GROUP BY n.competency
) o ON o.competency = c.name
WHERE a.asked > 0 OR o.offered > 0 ORDER BY c.title
"""

ROADMAP_FULFILMENT = """
SELECT name, title, section, due_date, responsible, status, completed_on, threshold_op, threshold_value, threshold_unit,
	actual_value, measured_on
FROM `tabRoadmap Task` WHERE status <> 'Cancelled' ORDER BY due_date, creation
"""

SATISFACTION = """
SELECT audience, COUNT(*) AS respondents,
	SUM(CASE WHEN words > 0 THEN (CASE WHEN least > 0 THEN 1 ELSE 0 END) WHEN mean >= 8 THEN 1 ELSE 0 END) AS satisfied
FROM (
	SELECT q.audience, r.program, COALESCE(r.party, r.person_name) AS person, r.source,
		COUNT(CASE WHEN a.answer_kind = 'Yes or No' THEN 1 END) AS words,
		MIN(CASE WHEN a.answer_kind = 'Yes or No' THEN a.number END) AS least,
		AVG(CASE WHEN a.answer_kind <> 'Yes or No' THEN a.number END) AS mean
	FROM `tabMentoring Questionnaire Response` r JOIN `tabMentoring Questionnaire` q ON q.name = r.questionnaire
	JOIN `tabQuestionnaire Answer` a ON a.parent = r.name
	WHERE r.status = 'Answered' AND a.used_for = 'Satisfaction'
	GROUP BY q.audience, r.program, COALESCE(r.party, r.person_name), r.source
) said GROUP BY audience
"""

SUPPORT_REGISTERS = """
SELECT s.mentee_name, e.register, e.kept_by, e.basis_kind, e.basis, e.entered_on, e.removed_on, e.removed_early,
	e.relapse, p.mentors
FROM `tabSupport Register Entry` e JOIN `tabMentee Support Profile` s ON s.name = e.parent LEFT JOIN (
	SELECT r.mentee, GROUP_CONCAT(p.mentor_name) AS mentors FROM `tabPair Mentee` r JOIN `tabPair` p ON p.name = r.parent
	WHERE p.workflow_state = 'Assigned' GROUP BY r.mentee
) p ON p.mentee = s.mentee
ORDER BY s.mentee_name, e.entered_on
"""

TRAINED_MENTORS = """
SELECT m.name, m.full_name, m.position, m.school_class, t.hours, t.trainings, t.titles
FROM `tabMentor` m LEFT JOIN (
	SELECT r.party, SUM(e.hours) AS hours, COUNT(*) AS trainings, GROUP_CONCAT(e.title) AS titles
	FROM `tabMentoring Event Participant` r JOIN `tabMentoring Event` e ON e.name = r.parent
	WHERE e.status = 'Held' AND e.hours > 0 AND r.party_type = 'Mentor' AND r.absent = 0 GROUP BY r.party
) t ON t.party = m.name
WHERE m.workflow_state = 'In Bank' OR t.party IS NOT NULL ORDER BY m.full_name, m.name
"""

_UNMATCHED = """
SELECT m.name, m.full_name, g.title, m.position, m.school_class, m.joined_on, {1} AS asked, l.reason
FROM `tab{0}` m LEFT JOIN `tabMentoring Target Group` g ON g.name = m.target_group LEFT JOIN (
	SELECT l.party, MAX(l.reason) AS reason FROM `tabPair Matching Leftover` l
	JOIN `tabPair Matching` t ON t.name = l.parent WHERE l.party_type = '{0}' GROUP BY l.party
) l ON l.party = m.name
WHERE m.workflow_state = 'In Bank' AND NOT EXISTS ({2})
"""
_OPEN = "p.workflow_state IN ('Draft', 'Assigned by One School', 'Assigned')"
UNMATCHED_PEOPLE = " UNION ALL ".join(
	(
		_UNMATCHED.format(
			"Mentee",
			"m.main_request",
			f"SELECT 1 FROM `tabPair Mentee` r JOIN `tabPair` p ON p.name = r.parent WHERE r.mentee = m.name AND {_OPEN}",
		),
		_UNMATCHED.format(
			"Mentor", "m.capacity", f"SELECT 1 FROM `tabPair` p WHERE p.mentor = m.name AND {_OPEN}"
		),
	)
)
UNMATCHED_PEOPLE += " ORDER BY full_name"
