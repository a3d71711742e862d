"""How long it takes to find whose names stand in the files of a site, for one person and for many, each file read once;
beside it the same files asked for each person by the whole pattern, with nothing looked for first.

With no bench it makes a site of its own and removes it afterwards. NASTAVNIK_SITE and NASTAVNIK_SITES_PATH name a site
of a bench; what is written there is taken back at the end.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import random
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.site import opened

FILES, PEOPLE, WORDS = 720, 10, 2_500
FOLDER = "private/files/benchmark"
WORDING = (
	"наставник наставляемый программа школа приказ согласие отчёт класс встреча план поддержка учитель Берёзова Мария"
	" Игоревна Сидоров тел. 8 900 123-45-67 «Б» работа"
).split()


def main() -> None:
	parser = argparse.ArgumentParser(prog="python -m benchmarks.destruction", description=__doc__)
	parser.add_argument("--files", type=int, default=FILES, help=f"how many (default {FILES})")
	parser.add_argument("--people", type=int, default=PEOPLE, help=f"of an act (default {PEOPLE})")
	parser.add_argument("--folder", help="with no bench: keep the site in this folder")
	arguments = parser.parse_args()
	with opened(arguments.folder):
		import frappe

		try:
			report(arguments.files, arguments.people)
		finally:
			frappe.db.rollback()
			for path in _folder().glob("*"):
				path.unlink()
			_folder().rmdir()


def report(files: int, people: int) -> None:
	import frappe

	from nastavnik_app.privacy.files import delete_files
	from nastavnik_app.privacy.kept import Kept
	from nastavnik_app.privacy.records import leaving

	letters = _fill(files)
	subjects = [_subject(number) for number in range(people)]
	print(f"{files} files with {letters / 1e6:.1f} million letters")
	asked_each = _seconds(lambda: _ask_each(subjects))
	print(f"  {people} people, each by the whole pattern: {asked_each:.2f} s")
	for some in (subjects[:1], subjects):
		frappe.db.savepoint("benchmark")
		with leaving() as places:
			taken = _seconds(lambda some=some: delete_files(some, Kept()))
		frappe.db.rollback(save_point="benchmark")
		print(
			f"  {len(some)} people, each file read once: {taken:.2f} s, files that show a name: {len(places)}"
		)
	print(f"  {asked_each / taken:.1f} times faster for {people}")


def _ask_each(subjects: list[Any]) -> None:
	from nastavnik_app.privacy.texts import text_of
	from nastavnik_app.rules.name_traces import Text

	for path in sorted(_folder().glob("*")):
		text = Text(text_of(path.read_bytes())).folded
		for subject in subjects:
			subject.traces.everywhere.search(text)


def _fill(files: int) -> int:
	"""Files of all kinds, one in a hundred with somebody's name; how many letters they hold."""
	import frappe

	chance = random.Random(145)
	_folder().mkdir(parents=True)
	letters, rows = 0, []
	for number in range(files):
		words = chance.choices(WORDING, k=WORDS)
		if number % 100 == 0:
			words[WORDS // 2] = _name(number // 100)
		text = " ".join(words)
		letters += len(text)
		ending, content = list(_kinds(text))[number % 5]
		(_folder() / f"{number}.{ending}").write_bytes(content)
		rows.append([f"benchmark-{number}", f"{number}.{ending}", f"/{FOLDER}/{number}.{ending}", 0])
	frappe.db.bulk_insert("File", ["name", "file_name", "file_url", "is_folder"], rows)
	return letters


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


def _seconds(work: Callable[[], Any]) -> float:
	started = time.perf_counter()
	work()
	return time.perf_counter() - started


if __name__ == "__main__":
	main()
