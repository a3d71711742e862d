"""Writes the demonstration school's roadmap (Word) and roster (Excel), the same bytes every time.

The school, its people and their telephones are invented: surnames come from plants, birds and mushrooms,
and no number has a real area code. Run: python demo/school/build.py
"""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Row = list[object]

FOLDER = Path(__file__).parent
SEED = 145
MADE = datetime(2026, 8, 31, 9, 0)
SCHOOL = "МБОУ «Вымышленская СОШ № 0»"
GRADES = {grade: "АБВ" if 5 <= grade <= 8 else "АБ" if grade < 10 else "А" for grade in range(1, 12)}
CLASS_SIZE = 25

STEMS = (
	"Барбарисов Боярышников Бузинов Валерьянов Вербенов Волнушкин Гладиолусов Груздочкин Ежевикин Жаворонков "
	"Жимолостин Зарянкин Зверобоев Земляникин Зимородков Зябликов Иволгин Калинов Камышовкин Кипрейников Козодоев "
	"Коноплянкин Крапивников Крыжовников Лабазников Лисичкин Лютиков Малинов Медуницын Можжевельников Морошкин "
	"Мятликов Незабудкин Облепихин Одуванчиков Опёнков Папоротников Пеночкин Подберёзовиков Подорожников "
	"Подснежников Пустельгин Ромашков Рябинников Свиристелев Славкин Смородинов Сыроежкин Трясогузкин Удодов "
	"Чабрецов Черёмухин Чертополохов Чечёткин Шалфеев Шиповников Щегловитов Эдельвейсов Ясменников Ятрышников"
).split()
BOYS = (
	"Арсений Богдан Вадим Глеб Демид Егор Захар Иван Кирилл Лев Матвей Никита Олег Павел Роман Савелий Тимофей "
	"Фёдор Юрий Ярослав"
).split()
GIRLS = (
	"Алиса Варвара Галина Дарья Ева Злата Ирина Кира Лидия Майя Нина Ольга Полина Римма София Таисия Ульяна Фаина "
	"Юлия Яна"
).split()
FATHERS = (
	"Андреев Борисов Викторов Глебов Денисов Егоров Захаров Иванов Кириллов Львов Максимов Олегов Петров Романов "
	"Семёнов Тимуров Юрьев"
).split()

PUPIL_COLUMNS = {
	"№": 6, "ФИО": 40, "Дата рождения": 15, "Пол": 6, "Класс": 8, "Представитель": 40, "Кем приходится": 16,
	"Телефон представителя": 22, "Роль в программе": 18, "Запрос или чем может помочь": 32,
}  # fmt: skip
TEACHER_COLUMNS = {
	"№": 6, "ФИО": 40, "Дата рождения": 15, "Пол": 6, "Должность": 30, "Категория": 16, "Дата приёма": 14,
	"Стаж, лет": 11, "Телефон": 22, "Роль в программе": 18, "Мест": 8, "Запрос или чем может помочь": 32,
}  # fmt: skip
PUPIL_SHARE_WITH_REQUEST = {5: 0.3, 6: 0.3, 7: 0.3, 8: 0.3, 9: 0.15, 1: 0.06, 2: 0.06, 3: 0.1, 4: 0.1}
SENIOR_MENTORS = 36
REQUESTS = (
	"Учебная самоорганизация",
	"Преподавание предмета",
	"Адаптация в коллективе",
	"Навыки общения",
	"Проектная деятельность",
	"Выбор профессии",
)
CURATOR_POST = "Заместитель директора по учебной работе"
POSTS = (
	("Директор", 1), (CURATOR_POST, 2), ("Методист", 1), ("Педагог-психолог", 1),
	("Социальный педагог", 1), ("Учитель начальных классов", 10), ("Учитель русского языка и литературы", 5),
	("Учитель математики", 5), ("Учитель иностранного языка", 4), ("Учитель истории и обществознания", 3),
	("Учитель физики", 2), ("Учитель химии", 1), ("Учитель биологии", 1), ("Учитель географии", 1),
	("Учитель информатики", 2), ("Учитель физической культуры", 2), ("Учитель технологии", 2), ("Учитель музыки", 1),
)  # fmt: skip
YOUNG_TEACHERS, MENTOR_TEACHERS = 7, 24


