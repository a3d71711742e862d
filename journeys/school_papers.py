"""What the journeys bring with them: documents, and names that nobody at the school has."""

from __future__ import annotations

import random
from pathlib import Path

from docx import Document

HEADINGS = ("№", "Мероприятие", "Сроки", "Ответственный")
ROADMAP = (
	("1", "Провести педагогический совет о наставничестве", "до 20.09.2026", "Директор"),
	("2", "Встретиться с родителями наставляемых", "как получится", "Куратор"),
	("3", "Подвести итоги программы", "май 2027", "Куратор"),
)
DOUBTFUL = 2


def write_roadmap(folder: Path) -> Path:
	"""A school's roadmap in Word; the term of its row `DOUBTFUL` cannot be understood."""
	document = Document()
	document.add_heading("Дорожная карта на 2026/2027 учебный год")
	table = document.add_table(rows=1, cols=len(HEADINGS))
	table.style = "Table Grid"
	for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
		cell.text = heading
	for row in ROADMAP:
		for cell, text in zip(table.add_row().cells, row, strict=True):
			cell.text = text
	path = folder / "roadmap.docx"
	document.save(path)
	return path


def write_list(folder: Path, *births: str) -> tuple[Path, list[str]]:
	"""A list of pupils as Excel saves it, and their names; a birth date for each."""
	names = [f"{surname()} Ирина {patronymic}" for patronymic in ("Олеговна", "Павловна")]
	rows = [f"{name};{born};8Б" for name, born in zip(names, births, strict=True)]
	path = folder / f"pupils-{len(list(folder.iterdir()))}.csv"
	path.write_text("\n".join(("ФИО;Дата рождения;Класс", *rows)), "cp1251")
	return path, names


def surname() -> str:
	"""A surname of its own each time, so that the journeys can be gone again on the same site."""
	beginnings = ("Ново", "Старо", "Бело", "Черно", "Красно", "Верхо", "Мало", "Сереб", "Злато", "Тихо")
	middles = ("гор", "луг", "реч", "бор", "брод", "пол", "лес", "бер", "камен", "зар")
	return random.choice(beginnings) + random.choice(middles) + random.choice(("ова", "ина", "евская"))
