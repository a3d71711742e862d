"""Builds roadmaps of an invented school in many layouts: .docx, .xlsx and texts, from one list of tasks."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from io import BytesIO

import docx
import openpyxl

TASKS = [
	# section, title, content, term, responsible, result
	(
		"Подготовка условий",
		"Издание приказа о внедрении модели",
		"1. Проект приказа.\n2. Согласование с профсоюзом.\n3. Подписание.",
		"до 10 сентября 2023",
		"Директор",
		"Приказ",
	),
	(
		"Подготовка условий",
		"Назначение куратора программы",
		"Подбор кандидатуры и беседа с ней",
		"сентябрь 2023",
		"Директор, заместитель директора по УВР",
		"Приказ о назначении",
	),
	(
		"Подготовка условий",
		"Педагогический совет о наставничестве",
		"- доклад;\n- обсуждение;\n- решение",
		"28.08.2023",
		"Куратор Берёзкина А.П.",
		"Протокол педсовета",
	),
	(
		"Формирование баз",
		"Анкетирование педагогов и обучающихся",
		"1) Подготовка анкет\n2) Проведение опроса\n3) Обработка ответов",
		"октябрь 2023",
		"Педагог-психолог",
		"Справка по итогам опроса",
	),
	(
		"Формирование баз",
		"Сбор согласий на обработку данных",
		"Раздача бланков классным руководителям",
		"до конца октября 2023",
		"Классные руководители",
		"Папка согласий",
	),
	(
		"Формирование баз",
		"Составление перечня партнёров школы",
		"Письма предприятиям посёлка",
		"ноябрь 2023 – январь 2024",
		"Куратор",
		"Перечень из пяти организаций",
	),
	(
		"Работа пар",
		"Встречи наставников с наставляемыми",
		"• знакомство\n• пробная встреча\n• планирование",
		"ежемесячно",
		"Наставники",
		"Дневники встреч",
	),
	(
		"Работа пар",
		"Школа начинающего наставника",
		"Четыре занятия с методистом района",
		"1 раз в квартал",
		"Методист Ольхова И.С.",
		"Программа занятий",
	),
	(
		"Работа пар",
		"Размещение новостей на сайте школы",
		"Короткие заметки с фотографиями",
		"в течение года",
		"Ответственный за сайт",
		"Не менее 6 публикаций",
	),
	(
		"Завершение",
		"Итоговая конференция участников",
		"Защита проектов и награждение",
		"май 2024",
		"Куратор, наставники",
		"Программа конференции",
	),
	(
		"Завершение",
		"Отчёт о выполнении дорожной карты",
		"Сбор данных и анализ показателей",
		"до 31 мая 2024",
		"Директор",
		"Аналитический отчёт",
	),
]
FIELDS = ("title", "content", "term", "responsible", "result")
HEADINGS = {
	"number": ("№", "№ п/п", "NN", "п/п"),
	"section": ("Этап", "Наименование этапа", "Направление работы", "Раздел"),
	"title": ("Мероприятия", "Наименование мероприятия", "Что делаем: мероприятие", "Основные мероприятия"),
	"content": ("Содержание деятельности", "Описание работы", "Содержание и примерный план мероприятий"),
	"term": ("Сроки", "Срок реализации", "Дата проведения", "Период исполнения", "Когда"),
	"responsible": ("Ответственный", "Ответственные исполнители", "Исполнитель", "Кто отвечает"),
	"result": (
		"Результат",
		"Ожидаемый результат (вид документа)",
		"Планируемые результаты",
		"Итоговый документ",
	),
}


@dataclass
class Layout:
	"""How the tasks are laid out on the page."""

	columns: list[str] = field(
		default_factory=lambda: ["number", "title", "content", "term", "responsible", "result"]
	)
	headings: dict[str, str] = field(
		default_factory=lambda: {name: texts[0] for name, texts in HEADINGS.items()}
	)
	sections: str = "rows"  # rows merged across, unmerged rows, a column, a merged column, none
	page_after: int | None = None  # the table is cut after this many tasks
	page: str = "same"  # same table, headed table, headless table
	cut_task: int | None = None  # this task is cut in two by the page break
	title_lines: tuple[str, ...] = (
		"Дорожная карта",
		"реализации целевой модели наставничества",
		"в МБОУ «Ясеневская СОШ» на 2023-2024 учебный год",
	)


def random_layout(
	chance: random.Random, sections: tuple[str, ...] = ("rows", "plain", "column", "none")
) -> Layout:
	columns = ["title", "content", "term", "responsible", "result"]
	chance.shuffle(columns)
	kind = chance.choice(sections)
	if kind == "column":
		columns.insert(0, "section")
	if chance.random() < 0.7:
		columns.insert(0, "number")
	return Layout(columns, {name: chance.choice(texts) for name, texts in HEADINGS.items()}, kind)


def rows_of(layout: Layout) -> list[tuple[str, list[str]]]:
	"""("head" | "section" | "task", texts) of each line of the table."""
	rows: list[tuple[str, list[str]]] = [("head", [layout.headings[name] for name in layout.columns])]
	last = None
	for number, (section, *texts) in enumerate(TASKS, 1):
		if section != last and layout.sections in ("rows", "plain"):
			rows.append(("section", [section]))
		values = dict(zip(FIELDS, texts, strict=True)) | {
			"number": f"{number}.",
			"section": section if section != last else "",
		}
		last = section
		rows.append(("task", [values[name] for name in layout.columns]))
	return rows


def cut(texts: list[str], layout: Layout) -> tuple[list[str], list[str]]:
	"""A task's cells divided as by a page break: long cells in two, short ones stay above."""
	upper, lower = [], []
	for name, text in zip(layout.columns, texts, strict=True):
		words = text.split(" ")
		keep = (
			len(words) - 1
			if name == "title"
			else max(1, len(words) // 2)
			if name == "content"
			else len(words)
		)
		upper.append(" ".join(words[:keep]))
		lower.append(" ".join(words[keep:]))
	return upper, lower


def pages(layout: Layout) -> list[list[tuple[str, list[str]]]]:
	"""The lines divided into pages."""
	rows, done, result = rows_of(layout), 0, [[]]
	for kind, texts in rows:
		done += kind == "task"
		if kind == "task" and done == layout.cut_task:
			upper, lower = cut(texts, layout)
			result[-1].append((kind, upper))
			result.append([(kind, lower)])
			continue
		result[-1].append((kind, texts))
		if kind == "task" and done == layout.page_after:
			result.append([])
	return [page for page in result if page]


def as_docx(layout: Layout) -> bytes:
	document = docx.Document()
	for line in layout.title_lines:
		document.add_paragraph(line)
	document.add_paragraph("")
	table = None
	head = rows_of(layout)[0]
	for number, page in enumerate(pages(layout)):
		if number and layout.page != "same":
			document.add_paragraph("")
			table = None
		if number and layout.page in ("headed", "repeated"):
			page = [head, *page]
		if table is None:
			table = document.add_table(0, len(layout.columns))
		first_of_stage = None
		for kind, texts in page:
			cells = table.add_row().cells
			if kind == "section":
				target = cells[0].merge(cells[-1]) if layout.sections == "rows" else cells[0]
				target.text = texts[0]
				continue
			for cell, text in zip(cells, texts, strict=True):
				lines = text.split("\n")
				cell.text = lines[0]
				for line in lines[1:]:
					cell.add_paragraph(line)
			if kind == "task" and layout.sections == "column":
				at = layout.columns.index("section")
				if texts[at] or first_of_stage is None:
					first_of_stage = cells[at]
				else:
					first_of_stage = first_of_stage.merge(cells[at])
					first_of_stage.text = first_of_stage.text.strip()
	stream = BytesIO()
	document.save(stream)
	return stream.getvalue()


def as_xlsx(layout: Layout) -> bytes:
	book = openpyxl.Workbook()
	sheet = book.active
	width = len(layout.columns)
	for line in layout.title_lines:
		sheet.append([line])
		sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=width)
	for page in pages(layout):
		for kind, texts in page:
			sheet.append(texts)
			if kind == "section" and layout.sections == "rows":
				sheet.merge_cells(
					start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=width
				)
	stream = BytesIO()
	book.save(stream)
	return stream.getvalue()