@dataclass(frozen=True)
class Name:
	last: str
	first: str
	middle: str
	female: bool

	def __str__(self) -> str:
		return f"{self.last} {self.first} {self.middle}"


class Names:
	"""Gives invented names, each once."""

	def __init__(self, chance: random.Random) -> None:
		self.chance = chance
		self.given: set[str] = set()

	def one(self, last: str | None = None, female: bool | None = None) -> Name:
		while True:
			is_female = self.chance.random() < 0.5 if female is None else female
			stem = last or self.chance.choice(STEMS)
			father = self.chance.choice(FATHERS)
			name = Name(
				surname(stem, is_female),
				self.chance.choice(GIRLS if is_female else BOYS),
				patronymic(father, is_female),
				is_female,
			)
			if str(name) not in self.given:
				self.given.add(str(name))
				return name


def surname(stem: str, female: bool) -> str:
	return stem + "а" if female else stem


def patronymic(father: str, female: bool) -> str:
	return father + ("на" if female else "ич")


def telephone(number: int) -> str:
	return f"+7 (000) {number // 10000 % 1000:03d}-{number // 100 % 100:02d}-{number % 100:02d}"


def day_between(chance: random.Random, first: date, last: date) -> date:
	return first + timedelta(days=chance.randint(0, (last - first).days))


def pupils(chance: random.Random, names: Names) -> Iterator[Row]:
	"""Rows of the sheet of pupils, class by class."""
	seniors = {f"{grade}{letter}" for grade in (9, 10, 11) for letter in GRADES[grade]}
	classes = [(grade, letter) for grade, letters in GRADES.items() for letter in letters]
	senior_places = [
		f"{school_class}-{seat}" for school_class in sorted(seniors) for seat in range(CLASS_SIZE)
	]
	mentors = set(chance.sample(senior_places, SENIOR_MENTORS))
	number = 0
	for grade, letter in classes:
		for seat in range(CLASS_SIZE):
			number += 1
			stem = chance.choice(STEMS)
			name = names.one(stem)
			parent = names.one(stem, female=chance.random() < 0.8)
			born = day_between(chance, date(2019 - grade, 12, 1), date(2020 - grade, 11, 30))
			role, theme = "", ""
			if f"{grade}{letter}-{seat}" in mentors:
				role, theme = "наставник", chance.choice(REQUESTS[:5])
			elif chance.random() < PUPIL_SHARE_WITH_REQUEST.get(grade, 0):
				role, theme = "наставляемый", chance.choice(REQUESTS)
			yield [
				number, str(name), born, "ж" if name.female else "м", f"{grade}{letter}",
				str(parent), "мать" if parent.female else "отец", telephone(number), role, theme,
			]  # fmt: skip


def teachers(chance: random.Random, names: Names) -> Iterator[Row]:
	"""Rows of the sheet of teachers; birth and hiring days are written as text, as offices often do."""
	posts = [post for post, count in POSTS for _each in range(count)]
	subject_teachers = [index for index, post in enumerate(posts) if post.startswith("Учитель")]
	young = set(chance.sample(subject_teachers, YOUNG_TEACHERS))
	mentors = set(chance.sample(sorted(set(subject_teachers) - young), MENTOR_TEACHERS))
	for index, post in enumerate(posts):
		name = names.one(female=chance.random() < 0.85)
		service = chance.randint(0, 2) if index in young else chance.randint(6, 34)
		hired = (
			date(2026 - service, 9, 1) if index in young else date(2026 - chance.randint(1, service), 9, 1)
		)
		born = day_between(chance, date(2003 - service, 1, 1), date(2003 - service, 12, 31))
		role, places, theme = "", None, ""
		category = "" if index in young else chance.choice(("первая", "высшая", "соответствие"))
		if index in young:
			role, theme = "наставляемый", chance.choice(("Проектирование урока", "Управление классом"))
		elif index in mentors:
			role, places, category = (
				"наставник",
				chance.choice((3, 4, 5)),
				chance.choice(("первая", "высшая")),
			)
			theme = "; ".join(
				("Преподавание предмета", chance.choice(("Проектирование урока", "Управление классом")))
			)
		yield [
			index + 1, str(name), f"{born:%d.%m.%Y}", "ж" if name.female else "м", post, category,
			f"{hired:%d.%m.%Y}", service, telephone(900000 + index), role, places, theme,
		]  # fmt: skip


