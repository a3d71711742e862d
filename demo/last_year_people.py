"""Who took part in the year before: invented people who have left the school since, and what each could do or wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MENTOR, MENTEE = "Mentor", "Mentee"


@dataclass(frozen=True)
class Participant:
	"""`themes` are slugs of competencies; `wishes` names whom somebody wanted after the general meeting."""

	doctype: str
	last_name: str
	first_name: str
	middle_name: str
	gender: str
	birth_date: date
	target_group: str
	themes: tuple[str, ...]
	interests: str
	forms: tuple[str, ...] = ()
	wishes: tuple[str, ...] = ()
	school_class: str = ""
	position: str = ""
	places: int = 1
	years_of_service: int = 0
	from_outside: bool = False

	@property
	def is_pupil(self) -> bool:
		return bool(self.school_class)

	@property
	def full_name(self) -> str:
		return f"{self.last_name} {self.first_name} {self.middle_name}"


def _teacher(last_name: str, first_name: str, middle_name: str, position: str, *themes: str, **values):
	return Participant(
		values.pop("doctype", MENTOR),
		last_name,
		first_name,
		middle_name,
		values.pop("gender", "Female"),
		values.pop("birth_date", date(1979, 4, 12)),
		values.pop("target_group", "teachers"),
		themes,
		values.pop("interests", ""),
		position=position,
		**values,
	)


def _pupil(doctype: str, name: str, school_class: str, year: int, *themes: str, **values):
	last_name, first_name, middle_name = name.split()
	group = "pupils-15-19" if year <= 2010 else "pupils-10-14"
	gender = "Female" if last_name.endswith("а") else "Male"
	return Participant(
		doctype,
		last_name,
		first_name,
		middle_name,
		gender,
		date(year, 5, 17),
		group,
		themes,
		values.pop("interests", ""),
		school_class=school_class,
		**values,
	)


WORKERS, GROUPS, PUPILS, PARTNERS = "teacher-teacher", "teacher-pupil", "pupil-pupil", "employer-pupil"

PEOPLE = (
	_teacher(
		"Барвинкова", "Нонна", "Глебовна", "Учитель физики", "lesson-design", "classroom-management",
		forms=(WORKERS,), years_of_service=24, interests="походы, музыка", wishes=("Мятлик",),
	),
	_teacher(
		"Подснежникова", "Рената", "Львовна", "Учитель математики", "exam-preparation", "learning-skills",
		forms=(GROUPS,), years_of_service=17, places=2, interests="шахматы",
	),
	_teacher(
		"Клюквин", "Тарас", "Ильич", "Инженер-наладчик", "career-guidance", "project-work",
		forms=(PARTNERS,), gender="Male", target_group="partners", from_outside=True,
		interests="техника, походы",
	),
	_teacher(
		"Мятлик", "Оскар", "Дмитриевич", "Учитель истории", "lesson-design", "classroom-management",
		doctype=MENTEE, gender="Male", birth_date=date(2001, 9, 3), target_group="young-specialists",
		years_of_service=1, interests="музыка, история края", wishes=("Барвинкова",),
	),
	_pupil(MENTOR, "Осокин Лев Маркович", "11А", 2008, "communication", "public-speaking",
		forms=(PUPILS,), interests="волейбол, музыка", wishes=("Ряскина",)),
	_pupil(MENTOR, "Калинкина Ева Олеговна", "11А", 2008, "learning-skills", "creativity",
		forms=(PUPILS,), interests="рисование, книги"),
	_pupil(MENTOR, "Хвощев Глеб Янович", "10Б", 2009, "sport", "leadership",
		forms=(PUPILS,), interests="волейбол"),
	_pupil(MENTEE, "Ряскина Майя Антоновна", "7А", 2012, "communication",
		interests="музыка", wishes=("Осокин", "Калинкина")),
	_pupil(MENTEE, "Лопухов Никон Игоревич", "7Б", 2012, "learning-skills", interests="книги"),
	_pupil(MENTEE, "Камышов Ефим Русланович", "6А", 2013, "sport", "communication", interests="волейбол"),
	_pupil(MENTEE, "Полынина Злата Юрьевна", "9А", 2010, "exam-preparation", interests="шахматы"),
	_pupil(MENTEE, "Чабрецов Фома Денисович", "9А", 2010, "exam-preparation", "learning-skills"),
	_pupil(MENTEE, "Донников Клим Артурович", "9Б", 2010, "career-guidance", interests="техника"),
	_pupil(MENTEE, "Ковылина Тая Робертовна", "6Б", 2013, "creativity", interests="рисование"),
)  # fmt: skip

# each form with its role model and the target group of its mentees
FORMS = {
	WORKERS: ("Опытный учитель — молодой специалист", None),
	GROUPS: ("Учитель — неуспевающий ученик", "pupils-15-19"),
	PUPILS: ("Равный — равному", "pupils-10-14"),
	PARTNERS: ("Работодатель — будущий сотрудник", "pupils-15-19"),
}
