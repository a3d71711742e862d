"""Plans as kindergartens, colleges, districts and clubs lay them out."""

from __future__ import annotations

from datetime import date

import pytest

from nastavnik_app.roadmap import UnreadableDocument, read_roadmap
from nastavnik_app.roadmap.model import Roadmap, Row
from nastavnik_app.tests.roadmap_documents import word_document, workbook

YEAR = "План работы по наставничеству на 2023-2024 учебный год"
MONTHS = ["сентябрь", "октябрь", "ноябрь", "декабрь", "январь", "февраль", "март", "апрель", "май"]


def read_text(*lines: str) -> Roadmap:
	return read_roadmap("\n".join(lines).encode(), "a.txt")


def days(rows: list[Row]) -> list[tuple[str | None, str | None]]:
	return [
		(row.start.isoformat() if row.start else None, row.end.isoformat() if row.end else None)
		for row in rows
	]


def test_a_kindergarten_with_months_merged_down():
	roadmap = read_roadmap(
		word_document(
			"МБДОУ «Детский сад № 15 «Ромашка»",
			YEAR,
			[
				["Месяц", "Мероприятие", "Форма проведения", "Целевая аудитория", "Ответственный"],
				["Сентябрь", "Анкетирование", "анкета", "молодые педагоги", "Старший воспитатель"],
				["^", "Заключение соглашений", "беседа", "пары", "Заведующий"],
				["Май", "Педагогический час", "педчас", "все", "Старший воспитатель"],
			],
		),
		"a.docx",
	)
	assert roadmap.document["level"] == "kindergarten"
	assert [row.responsible for row in roadmap.rows] == [
		"Старший воспитатель",
		"Заведующий",
		"Старший воспитатель",
	]
	assert days(roadmap.rows) == [("2023-09-01", "2023-09-30")] * 2 + [("2024-05-01", "2024-05-31")]


def test_a_column_for_each_month():
	tasks = [["1", "Приказ", "+", *[""] * 8, "Директор"], ["2", "Встречи", "", *"+++++++", "", "Наставники"]]
	rows = read_roadmap(
		word_document(YEAR, [["№", "Мероприятие", *MONTHS, "Ответственный"], *tasks]), "a.docx"
	).rows
	assert days(rows) == [("2023-09-01", "2023-09-30"), ("2023-10-01", "2024-04-30")]
	assert [row.responsible for row in rows] == ["Директор", "Наставники"] and not any(
		row.problems for row in rows
	)


def test_months_below_one_wide_heading():
	rows = read_roadmap(
		workbook(
			[
				[YEAR],
				["№", "Мероприятия", "Сроки реализации", None, None, None, "Ответственный"],
				[None, None, "сент.", "окт.", "нояб.", "дек.", None],
				[1, "Диагностика", "+", "+", None, None, "Психолог"],
				[2, "Семинар", None, None, "2 неделя", None, "Методист"],
			],
			("A1:G1", "A2:A3", "B2:B3", "C2:F2", "G2:G3"),
		),
		"a.xlsx",
	).rows
	assert days(rows) == [("2023-09-01", "2023-10-31"), ("2023-11-08", "2023-11-14")]


def test_sections_named_after_months_give_the_term_and_are_asked_about():
	rows = read_roadmap(
		word_document(
			YEAR,
			[
				["№", "Мероприятие", "Ответственный"],
				[("Сентябрь", 3)],
				["1", "Входная диагностика", "Психолог"],
				[("Май", 3)],
				["2", "Итоговая диагностика", "Психолог"],
			],
		),
		"a.docx",
	).rows
	assert days(rows) == [("2023-09-01", "2023-09-30"), ("2024-05-01", "2024-05-31")]
	assert [row.term_text for row in rows] == ["Сентябрь", "Май"] and all(row.problems for row in rows)


def test_a_month_in_the_text_of_an_activity_is_no_term_but_is_asked_about():
	rows = read_text(
		YEAR, "№\tМероприятие\tОтветственный", "1\tОпрос (октябрь, апрель)\tПсихолог", "2\tСайт\tМетодист"
	).rows
	assert days(rows) == [(None, None)] * 2
	assert [bool(row.problems) for row in rows] == [True, False]