def write_roster(path: Path, pupil_rows: list[Row], teacher_rows: list[Row]) -> None:
	workbook = Workbook()
	sheet = workbook.active
	sheet.title = "Учащиеся"
	fill_sheet(sheet, f"Список учащихся. {SCHOOL}, 2026/2027 учебный год", PUPIL_COLUMNS, pupil_rows)
	sheet = workbook.create_sheet("Педагоги")
	fill_sheet(sheet, f"Педагогические работники. {SCHOOL}", TEACHER_COLUMNS, teacher_rows)
	workbook.properties.creator = SCHOOL
	workbook.properties.created = MADE
	content = BytesIO()
	workbook.save(content)
	path.write_bytes(without_clock(content.getvalue()))


def fill_sheet(sheet: Worksheet, title: str, columns: dict[str, int], rows: list[Row]) -> None:
	sheet.append([title])
	sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(columns))
	sheet["A1"].font = Font(bold=True, size=13)
	sheet.append(list(columns))
	for index, width in enumerate(columns.values(), 1):
		sheet.column_dimensions[get_column_letter(index)].width = width
		cell = sheet.cell(row=2, column=index)
		cell.font = Font(bold=True)
		cell.fill = PatternFill("solid", fgColor="DDE7F0")
		cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
	for row in rows:
		sheet.append(row)
		for cell in sheet[sheet.max_row]:
			if isinstance(cell.value, date):
				cell.number_format = "DD.MM.YYYY"
	sheet.freeze_panes = "A3"


HEADINGS = ("№ п/п", "Мероприятие", "Содержание", "Срок", "Документ", "Показатель", "Ответственный")
WIDTHS = (1.1, 5.2, 6.2, 3.0, 4.0, 4.0, 3.2)
RESULT_HEADING = "Ожидаемый результат"


def write_roadmap(path: Path, curator: str) -> None:
	document = Document()
	lay_out(document)
	for line in ("УТВЕРЖДЕНА", f"приказом {SCHOOL}", "от 31.08.2026 № 0-од"):
		document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
	for line in (
		"Дорожная карта",
		f"внедрения целевой модели наставничества в {SCHOOL}",
		"на 2026/2027 учебный год",
	):
		paragraph = document.add_paragraph()
		paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
		paragraph.add_run(line).bold = True
	fill_table(document.add_table(rows=2, cols=len(HEADINGS)))
	document.add_paragraph()
	last, first, middle = curator.split()
	document.add_paragraph(f"{CURATOR_POST}, куратор ____________ {first[0]}. {middle[0]}. {last}")
	properties = document.core_properties
	properties.author, properties.title = SCHOOL, "Дорожная карта"
	properties.created = properties.modified = MADE
	content = BytesIO()
	document.save(content)
	path.write_bytes(without_clock(content.getvalue()))


def lay_out(document: Document) -> None:
	section = document.sections[0]
	section.orientation = WD_ORIENT.LANDSCAPE
	section.page_width, section.page_height = Cm(29.7), Cm(21)
	section.left_margin = section.right_margin = Cm(1.5)
	style = document.styles["Normal"]
	style.font.name, style.font.size = "Liberation Serif", Pt(11)
	style.paragraph_format.space_after = Pt(2)


def fill_table(table: Table) -> None:
	table.style = "Table Grid"
	top, bottom = table.rows
	for index, heading in enumerate(HEADINGS):
		if heading in ("Документ", "Показатель"):
			bottom.cells[index].text = heading
		else:
			top.cells[index].merge(bottom.cells[index]).text = heading
	top.cells[4].merge(top.cells[5]).text = RESULT_HEADING
	number = 0
	for line in ROADMAP.strip().splitlines():
		cells = table.add_row().cells
		if line.startswith("# "):
			cells[0].merge(cells[-1]).text = line[2:]
			continue
		number += 1
		for cell, text in zip(cells, (f"{number}.", *line.split("|")), strict=True):
			fill_cell(cell, text.split(" / "))
	for row in table.rows:
		for cell, width in zip(row.cells, WIDTHS, strict=True):
			cell.width = Cm(width)


def fill_cell(cell: _Cell, items: list[str]) -> None:
	numbered = [f"{index}. {item.strip()}" for index, item in enumerate(items, 1)]
	cell.text = numbered[0] if len(items) > 1 else items[0].strip()
	for item in numbered[1:]:
		cell.add_paragraph(item)


