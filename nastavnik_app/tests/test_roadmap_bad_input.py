"""What a school sees when it chooses the wrong file: one clear line, quickly, and no trace back."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from nastavnik_app.roadmap import UnreadableDocument, read_roadmap
from nastavnik_app.roadmap.sources import container
from nastavnik_app.tests.roadmap_documents import TASKS, Layout, as_docx, as_tabs, as_xlsx, rows_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1024


def refusal(data: bytes, name: str) -> str:
	start = time.process_time()
	with pytest.raises(UnreadableDocument) as caught:
		read_roadmap(data, name)
	assert time.process_time() - start < 5
	return caught.value.message.source


def package(**members: bytes) -> bytes:
	stream = io.BytesIO()
	with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
		for name, content in members.items():
			archive.writestr(name.replace("__", "/"), content)
	return stream.getvalue()


def document(*paragraphs: str) -> bytes:
	made, stream = docx.Document(), io.BytesIO()
	for text in paragraphs:
		made.add_paragraph(text)
	made.save(stream)
	return stream.getvalue()


def workbook(rows: list[list]) -> bytes:
	book, stream = openpyxl.Workbook(), io.BytesIO()
	for row in rows:
		book.active.append(row)
	book.save(stream)
	return stream.getvalue()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_document_that_was_not_copied_to_the_end(share: float):
	whole = as_docx(Layout())
	assert "damaged" in refusal(whole[: int(len(whole) * share)], "roadmap.docx")


def test_a_document_with_broken_xml():
	assert "damaged" in refusal(
		package(**{"word__document.xml": b"<no", "[Content_Types].xml": b"<Types/>"}), "a.docx"
	)
	assert "damaged" in refusal(package(**{"xl__workbook.xml": b"<no"}), "a.xlsx")


def test_a_document_without_a_table():
	assert "no table" in refusal(document("Положение о наставничестве", "Общие положения."), "a.docx")


def test_a_document_whose_tables_are_not_plans():
	made, stream = docx.Document(), io.BytesIO()
	table = made.add_table(0, 3)
	for texts in (("ФИО", "Должность", "Подпись"), ("Ландышева О.О.", "учитель", "")):
		for cell, text in zip(table.add_row().cells, texts, strict=True):
			cell.text = text
	made.save(stream)
	assert "No table of tasks" in refusal(stream.getvalue(), "a.docx")


def test_a_workbook_without_headings():
	rows = [texts for kind, texts in rows_of(Layout(sections="none")) if kind == "task"]
	assert "No table of tasks" in refusal(workbook(rows), "a.xlsx")
	assert "No table of tasks" in refusal(workbook([[1, 2, 3], [4, 5, 6]]), "a.xlsx")
	assert "empty" in refusal(workbook([]), "a.xlsx")


def test_a_file_of_fifty_megabytes_is_not_even_read(tmp_path: Path):
	path = tmp_path / "big.docx"
	with path.open("wb") as file:
		file.truncate(50 * 1024 * 1024)
	with pytest.raises(UnreadableDocument) as caught:
		read_roadmap(path)
	assert "50 MB" in str(caught.value)


def test_a_zip_bomb_is_not_unpacked():
	assert "unpacks" in refusal(package(**{"word__document.xml": b"<a>" + b"A" * 60_000_000}), "a.docx")
	many = package(**{f"word__{number}.xml": b"<a/>" for number in range(container.MAX_MEMBERS + 1)})
	assert "unpacks" in refusal(many, "a.docx")


def test_a_zip_that_lies_about_its_size():
	raw = bytearray(package(**{"word__document.xml": b"A" * 30_000_000}))
	for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
		at = raw.find(signature)
		raw[at + offset : at + offset + 4] = struct.pack("<I", 1000)
	assert "damaged" in refusal(bytes(raw), "a.docx")


def test_xml_entities_are_refused():
	bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
	assert "entities" in refusal(package(**{"word__document.xml": bomb}), "a.docx")
	assert "entities" in refusal(package(**{"word__document.xml": bomb.decode().encode("utf-16")}), "a.docx")


@pytest.mark.parametrize(
	("data", "name", "says"),
	[
		(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "roadmap.docx", "picture"),
		(b"\xff\xd8\xff\xe0" + bytes(200), "scan.txt", "picture"),
		(b"%PDF-1.7\n...", "roadmap.docx", "PDF"),
		(b"{\\rtf1\\ansi ...}", "roadmap.docx", "RTF"),
		(b"", "roadmap.docx", "empty"),
		(b" \n\n", "roadmap.txt", "empty"),
		(OLE + "WordDocument".encode("utf-16-le"), "roadmap.doc", ".doc document"),
		(OLE + "Workbook".encode("utf-16-le"), "roadmap.xls", ".xls workbook"),
		(OLE + "EncryptedPackage".encode("utf-16-le"), "roadmap.docx", "password"),
		(bytes(range(256)) * 20, "roadmap.bin", "not a text"),
		(b"just words in another language\n" * 20, "roadmap.txt", "not a text"),
		("Уважаемые коллеги!\nНаша школа начинает программу.\n".encode(), "letter.txt", "No table of tasks"),
		("просто слова".encode(), "roadmap.docx", "damaged or is not"),
	],
)
def test_other_files_are_named_for_what_they_are(data: bytes, name: str, says: str):
	assert says in refusal(data, name)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "utf-8-sig", "utf-16"])
def test_a_text_in_an_older_encoding_is_read_as_it_was_written(encoding: str):
	data = as_tabs(Layout()).decode().encode(encoding, errors="replace")
	rows = read_roadmap(data, "roadmap.txt").rows
	assert [row.title for row in rows] == [task[1] for task in TASKS]


def test_a_table_of_two_thousand_rows_takes_seconds():
	head, *tasks = [texts for kind, texts in rows_of(Layout(sections="none")) if kind != "section"]
	lines = [
		"\t".join(text.replace("\n", " ") for text in tasks[number % len(tasks)]) for number in range(2000)
	]
	start = time.process_time()
	rows = read_roadmap("\n".join(["\t".join(head), *lines]).encode(), "a.txt").rows
	assert len(rows) == 2000
	assert time.process_time() - start < 15


def test_the_command_says_it_in_one_line_and_exits_with_2(tmp_path: Path):
	path = tmp_path / "roadmap.docx"
	path.write_bytes(as_docx(Layout())[:4000])
	done = subprocess.run(
		[sys.executable, "-m", "nastavnik_app.roadmap", str(path), "--json"],
		capture_output=True,
		text=True,
		encoding="utf-8",
		cwd=Path(__file__).resolve().parents[2],
		check=False,
	)
	assert done.returncode == 2
	assert done.stdout == "" and len(done.stderr.strip().splitlines()) == 1
	assert "Traceback" not in done.stderr


def test_the_command_refuses_a_file_that_is_not_there(capsys):
	from nastavnik_app.roadmap.__main__ import main

	assert main(["no-such-file.docx"]) == 2
	assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_workbook_made_by_the_builder_is_fine():
	assert len(read_roadmap(as_xlsx(Layout()), "a.xlsx").rows) == len(TASKS)