def test_two_plans_for_two_forms_with_headings_of_their_own():
	rows = read_roadmap(
		word_document(
			YEAR,
			"Форма «Учитель – учитель»",
			[
				["№", "Мероприятие", "Сроки", "Ответственные"],
				["1", "Закрепление наставников", "сентябрь", "Директор"],
			],
			"",
			"Форма «Ученик – ученик»",
			[
				["№", "Действия", "Дата", "Кто отвечает"],
				["1", "Отбор наставников", "октябрь", "Классные руководители"],
			],
			"Продолжение таблицы",
			[["2", "Помощь в учёбе", "ноябрь", "Наставники"]],
		),
		"a.docx",
	).rows
	assert [row.section for row in rows] == ["Форма «Учитель – учитель»"] + ["Форма «Ученик – ученик»"] * 2


def test_a_later_page_with_a_result_that_covers_two_columns():
	head = ["№", "Участники", "Мероприятия", "Сроки", "Результат", "Показатели", "Ответственный"]
	first = ["1", "педагоги", "Опрос", "сентябрь", "Справка", "90% участников", "Психолог"]
	later = ["2", "родители", "Собрание", "октябрь", ("Протокол, не менее 50% родителей", 2), "Директор"]
	row = read_roadmap(word_document(YEAR, [head, first], "", [later]), "a.docx").rows[1]
	assert (row.title, row.result) == ("Собрание", "Протокол, не менее 50% родителей")
	assert row.merged_result_indicator and row.threshold.value == 50


@pytest.mark.parametrize(
	("head", "line"),
	[
		("№\tНаименование\tсрок с\tсрок по\tИсполнитель", "1\tОбучение\t09.2023\t11.2023\tМетодист"),
		("№\tМероприятие\tС\tПо\tОтветственный", "1\tОбучение\t09.2023\t11.2023\tМетодист"),
		(
			"№\tФ.И.О., должность ответственного лица\tТема, вопросы\tСроки (месяц)",
			"1\tМетодист\tОбучение\tсентябрь - ноябрь",
		),
		("№\tМеро- приятие\tСроки реали- зации\tОтвет- ственный", "1\tОбучение\tсентябрь - ноябрь\tМетодист"),
	],
)
def test_headings_in_other_words(head: str, line: str):
	(row,) = read_text(YEAR, "", head, line).rows
	assert (row.title, row.responsible) == ("Обучение", "Методист")
	assert days([row]) == [("2023-09-01", "2023-11-30")]


def test_a_text_with_sections_between_the_rows_and_headings_again_on_each_page():
	head = "№\tМероприятие\tСрок\tОтветственный\tДокумент"
	rows = read_text(
		YEAR,
		head,
		"Организационная работа",
		"1\tСовещание\tавгуст\tДиректор\tПротокол",
		"II. Основной этап",
		"2\tСовместная работа по плану\tоктябрь 2023 –\tНаставники\tИндивидуальный",
		"\fстр. 2",
		head,
		"\tнаставника и наставляемого\tапрель 2024\t\tплан",
		"Подведение итогов",
		"3\tКонкурс\tмай\tКуратор\tПриказ",
	).rows
	assert [row.section for row in rows] == [
		"Организационная работа",
		"II. Основной этап",
		"Подведение итогов",
	]
	assert rows[1].title == "Совместная работа по плану наставника и наставляемого"
	assert (rows[1].term_text, rows[1].result) == ("октябрь 2023 – апрель 2024", "Индивидуальный план")


def test_a_section_alone_between_pipes():
	rows = read_text(
		YEAR,
		"| № | Мероприятие | Срок | Ответственный |",
		"| Работа с родителями |",
		"| 1 | Собрание | март | Завуч |",
	).rows
	assert [(row.section, row.title) for row in rows] == [("Работа с родителями", "Собрание")]


def test_columns_drawn_with_blanks_and_rows_that_run_over_several_lines():
	rows = read_text(
		"Дорожная карта наставничества",
		"",
		"№   Мероприятие                    Срок                 Ответственный",
		"-" * 72,
		"1   Разработка положения о         до 15 сентября       Заместитель",
		"    наставничестве                 2024 г.              директора",
		"2   Обучение наставников           октябрь 2024 г. -    Методист",
		"                                   март 2025 г.",
		"3   Отчёт                          май 2025 г.          Куратор",
		"",
		"Директор                                      А.А. Ландышева",
	).rows
	assert [row.title for row in rows] == [
		"Разработка положения о наставничестве",
		"Обучение наставников",
		"Отчёт",
	]
	assert days(rows) == [(None, "2024-09-15"), ("2024-10-01", "2025-03-31"), ("2025-05-01", "2025-05-31")]
	assert rows[0].responsible == "Заместитель директора"