# activity | how, items parted by a slash | term | document | indicator | who; a line with # is a section
ROADMAP = """
# 1. Подготовка программы
Издать приказ о программе и назначить куратора | | до 10.09.2026 | Приказ | | Директор
Рассказать о программе педагогам на педагогическом совете | Доклад куратора / Анкета для будущих наставников | до 20 сентября | Протокол | не менее 90 % педагогов присутствовали | Куратор
Провести классные часы «Учимся друг у друга» | | сентябрь – октябрь | Записи в журнале | не менее 90 % учеников участвовали | Классные руководители
Пригласить выпускников и родителей | Письма / Встреча в актовом зале | октябрь | Список гостей | не менее встреч с выпускниками | Куратор
# 2. Базы участников
Собрать запросы и заполнить базу наставляемых | Анкета / Беседа с классным руководителем / Беседа с психологом | до конца сентября | База наставляемых | | Куратор, педагог-психолог
Заполнить базу наставников | Анкета / Собеседование | до конца сентября | База наставников | не менее 10 % педагогов стали наставниками | Куратор
Оформить согласия на обработку персональных данных | | до 15 октября | Согласия | 100 % участников дали согласие | Куратор, классные руководители
# 3. Обучение наставников
Провести школу наставников | Как слушать и спрашивать / Как составить план / Как завершить работу пары | сентябрь – октябрь | Программа, список обученных | 100 % наставников обучены | Методист
Подготовить памятки наставнику | | до 1 октября | Памятки | | Методист
Проводить консультации для наставников | | ежемесячно | Журнал консультаций | | Методист, педагог-психолог
# 4. Пары и группы
Подобрать пары и группы | Сопоставление анкет / Общая встреча | октябрь | Список пар | | Куратор
Закрепить пары приказом | | до 1 декабря | Приказ | | Директор
Составить индивидуальные планы | | до 1 декабря | Планы | планы есть у 100 % пар | Наставники
Утвердить индивидуальные планы | | до 10 декабря | Приказ | | Директор
Выполнять индивидуальные планы | | в течение года | Отметки в планах | не менее 90 % мероприятий выполнено | Наставники, куратор
# 5. Мониторинг и информирование
Проводить диагностику участников | | 1 раз в квартал | Справка | 100 % участников прошли диагностику | Педагог-психолог
Публиковать новости программы на сайте | | в течение года | Публикации | не менее 5 публикаций | Ответственный за сайт
Следить за выполнением дорожной карты | | ежемесячно | Сводка директору | выполнено 100 % пунктов | Куратор
# 6. Завершение
Провести итоговую встречу «Что мы сумели вместе» | Рассказы пар / Игра по станциям / Награждение | до мая 2026 | Сценарий | не менее 90 % участников пришли | Куратор, директор
Провести итоговое анкетирование | | май | Сводка анкет | | Педагог-психолог
Поощрить лучших наставников | | до 25 мая | Приказ о поощрении | | Директор
Составить дорожную карту на следующий учебный год | | до конца мая | Дорожная карта | | Куратор
"""


def without_clock(package: bytes) -> bytes:
	"""The same package with the day of making in place of the moment of writing."""
	packed = BytesIO()
	with (
		zipfile.ZipFile(BytesIO(package)) as source,
		zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
	):
		for entry in source.infolist():
			content = source.read(entry)
			if entry.filename == "docProps/core.xml":
				content = re.sub(
					rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", f"{MADE:%Y-%m-%dT%H:%M:%SZ}".encode(), content
				)
			fixed = zipfile.ZipInfo(entry.filename, MADE.timetuple()[:6])
			fixed.compress_type = zipfile.ZIP_DEFLATED
			target.writestr(fixed, content)
	return packed.getvalue()


def main() -> None:
	chance = random.Random(SEED)
	names = Names(chance)
	pupil_rows, teacher_rows = list(pupils(chance, names)), list(teachers(chance, names))
	write_roster(FOLDER / "roster.xlsx", pupil_rows, teacher_rows)
	curator = next(row[1] for row in teacher_rows if row[4] == CURATOR_POST)
	write_roadmap(FOLDER / "roadmap.docx", str(curator))


if __name__ == "__main__":
	main()
