"""python -m scripts.paper_gallery: writes docs/papers.md and its pictures from the demonstration school's papers.

Needs `pdftoppm` (Debian: poppler-utils) and the packages of the extras `embedded` and `test`. It takes a minute, runs the
school on the embedded engine on the day of the expected papers, and shows the first page of each paper; of the order
that starts the programme also the first page of each annex.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from freezegun import freeze_time
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchless")]

PAGE = ROOT / "docs" / "papers.md"
PICTURES = ROOT / "docs" / "images" / "papers"
DAY = "2026-11-16 09:00:00"
WIDTH, COLOURS, LARGEST = 500, 16, 60 * 1024
DOTS_PER_INCH = 120
IN_A_ROW = 3
WITH_ANNEXES = ("order-start-program",)
# what a school edits: the wording of a kind, otherwise the print format
WORDINGS = {
	"Mentoring Order": "вид приказа",
	"Mentoring Local Act": "шаблон локального акта",
	"Mentoring Award": "текст вида награды",
}
HEAD = """# Документы школы

Сделано командой `python -m scripts.paper_gallery`, руками не правится. Школа и все люди вымышлены.

Каждый документ печатается из своей записи в PDF и в Word, шаблон у них один. Тексты приказов, локальных актов и наград
школа правит в справочниках, без программиста; остальное — в печатной форме (Frappe, «Print Format»: копия формы с другим
именем, обновление её не тронет). Названные ниже формы лежат в `nastavnik_app/nastavnik_app/print_format/`, общее у них —
в `nastavnik_app/templates/print/`. `make demo SERVE=0` кладёт все эти документы в `demo-output/papers/`; каким должен
быть их текст, записано в `demo/expected/papers/` и проверяется тестами на обоих движках.
"""


@dataclass(frozen=True)
class Shown:
	"""A cell of the gallery: pictures, title, of which record, and what is edited to change it."""

	pictures: list[str]
	title: str
	record: str
	edited: str


def main() -> None:
	shutil.rmtree(PICTURES, ignore_errors=True)
	PICTURES.mkdir(parents=True)
	with tempfile.TemporaryDirectory() as folder, freeze_time(DAY, tick=True):
		groups = list(_groups(Path(folder)))
	PAGE.write_text(HEAD + "".join(_section(title, shown) for title, shown in groups), encoding="utf-8")
	print(f"{PAGE.relative_to(ROOT)}: {sum(len(shown) for _title, shown in groups)} документа")


def _groups(folder: Path) -> Iterator[tuple[str, list[Shown]]]:
	import frappe
	from frappe.installer import install_app, new_site

	from demo.roster import read_roster
	from demo.run import SCHOOL_FOLDER, run_school
	from demo.school_papers import all_papers
	from demo.staff import acting, begin_program, found_school

	new_site("school", str(folder))
	install_app("nastavnik_app")
	roster = read_roster(SCHOOL_FOLDER / "roster.xlsx")
	school = begin_program(found_school(roster), roster)
	summary = run_school(school, roster, say=print)
	with acting(school.logins["curator"]):
		groups = all_papers(school, summary)
	for title, papers in groups:
		shown = []
		for paper in papers:
			with acting(school.logins[paper.login]):
				pdf = frappe.get_print(paper.doctype, paper.name, paper.print_format, as_pdf=True)
				record = frappe._(paper.doctype)
			shown.append(Shown(_pictures(folder, paper.slug, pdf), paper.title, record, _edited(paper)))
		yield title, shown


def _edited(paper) -> str:
	form = f"форма <code>{paper.print_format.lower().replace(' ', '_')}</code>"
	wording = WORDINGS.get(paper.doctype)
	return f"{wording}, {form}" if wording else form


def _pictures(folder: Path, slug: str, pdf: bytes) -> list[str]:
	"""Names of the pictures that were written."""
	path = folder / f"{slug}.pdf"
	path.write_bytes(pdf)
	pages = [1, *(_annex_pages(pdf) if slug in WITH_ANNEXES else [])]
	names = [f"{slug}.png", *(f"{slug}-annex-{number}.png" for number in range(1, len(pages)))]
	for name, page in zip(names, pages, strict=True):
		asked = ["-r", str(DOTS_PER_INCH), "-f", str(page), "-l", str(page), "-singlefile", "-png"]
		subprocess.run(["pdftoppm", *asked, str(path), str(folder / "page")], check=True)
		_write_picture(folder / "page.png", PICTURES / name)
	return names


def _annex_pages(pdf: bytes) -> list[int]:
	from pypdf import PdfReader

	texts = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
	return [number for number, text in enumerate(texts, 1) if "к приказу" in text and "Приложение" in text]


def _write_picture(source: Path, target: Path) -> None:
	image = Image.open(source).convert("RGB")
	image = image.resize((WIDTH, round(WIDTH * image.height / image.width)), Image.Resampling.LANCZOS)
	image.quantize(COLOURS).save(target, optimize=True)
	if target.stat().st_size > LARGEST:
		raise SystemExit(f"{target.name} takes {target.stat().st_size} bytes, more than {LARGEST}")


def _section(title: str, shown: list[Shown]) -> str:
	cells = [cell for one in shown for cell in _cells(one)]
	rows = [cells[begin : begin + IN_A_ROW] for begin in range(0, len(cells), IN_A_ROW)]
	table = "".join("<tr>\n" + "".join(row) + "</tr>\n" for row in rows)
	return f"\n## {title}\n\n<table>\n{table}</table>\n"


def _cells(one: Shown) -> Iterator[str]:
	first, *annexes = one.pictures
	yield _cell(first, one.title, f"Запись: «{one.record}». Правится: {one.edited}.")
	for number, picture in enumerate(annexes, 1):
		yield _cell(picture, one.title, f"Приложение {number}.")


def _cell(picture: str, title: str, note: str) -> str:
	path = f"images/papers/{picture}"
	return (
		f'<td valign="top" width="33%"><a href="{path}"><img src="{path}" alt="{title}"></a><br>'
		f"<b>{title}</b><br><sub>{note}</sub></td>\n"
	)


if __name__ == "__main__":
	main()
