"""The statements that say the same as the reports of an authority and those of the indicators."""

from __future__ import annotations

from typing import Any

from frappe.utils import getdate

from benchmarks.authority_fill import DOCUMENTS, FROZEN_IN, YEARS, authority
from nastavnik_app.rules.cohorts import birth_dates

INDICATOR, AGES = "federal-mentees-10-19", (10, 19)


def everything(program: str, organization: str) -> list[tuple[str, str, tuple, dict[str, Any]]]:
	"""Report, statement, its values and the report's filters."""
	above, today = authority(), getdate()
	period, before = YEARS[2026], YEARS[2025]
	asked = {"authority": above, "period_start": period[0], "period_end": period[1]}
	years = ((above, *period), (above, *before))
	born = birth_dates(today, *AGES)
	return [
		(
			"Consolidated Return",
			CONSOLIDATED,
			(*years[0], *years[1]) * 2,
			asked,
		),
		("Indicators Against Targets", AGAINST_TARGETS, (), {}),
		("Indicators Over the Years", OVER_THE_YEARS, FROZEN_IN, {}),
		("Municipal Roadmap", MUNICIPAL_ROADMAP, (today, above), {"authority": above}),
		("Returns Received", RETURNS_RECEIVED, years[0] * 3, asked),
		("School Comparison", SCHOOL_COMPARISON, years[0], asked),
		("Website Marks", WEBSITE_MARKS, DOCUMENTS, {}),
		(
			"Who Was Counted",
			WHO_WAS_COUNTED,
			(*born, today, today, program, organization, organization, *born),
			{"program": program, "indicator": INDICATOR},
		),
	]


_SENT = """`tabProgram Return` r {0} WHERE r.authority = %s AND r.period_start = %s AND r.period_end = %s
	AND r.workflow_state IN ('Sent', 'Accepted')"""
_CELLS = _SENT.format("JOIN `tabProgram Return Cell` c ON c.parent = r.name")
_SUMS = f"""SELECT c.measure, c.form, c.target_group, SUM(CASE WHEN c.withheld = 0 THEN c.value END) AS value,
	SUM(1 - c.withheld) AS schools, SUM(c.withheld) AS withheld FROM {_CELLS}
	GROUP BY c.measure, c.form, c.target_group"""
_TITLED = """(SELECT measure.code, MAX(measure.title) AS title FROM `tabProgram Return Measure` measure
	GROUP BY measure.code)"""
_SHARES = _SENT.format(
	"""JOIN `tabProgram Return Indicator` i ON i.parent = r.name
	JOIN `tabProgram Return Cell` n ON n.parent = r.name AND n.measure = i.numerator AND n.form = ''
		AND n.target_group = ''
	LEFT JOIN `tabProgram Return Cell` d ON d.parent = r.name AND d.measure = i.denominator AND d.form = ''
		AND d.target_group = ''"""
)
_SHARE = f"""SELECT i.code, MAX(i.title) AS title, MAX(i.unit) AS unit, MAX(i.denominator) AS denominator,
	SUM(CASE WHEN n.withheld = 0 AND COALESCE(d.withheld, 0) = 0 THEN n.value END) AS part,
	SUM(CASE WHEN n.withheld = 0 AND d.withheld = 0 THEN d.value END) AS whole,
	SUM(CASE WHEN n.withheld = 0 AND COALESCE(d.withheld, 0) = 0 THEN 1 ELSE 0 END) AS schools,
	SUM(CASE WHEN n.withheld = 0 AND COALESCE(d.withheld, 0) = 0 THEN 0 ELSE 1 END) AS withheld
	FROM {_SHARES} GROUP BY i.code"""

CONSOLIDATED = f"""
SELECT 'Indicators' AS part, t.title, '' AS form, '' AS target_group, t.unit, 100.0 * t.part / t.whole AS percent, t.part AS value,
	t.whole, t.schools, t.withheld, b.part AS last, b.whole AS last_whole
FROM ({_SHARE}) t LEFT JOIN ({_SHARE}) b ON b.code = t.code
UNION ALL
SELECT 'Counts', m.title, f.title, g.title, '', NULL, t.value, NULL, t.schools, t.withheld, b.value, NULL
FROM ({_SUMS}) t JOIN {_TITLED} m ON m.code = t.measure
LEFT JOIN ({_SUMS}) b ON b.measure = t.measure AND b.form = t.form AND b.target_group = t.target_group
LEFT JOIN `tabMentoring Form` f ON f.name = t.form LEFT JOIN `tabMentoring Target Group` g ON g.name = t.target_group
"""

