"""A school whose year is full of traps, as plain data, and what a person counted in it by hand.

Who is where and since when stands in the rows; what is expected stands in HAND, counted with pencil and paper, never by
the code. `LEFT_OUT` names some who do not count, with the English reason.
"""

from __future__ import annotations

from datetime import date

YEAR_END, CHRISTMAS = date(2027, 5, 31), date(2026, 12, 31)

# target group → (day of entry, how many); of graduates nothing was ever entered, parents are none
HEADCOUNTS = {
	"pupils-under-10": [(date(2026, 9, 1), 4), (date(2027, 5, 31), 3)],
	"pupils-10-14": [(date(2026, 9, 1), 20), (date(2027, 5, 31), 21)],
	"pupils-15-19": [(date(2026, 9, 1), 14)],
	"teachers": [(date(2026, 9, 1), 5)],
	"young-specialists": [(date(2026, 9, 1), 2)],
	"parents": [(date(2026, 9, 1), 0)],
}

# name → target group, birth date; joined on 1 September 2026 unless said otherwise
MENTEES = {
	"once": {"group": "pupils-10-14", "born": date(2014, 10, 10)},  # in two pairs at once
	"left": {"group": "pupils-10-14", "born": date(2013, 7, 1)},  # the mentor left, nobody came instead
	"moved": {"group": "pupils-15-19", "born": date(2011, 1, 20), "class": 10},  # … and another mentor came
	"withdrawn": {"group": "pupils-15-19", "born": date(2011, 11, 11)},  # consent withdrawn on 1 March
	"ten": {"group": "pupils-under-10", "born": date(2017, 5, 31)},  # ten on the last day of the year
	"nine": {"group": "pupils-under-10", "born": date(2017, 6, 1)},  # ten a day later
	"twenty": {
		"group": "pupils-15-19",
		"born": date(2007, 5, 31),
	},  # twenty on that day, nineteen at Christmas
	"undated": {"group": "pupils-10-14", "born": None},
	"waiting": {"group": "pupils-10-14", "born": date(2012, 12, 12)},  # in the bank, no pair
	"candidate": {"group": "pupils-10-14", "born": date(2015, 8, 8), "candidate": True},
	"archived": {"group": "pupils-10-14", "born": date(2014, 9, 9), "left": date(2027, 1, 15)},
	"young": {"group": "young-specialists", "born": date(2001, 3, 3), "hired": date(2024, 6, 1)},
	"three": {"group": "young-specialists", "born": date(1999, 3, 3), "hired": date(2024, 5, 31)},
	"behind": {"group": "pupils-10-14", "born": date(2013, 3, 3), "class": 8},
	"registered": {"group": "pupils-15-19", "born": date(2012, 4, 4), "class": 9},
	"both": {"group": "pupils-15-19", "born": date(2010, 6, 6), "full_name": "Ольха Олеся"},
}
MENTORS = {
	"teacher": {"group": "teachers", "born": date(1986, 2, 2)},
	"idle": {"group": "teachers", "born": date(1980, 2, 2)},  # in the bank, no pair
	"gone": {"group": "teachers", "born": date(1979, 2, 2), "left": date(2027, 2, 10)},
	"pupil": {"group": "pupils-15-19", "born": date(2010, 2, 2)},
	"grown": {"group": "pupils-15-19", "born": date(2007, 5, 31), "joined": date(2027, 2, 1)},
	"both": {"group": "pupils-15-19", "born": date(2010, 6, 6), "full_name": "Ольха  Олеся"},
	"graduate": {"group": "graduates", "born": date(1998, 2, 2)},
	"partner": {"group": "partners", "born": date(1975, 2, 2), "partner": "factory"},
}
# mentor, mentees, start, end, state
PAIRS = [
	("teacher", ["once"], date(2026, 9, 15), None, "Assigned"),
	("pupil", ["once"], date(2026, 10, 1), None, "Assigned"),
	("gone", ["left"], date(2026, 9, 15), date(2027, 2, 10), "Terminated"),
	("gone", ["moved"], date(2026, 9, 15), date(2027, 2, 10), "Terminated"),
	("grown", ["moved"], date(2027, 2, 15), None, "Assigned"),
	("teacher", ["withdrawn"], date(2026, 9, 15), date(2027, 3, 1), "Terminated"),
	("pupil", ["ten", "nine"], date(2026, 10, 1), None, "Assigned"),
	("graduate", ["twenty"], date(2026, 9, 15), None, "Assigned"),
	("partner", ["undated"], date(2026, 11, 1), None, "Assigned"),
	("both", ["archived"], date(2026, 9, 15), date(2027, 1, 10), "Completed"),
	("teacher", ["young"], date(2026, 9, 15), None, "Assigned"),
	("teacher", ["three"], date(2026, 9, 15), None, "Assigned"),
	("teacher", ["behind"], date(2026, 9, 15), None, "Assigned"),
	("pupil", ["registered"], date(2026, 9, 15), None, "Assigned"),
	("teacher", ["registered"], date(2026, 9, 15), None, "Assigned"),
	("pupil", ["both"], date(2026, 9, 15), None, "Assigned"),
	("teacher", ["candidate"], date(2026, 9, 15), None, "Draft"),
]
# (register, name) → signed, valid until, withdrawn; everybody else signed on 1 September 2026, for good
CONSENTS = {
	("Mentee", "withdrawn"): (date(2026, 9, 1), None, date(2027, 3, 1)),
	("Mentee", "candidate"): None,
	("Mentor", "idle"): (date(2026, 9, 1), date(2027, 5, 30), None),  # ran out the day before
}
# mentor and first mentee of the pairs in which the mentor is a tutor; ten has no recommendation, nine a tutor besides
TUTORING = {("teacher", "behind"), ("gone", "left"), ("pupil", "ten")}
# ground → mentee, since, until (the day of removal is no longer on it)
GROUNDS = {
	"underachieving": [("behind", date(2026, 9, 1), None), ("moved", date(2026, 9, 1), None)],
	"registered": [("registered", date(2026, 10, 1), date(2027, 4, 1))],
	"commission": [(name, date(2026, 9, 1), None) for name in ("nine", "waiting", "behind", "left")],
}
TUTORED = {"nine"}  # by name
# partner → until; who gave a mentor is told by the mentors
PARTNERS = {"factory": None, "society": None, "former": date(2026, 12, 31)}
# who answered the last questionnaire, and whether satisfied; «left» answered before the mentor went
SATISFIED = {"once": True, "ten": False, "left": True}
# mean of the needs at the entry and at the exit
GROWTH = {"once": (4.0, 6.0), "moved": (5.0, 5.0), "both": (3.0, None), "left": (3.0, 7.0)}

