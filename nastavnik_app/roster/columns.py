"""The columns of a list of mentors or mentees, by the headings that schools give them."""

from __future__ import annotations

from nastavnik_app.roster.model import Column

MOST_REPRESENTATIVES = 9

_PERSON = (
	Column("name", "Код", "code", ("код записи", "id", "идентификатор", "ид")),
	Column(
		"full_name",
		"ФИО",
		"full_name",
		(
			"фамилия имя отчество",
			"фио обучающегося",
			"фио ученика",
			"фио ребенка",
			"фио учащегося",
			"фио наставляемого",
			"фио наставника",
			"фио педагога",
			"фио учителя",
			"фио работника",
			"фио сотрудника",
			"фамилия имя",
			"фамилия имя отчество обучающегося",
			"фамилия имя отчество наставляемого",
			"фамилия имя отчество наставника",
			"полное имя",
		),
	),
	Column("last_name", "Фамилия", "name_part", ("фамилия обучающегося", "фамилия ученика")),
	Column("first_name", "Имя", "name_part", ("имя обучающегося", "имя ученика")),
	Column("middle_name", "Отчество", "name_part", ("отчество при наличии", "отчество обучающегося")),
	Column(
		"birth_date",
		"Дата рождения",
		"birth_date",
		("д р", "др", "день рождения", "дата рожд", "родился", "дата рождения обучающегося"),
	),
	Column("gender", "Пол", "gender", ("пол обучающегося", "м ж")),
	Column(
		"target_group",
		"Целевая группа",
		"link",
		("группа", "целевая группа участника", "категория участника"),
	),
	Column(
		"joined_on",
		"Дата вхождения в программу",
		"date",
		("дата входа в программу", "дата включения в программу", "вошел в программу"),
	),
	Column(
		"phone",
		"Телефон",
		"phone",
		(
			"контактный телефон",
			"номер телефона",
			"мобильный телефон",
			"сотовый телефон",
			"тел",
			"моб тел",
			"телефон обучающегося",
			"телефон наставника",
			"телефон наставляемого",
			"контакты",
		),
	),
	Column(
		"email",
		"Эл. почта",
		"email",
		("электронная почта", "e mail", "email", "почта", "адрес электронной почты", "эл адрес", "мейл"),
	),
	Column("legal_basis", "Основание обработки без согласия", "text"),
	Column("position", "Должность", "text", ("позиция", "занимаемая должность", "должность предмет")),
	Column("hired_on", "Дата приёма на работу", "date", ("дата приема", "принят на работу", "работает с")),
	Column(
		"years_of_service", "Стаж, лет", "number", ("стаж", "педагогический стаж", "стаж работы", "стаж лет")
	),
	Column("interests", "Интересы", "text", ("увлечения", "интересы увлечения", "хобби")),
	Column("interviewed_on", "Дата собеседования", "date", ("собеседование",)),
	Column("interview_notes", "Заметки", "text", ("заметки собеседования", "итоги собеседования")),
)
_CLASS = Column(
	"school_class",
	"Класс",
	"school_class",
	("класс обучения", "класс группа", "класс литера", "учебный класс", "кл"),
)
_MENTEE = (
	_CLASS,
	Column("low_results", "Низкие результаты работы", "yes", ("низкие результаты",)),
	Column(
		"main_request",
		"Основной запрос",
		"text",
		("запрос", "запрос наставляемого", "основной запрос наставляемого", "проблема", "запрос проблема"),
	),
	Column("needs", "Запросы", "links", ("потребности", "компетенции", "запросы компетенции", "дефициты")),
)
_MENTOR = (
	Column(
		"capacity",
		"Места",
		"number",
		("число мест", "количество мест", "мест", "сколько наставляемых", "вместимость"),
	),
	Column(
		"workplace",
		"Место работы или учёбы",
		"text",
		(
			"место работы",
			"место работы учебы",
			"место учебы",
			"организация работы",
			"место работы учебы наставника",
		),
	),
	Column("category", "Категория", "text", ("квалификационная категория", "кв категория")),
	_CLASS,
	Column("contract_number", "Номер трудового договора", "text", ("трудовой договор", "номер договора")),
	Column("contract_date", "Дата трудового договора", "date", ("дата договора",)),
	Column("from_outside", "Не работник и не обучающийся организации", "yes", ("внешний", "со стороны")),
	Column("partner", "Организация-партнёр", "link", ("партнер", "организация партнер")),
	Column("clearance", "Справка об отсутствии судимости", "clearance", ("справка о несудимости", "справка")),
	Column("clearance_on", "Дата справки", "date"),
	Column("forms", "Формы", "links", ("форма", "форма наставничества", "формы наставничества")),
	Column(
		"competencies",
		"Компетенции",
		"links",
		("основные компетенции", "компетенции наставника", "основные компетенции наставника"),
	),
	Column(
		"wished_age", "Желаемый возраст наставляемых", "text", ("желаемый возраст", "предпочитаемый возраст")
	),
	Column("wished_age_from", "Желаемый возраст от", "number", ("возраст от",)),
	Column("wished_age_to", "Желаемый возраст до", "number", ("возраст до",)),
	Column(
		"available_time",
		"Время на программу",
		"text",
		("ресурс времени", "ресурс времени на программу", "ресурс времени на программу наставничества"),
	),
	Column(
		"achievements",
		"Достижения",
		"text",
		("важные для программы достижения", "важные для программы достижения наставника"),
	),
)
# heading of the exports → further wordings; each may be followed by the number of the representative
_REPRESENTATIVE = (
	Column(
		"full_name",
		"ФИО представителя",
		"somebody",
		(
			"представитель",
			"законный представитель",
			"фио законного представителя",
			"фио родителя",
			"родитель",
			"родители",
			"родитель законный представитель",
			"фио родителя законного представителя",
			"фамилия имя отчество представителя",
			"фамилия имя отчество законного представителя",
			"фио родителей",
			"представители",
		),
	),
	Column(
		"relation",
		"Кем приходится представитель",
		"text",
		("кем приходится", "степень родства", "родство", "кем приходится представителя"),
	),
	Column(
		"phone",
		"Телефон представителя",
		"phone",
		(
			"телефон родителя",
			"телефон родителей",
			"телефон законного представителя",
			"контактный телефон родителя",
			"контактный телефон представителя",
			"телефон родителя законного представителя",
		),
	),
	Column(
		"email",
		"Эл. почта представителя",
		"email",
		("e mail представителя", "e mail родителя", "электронная почта представителя", "эл почта родителя"),
	),
	Column("address", "Адрес представителя", "text", ("адрес родителя", "адрес законного представителя")),
)
REPRESENTATIVES = "representatives"


def columns_of(people: str) -> tuple[Column, ...]:
	"""Of `Mentor` or `Mentee`, representatives aside."""
	return _PERSON + (_MENTOR if people == "Mentor" else _MENTEE)


def representative_columns(number: int) -> tuple[Column, ...]:
	"""Of the representative with this number: «Телефон представителя 2»; the first is written without."""
	suffix = "" if number == 1 else f" {number}"
	return tuple(
		Column(
			f"{REPRESENTATIVES}.{number}.{one.field}",
			one.heading + suffix,
			one.kind,
			tuple(word + suffix for word in one.wordings)
			+ (tuple(f"{word} 1" for word in (one.heading, *one.wordings)) if number == 1 else ()),
		)
		for one in _REPRESENTATIVE
	)


def everything_of(people: str) -> tuple[Column, ...]:
	"""All columns that a list of such people may have, with those of each representative."""
	numbers = range(1, MOST_REPRESENTATIVES + 1)
	return columns_of(people) + tuple(one for number in numbers for one in representative_columns(number))