AGAINST_TARGETS = """
SELECT i.indicator_set, i.number, v.title, v.value, v.unit, v.numerator, v.denominator, v.way, v.base_value, v.target,
	v.has_target, v.target_year, v.op, v.tolerance, v.standing, v.way_gone, v.on_date, v.problem,
	CASE WHEN b.definition = v.definition THEN v.value - b.value END AS change_since
FROM `tabMentoring Indicator Value` v JOIN `tabMentoring Indicator` i ON i.name = v.indicator
JOIN `tabMentoring Program` g ON g.name = v.program LEFT JOIN (
	SELECT program, indicator, year, value, definition FROM `tabMentoring Indicator Value`
	WHERE frozen = 1 AND has_value = 1
	UNION ALL
	SELECT g.name, v.indicator, v.year, v.value, v.definition FROM `tabMentoring Indicator Value` v
	JOIN `tabMentoring Program` g ON g.continues = v.program WHERE v.frozen = 1 AND v.has_value = 1
) b ON b.program = v.program AND b.indicator = v.indicator AND b.year = v.year - 1
WHERE v.frozen = 0 ORDER BY i.indicator_set, i.number, v.title
"""

# the last value frozen in each year, of a programme and those that it continues, beside the year before that has one
_YEARS = ", ".join(
	f"MAX(CASE WHEN w.year = %s AND w.has_value = 1 THEN w.value END) AS of_{year}" for year in FROZEN_IN
)
_EXACT = "CASE WHEN {0}denominator > 0 THEN 100.0 * {0}numerator / {0}denominator ELSE {0}value END"
_BEFORE = "LAG({0}) OVER (PARTITION BY l.first, l.indicator, l.has_value ORDER BY l.year)"
OVER_THE_YEARS = f"""
SELECT * FROM (WITH RECURSIVE chain AS (
	SELECT name, name AS first FROM `tabMentoring Program` WHERE COALESCE(continues, '') = ''
	UNION ALL
	SELECT g.name, c.first FROM `tabMentoring Program` g JOIN chain c ON g.continues = c.name
), frozen AS (
	SELECT c.first, v.indicator, v.title, v.unit, v.year, v.has_value, v.value, v.numerator, v.denominator, v.op,
		v.definition, ROW_NUMBER() OVER (PARTITION BY c.first, v.indicator, v.year ORDER BY v.on_date DESC) AS place
	FROM `tabMentoring Indicator Value` v JOIN chain c ON c.name = v.program WHERE v.frozen = 1
), beside AS (
	SELECT l.*, {_EXACT.format("l.")} - {_BEFORE.format(_EXACT.format("l."))} AS change_since,
		l.definition = {_BEFORE.format("l.definition")} AS comparable,
		ROW_NUMBER() OVER (PARTITION BY l.first, l.indicator ORDER BY l.year DESC) AS back
	FROM frozen l WHERE l.place = 1
)
SELECT MAX(CASE WHEN w.back = 1 THEN w.title END) AS title, MAX(CASE WHEN w.back = 1 THEN w.unit END) AS unit, {_YEARS},
	ROUND(MAX(CASE WHEN w.back = 1 AND w.comparable = 1 THEN w.change_since END), 3) AS change_since,
	MAX(CASE WHEN w.back = 1 THEN w.comparable END) AS comparable,
	MAX(CASE WHEN w.back = 1 THEN SIGN(w.change_since) * CASE WHEN w.op IN ('>=', '>') THEN 1 ELSE -1 END END) AS better
FROM beside w GROUP BY w.first, w.indicator) s ORDER BY s.title
"""

MUNICIPAL_ROADMAP = """
SELECT t.name, t.title, t.section, t.due_date, COUNT(*) AS schools,
	SUM(CASE WHEN e.status = 'Waits for a Program' THEN 1 ELSE 0 END) AS waiting,
	SUM(CASE WHEN e.status = 'Done' THEN 1 ELSE 0 END) AS done,
	SUM(CASE WHEN e.completed_on <= t.due_date THEN 1 ELSE 0 END) AS in_time,
	SUM(CASE WHEN e.completed_on > t.due_date THEN 1 ELSE 0 END) AS late,
	SUM(CASE WHEN e.completed_on IS NULL AND t.due_date < %s AND e.status <> 'Cancelled' THEN 1 ELSE 0 END) AS overdue,
	SUM(CASE WHEN e.reached = 'Yes' THEN 1 ELSE 0 END) AS reached
FROM `tabRoadmap Task` t JOIN `tabRoadmap Task Executor` e ON e.parent = t.name
JOIN `tabEducational Organization` s ON s.name = e.organization
WHERE t.status <> 'Cancelled' AND t.organization = %s GROUP BY t.name, t.title, t.section, t.due_date
ORDER BY t.due_date, t.name
"""