# indicator → day → numerator, denominator, shown; no value where there is nothing to divide by
HAND = {
	# once, moved, ten, archived, behind, registered, both of 21 + 14
	"federal-mentees-10-19": {
		YEAR_END: (7, 35, 20.0),
		# once, left, moved, withdrawn, twenty, archived, behind, registered, both of 20 + 14
		CHRISTMAS: (9, 34, 26.4),
	},
	# pupil, both of 14; at the year's end grown is twenty
	"federal-mentors-15-19": {YEAR_END: (2, 14, 14.2), CHRISTMAS: (2, 14, 14.2)},
	# young of 2; three has served three years since 31 May 2027
	"federal-young-teachers": {YEAR_END: (1, 2, 50.0), CHRISTMAS: (2, 2, 100.0)},
	# pupil, grown, both of 3 + 21 + 14; grown came in February
	"school-pupil-mentors": {YEAR_END: (3, 38, 7.8), CHRISTMAS: (2, 38, 5.2)},
	# teacher, idle of 5 + 2; gone went in February
	"school-teacher-mentors": {YEAR_END: (2, 7, 28.5), CHRISTMAS: (3, 7, 42.8)},
	"parent-mentors": {YEAR_END: (0, 0, None)},
	"graduate-mentors": {YEAR_END: (1, 0, None)},
	# 15 mentees without archived, 7 mentors without gone; withdrawn, candidate and idle lack it
	"school-consents": {YEAR_END: (19, 22, 86.3), CHRISTMAS: (22, 23, 95.6)},
	# 14 in the bank and archived, 7 mentors; left, withdrawn, waiting and idle have no pair
	"school-pairs-formed": {YEAR_END: (18, 22, 81.8)},
	# 10 mentees; mentors pupil, grown and both, who is one of the ten
	"pupils-involved": {YEAR_END: (12, 38, 31.5)},
	# teacher, over young (26) and three (28), of 7
	"municipal-over-young": {YEAR_END: (1, 7, 14.2)},
	# teacher, over behind in class 8; moved is in class 10, and grown is no teacher
	"municipal-over-low-achievers": {YEAR_END: (1, 7, 14.2)},
	# registered was taken off in April; pupil mentors too, and is no teacher
	"municipal-over-registered": {YEAR_END: (0, 7, 0.0), CHRISTMAS: (1, 7, 14.2)},
	# nine and behind; left until the mentor went in February
	"municipal-tutored": {YEAR_END: (2, 38, 5.2), CHRISTMAS: (3, 38, 7.8)},
	"tutored-of-recommended": {YEAR_END: (2, 4, 50.0), CHRISTMAS: (3, 4, 75.0)},
	# factory of factory and society; the former one still was there on its last day
	"school-partners": {YEAR_END: (1, 2, 50.0), CHRISTMAS: (1, 3, 33.3)},
	"mentees-satisfied": {YEAR_END: (2, 3, 66.6)},
	# of once and moved, who have a pair and were measured twice
	"deficits-reduced": {YEAR_END: (1, 2, 50.0)},
}
LEFT_OUT = {
	("school-consents", YEAR_END): {
		"Mentee withdrawn": "The consent was withdrawn on 2027-03-01",
		"Mentee candidate": "No consent",
		"Mentor idle": "The consent ran out on 2027-05-30",
	},
	("school-pairs-formed", YEAR_END): dict.fromkeys(
		("Mentee left", "Mentee withdrawn", "Mentee waiting", "Mentor idle"), "Not in a pair"
	),
	("tutored-of-recommended", YEAR_END): dict.fromkeys(("Mentee waiting", "Mentee left"), "No tutor"),
	("deficits-reduced", YEAR_END): {"Mentee moved": "No growth"},
}
OUTSIDE_10_TO_19 = {
	"nine": "9 years old on the reporting day",
	"twenty": "20 years old on the reporting day",
	"undated": "The birth date is not known",
	"young": "Of another target group",
	"three": "Of another target group",
}