def as_tabs(layout: Layout) -> bytes:
	return _as_text(layout, lambda texts: "\t".join(texts)).encode()


def as_pipes(layout: Layout) -> bytes:
	return _as_text(layout, lambda texts: "| " + " | ".join(texts) + " |").encode()


def as_markdown(layout: Layout) -> bytes:
	text = _as_text(
		layout, lambda texts: "| " + " | ".join(text.replace("\n", "<br>") for text in texts) + " |"
	)
	lines = text.split("\n")
	first = next(number for number, line in enumerate(lines) if line.startswith("|"))
	return "\n".join([*lines[: first + 1], "|" + "---|" * len(layout.columns), *lines[first + 1 :]]).encode()


def as_cells(layout: Layout) -> bytes:
	"""One cell a line, each led by a tab, a blank line between rows."""
	lines = [*layout.title_lines, ""]
	for page in pages(layout):
		for _kind, texts in page:
			lines += [f"\t{text}" for text in texts]
			lines.append("")
	return "\n".join(lines).encode()


def _as_text(layout: Layout, line_of) -> str:
	lines = [*layout.title_lines, ""]
	head = rows_of(layout)[0]
	for number, page in enumerate(pages(layout)):
		if number:
			lines.append("")
			if layout.page in ("headed", "repeated"):
				page = [head, *page]
		for kind, texts in page:
			full = texts + [""] * (len(layout.columns) - len(texts)) if kind == "section" else texts
			lines.append(line_of([text.replace("\n", " ") if "<" not in text else text for text in full]))
	return "\n".join(lines)


def word_document(*blocks: str | list[list[str | tuple[str, int]]]) -> bytes:
	"""Paragraphs (texts) and tables (lists of lines). A cell is a text, or (text, columns it covers);
	"^" goes on with the cell above."""
	document = docx.Document()
	for block in blocks:
		if isinstance(block, str):
			document.add_paragraph(block)
			continue
		width = sum(cell[1] if isinstance(cell, tuple) else 1 for cell in block[0])
		table = document.add_table(0, width)
		above: list = [None] * width
		for line in block:
			cells, at = list(table.add_row().cells), 0
			for written in line:
				text, span = written if isinstance(written, tuple) else (written, 1)
				if text == "^":
					cells[at] = above[at].merge(cells[at])
					cells[at].text = cells[at].text.strip()
				else:
					whole = cells[at].merge(cells[at + span - 1])
					whole.text = text
					cells[at : at + span] = [whole] * span
				at += span
			above = cells
	stream = BytesIO()
	document.save(stream)
	return stream.getvalue()


def workbook(lines: list[list], merges: tuple[str, ...] = ()) -> bytes:
	book = openpyxl.Workbook()
	sheet = book.active
	for line in lines:
		sheet.append(line)
	for area in merges:
		sheet.merge_cells(area)
	stream = BytesIO()
	book.save(stream)
	return stream.getvalue()
