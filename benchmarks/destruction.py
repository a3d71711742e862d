"""Finding in which files of a site the people of an act are named, each file read once for all of them; beside it the
same files asked for each person by the whole pattern, with nothing looked for first.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.lines import Line
from benchmarks.site import taken_back
from benchmarks.timing import Rounds

OF = "files"
SIZES = (72, 240, 720)
PEOPLE, WORDS = 10, 2_500
FOLDER = "private/files/benchmark"
WORDING = (
	"наставник наставляемый программа школа приказ согласие отчёт класс встреча план поддержка учитель Берёзова Мария"
	" Игоревна Сидоров тел. 8 900 123-45-67 «Б» работа"
).split()


def lines(size: int, rounds: Rounds) -> Iterator[Line]:
	try:
		with taken_back():
			_fill(size)
			subjects = [_subject(number) for number in range(PEOPLE)]
			seconds, each = rounds.shortest(
				lambda: _named(subjects), lambda: _ask_each(subjects), undone=True
			)
			(of_one,) = rounds.shortest(lambda: _named(subjects[:1]), undone=True)
			yield Line(
				f"{PEOPLE} people in files",
				size,
				seconds,
				"each by the whole pattern",
				each,
				rows=_named(subjects),
			)
			yield Line("one person in files", size, of_one)
	finally:
		for path in _folder().glob("*"):
			path.unlink()
		_folder().rmdir()


def _named(subjects: list[Any]) -> int:
	"""How many files show a name of theirs."""
	from nastavnik_app.privacy.files import delete_files
	from nastavnik_app.privacy.kept import Kept
	from nastavnik_app.privacy.records import leaving

	with leaving() as places:
		delete_files(subjects, Kept())
	return len(places)


def _ask_each(subjects: list[Any]) -> None:
	from nastavnik_app.privacy.texts import text_of
	from nastavnik_app.rules.name_traces import Text

	for path in sorted(_folder().glob("*")):
		text = Text(text_of(path.read_bytes())).folded
		for subject in subjects:
			subject.traces.everywhere.search(text)


def _fill(files: int) -> None:
	"""Files of all kinds, one in a hundred with somebody's name."""
	import frappe

	chance = random.Random(145)
	_folder().mkdir(parents=True)
	rows = []
	for number in range(files):
		words = chance.choices(WORDING, k=WORDS)
		if number % 100 == 0:
			words[WORDS // 2] = _name(number // 100)
		text = " ".join(words)
		ending, content = list(_kinds(text))[number % 5]
		(_folder() / f"{number}.{ending}").write_bytes(content)
		rows.append([f"benchmark-{number}", f"{number}.{ending}", f"/{FOLDER}/{number}.{ending}", 0])
	frappe.db.bulk_insert("File", ["name", "file_name", "file_url", "is_folder"], rows)


def _kinds(text: str) -> Iterator[tuple[str, bytes]]:
	yield "txt", text.encode()
	yield "csv", text.encode("cp1251")
	yield "html", f"<p>{text.replace('. ', '.</p><p>')}</p>".encode()
	yield "json.gz", gzip.compress(json.dumps([text]).encode())
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
		archive.writestr("word/document.xml", f"<w:t>{text}</w:t>")
	yield "docx", out.getvalue()


def _subject(number: int) -> Any:
	from nastavnik_app.privacy.subjects import Subject
	from nastavnik_app.rules.name_traces import UNLIKE, traces

	names = [(_name(number), UNLIKE, {}), (f"{_name(number).split()[0]}а Ирина Олеговна", UNLIKE, {})]
	contacts = [f"+7 999 {number:03d}-00-01", f"family{number}@school.example"]
	return Subject("Mentee", str(number), "Destroy", traces(f"№ {number}", names, contacts), set())


def _name(number: int) -> str:
	return f"Ромаш{'абвгдежзик'[number // 10 % 10]}{'лмнрстфхцч'[number % 10]}ин Пётр Ильич"


def _folder() -> Path:
	import frappe

	return Path(frappe.get_site_path(FOLDER))