_COUNTED = "SELECT c.parent, {1} FROM " + _SENT + " GROUP BY c.parent"
_WITHHELD = _COUNTED.format(
	"JOIN `tabProgram Return Cell` c ON c.parent = r.name", "SUM(c.withheld) AS withheld"
)
_ADVICE = _COUNTED.format(
	"JOIN `tabProgram Return Recommendation` c ON c.parent = r.name",
	"COUNT(*) AS advice, COUNT(c.answered_on) AS answered",
)
RETURNS_RECEIVED = f"""
SELECT s.title, r.name, r.workflow_state, q.due_date, COALESCE(r.sent_at, r.received_at) AS arrived, r.origin,
	c.withheld, a.advice, a.answered
FROM `tabProgram Return Request` q JOIN `tabProgram Return Request School` n ON n.parent = q.name
JOIN `tabEducational Organization` s ON s.name = n.school
LEFT JOIN `tabProgram Return` r ON r.organization = n.school AND r.authority = q.organization
	AND r.period_start = q.period_start AND r.period_end = q.period_end
	AND r.workflow_state IN ('Sent', 'Accepted', 'Sent Back')
LEFT JOIN ({_WITHHELD}) c ON c.parent = r.name LEFT JOIN ({_ADVICE}) a ON a.parent = r.name
WHERE q.organization = %s AND q.period_start = %s AND q.period_end = %s ORDER BY s.title
"""

# the median of ordered numbers is the mean of those whose doubled place is at most one from their number plus one
SCHOOL_COMPARISON = f"""
SELECT * FROM (WITH shown AS (
	SELECT i.code, i.title, i.unit, r.organization, n.value AS part, d.value AS whole,
		ROUND(100.0 * n.value / d.value, 1) AS value
	FROM {_SHARES} AND n.withheld = 0 AND d.withheld = 0 AND d.value > 0
), ranked AS (
	SELECT code, value, ROW_NUMBER() OVER (PARTITION BY code ORDER BY value) AS place,
		COUNT(*) OVER (PARTITION BY code) AS number FROM shown
), middle AS (
	SELECT code, AVG(value) AS median FROM ranked WHERE 2 * place BETWEEN number AND number + 2 GROUP BY code
), away AS (
	SELECT s.code, ABS(s.value - m.median) AS value,
		ROW_NUMBER() OVER (PARTITION BY s.code ORDER BY ABS(s.value - m.median)) AS place,
		COUNT(*) OVER (PARTITION BY s.code) AS number
	FROM shown s JOIN middle m ON m.code = s.code
), spread AS (
	SELECT code, AVG(value) AS spread FROM away WHERE 2 * place BETWEEN number AND number + 2 GROUP BY code
), together AS (
	SELECT code, ROUND(100.0 * SUM(part) / SUM(whole), 1) AS of_all FROM shown GROUP BY code
)
SELECT s.title, o.title AS school, s.value, s.unit, t.of_all, s.value - t.of_all AS deviation, m.median,
	0.6745 * ABS(s.value - m.median) > 3.5 * p.spread AS apart
FROM shown s JOIN middle m ON m.code = s.code JOIN spread p ON p.code = s.code JOIN together t ON t.code = s.code
LEFT JOIN `tabEducational Organization` o ON o.name = s.organization) compared ORDER BY title, school
"""

_MARKS = ", ".join("MAX(CASE WHEN k.document = %s THEN k.mark END)" for _document in DOCUMENTS)
WEBSITE_MARKS = f"""
SELECT s.title, 100.0 * SUM(CASE WHEN k.mark = 'On the Site' THEN 1 ELSE 0 END) / COUNT(*) AS share, {_MARKS}
FROM `tabWebsite Check Mark` k LEFT JOIN `tabEducational Organization` s ON s.name = k.school
WHERE k.parent = (SELECT name FROM `tabWebsite Check` ORDER BY checked_on DESC, creation DESC LIMIT 1)
GROUP BY k.school, s.title ORDER BY s.title
"""

_OF_AGE = """m.target_group IN ('pupils-under-10', 'pupils-10-14', 'pupils-15-19', 'college-students')
	AND m.birth_date >= %s AND m.birth_date <= %s"""
WHO_WAS_COUNTED = f"""
SELECT m.name, m.full_name, g.title, COALESCE(m.position, m.school_class) AS place, p.since,
	CASE WHEN {_OF_AGE} THEN p.mentee IS NOT NULL ELSE 0 END AS is_counted, COUNT(p.mentee) OVER () AS counted,
	COUNT(*) OVER () AS everybody
FROM `tabMentee` m LEFT JOIN `tabMentoring Target Group` g ON g.name = m.target_group LEFT JOIN (
	SELECT r.mentee, MIN(p.start_date) AS since FROM `tabPair` p JOIN `tabPair Mentee` r ON r.parent = p.name
	WHERE p.workflow_state IN ('Assigned', 'Completed', 'Terminated') AND p.start_date <= %s
		AND (p.workflow_state = 'Completed' OR p.ended_on > %s
			OR (p.ended_on IS NULL AND p.workflow_state <> 'Terminated'))
		AND (p.program = %s OR p.mentor_organization = %s)
	GROUP BY r.mentee
) p ON p.mentee = m.name
WHERE m.organization = %s AND (p.mentee IS NOT NULL OR ({_OF_AGE})) ORDER BY m.full_name
"""