def test_a_table_drawn_with_lines():
	rows = read_text(
		YEAR,
		"┌──┬────┬────┬────┐",
		"│ № │ Мероприятие │ Срок │ Ответственный │",
		"├──┼────┼────┼────┤",
		"│ 1 │ Опрос │ май │ Психолог │",
		"└──┴────┴────┴────┘",
	).rows
	assert [(row.title, row.end) for row in rows] == [("Опрос", date(2024, 5, 31))]


def test_one_cell_a_line_with_empty_cells_left_out():
	rows = read_text(
		YEAR,
		"",
		"№",
		"Мероприятия",
		"Примечание",
		"Срок",
		"Участники",
		"Исполнители",
		"Итог",
		"Охват",
		"",
		"1.",
		"Формирование базы наставляемых",
		"сентябрь 2023",
		"Куратор",
		"База",
		"",
		"2.",
		"Программы и методические материалы",
		"октябрь 2023",
		"Методист",
		"",
		"3.",
		"Итоговая встреча",
		"май 2024",
		"Куратор",
		"Протокол",
	).rows
	assert [row.title for row in rows] == [
		"Формирование базы наставляемых",
		"Программы и методические материалы",
		"Итоговая встреча",
	]
	assert days(rows)[1] == ("2023-10-01", "2023-10-31")


def test_lists_of_people_words_and_risks_hold_no_tasks():
	with pytest.raises(UnreadableDocument, match="No table of tasks"):
		read_roadmap(
			word_document(
				"Положение о наставничестве",
				[["Термин", "Определение"], ["Наставник", "участник программы"]],
				[["ФИО", "Должность", "Подпись"], ["Ландышева А.А.", "директор", ""]],
				[
					["Риск", "Меры по снижению риска", "Ответственный"],
					["Нехватка времени", "Гибкий график", "Завуч"],
				],
			),
			"a.docx",
		)


@pytest.mark.parametrize(
	("lines", "title", "owner", "level"),
	[
		(
			("План-график по наставничеству", "МБОУ «Кленовская СОШ»"),
			"План-график по наставничеству МБОУ «Кленовская СОШ»",
			"МБОУ «Кленовская СОШ»",
			"school",
		),
		(
			("Муниципальная программа «Наставник» на 2024-2026 годы",),
			"Муниципальная программа «Наставник» на 2024-2026 годы",
			None,
			"municipality",
		),
		(
			("ГАПОУ «Речной колледж»", "План внедрения целевой модели на 2024-2025 учебный год"),
			"План внедрения целевой модели на 2024-2025 учебный год",
			"ГАПОУ «Речной колледж»",
			"college",
		),
		(
			("Утверждаю: директор МБОУ СОШ № 33 ______", "", "План", "работы наставников"),
			"План работы наставников",
			"МБОУ СОШ № 33",
			"school",
		),
	],
)
def test_title_organization_and_level(lines, title, owner, level):
	table = [["Мероприятие", "Срок", "Ответственный"], ["Опрос", "май 2025", "Психолог"]]
	document = read_roadmap(word_document(*lines, table, "Продолжение"), "a.docx").document
	assert (document["title"], document["organization"], document["level"]) == (title, owner, level)


def test_a_wide_table_that_means_nothing_is_left_out_and_said_so():
	roadmap = read_text(
		YEAR,
		"№\tМероприятие\tСрок\tОтветственный",
		"1\tОпрос\tмай\tПсихолог",
		"",
		"Расписание звонков, принятое на общем собрании работников.",
		"",
		"Урок\tпонедельник\tвторник\tпятница\tсуббота",
		"Первый\t8:30\t8:40\t8:50\t9:00",
	)
	assert [row.title for row in roadmap.rows] == ["Опрос"]
	assert any("begins with: Урок" in problem for problem in roadmap.document["problems"])
