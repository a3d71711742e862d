"""The renderer: what it takes of a page, what it refuses to fetch, what Frappe's hook gets back."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from nastavnik_app.documents.pdf import generate, html_to_pdf
from nastavnik_app.tests.pdf_text import pages_of

CSS = (Path(__file__).parents[1] / "templates" / "print" / "gost.css").read_text(encoding="utf-8")
A4_POINTS = (595, 842)
DOT = base64.b64decode(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def print_page(content: str, head: str = "") -> str:
	"""A page as Frappe's print door makes it around a document's own content."""
	return (
		f"<!DOCTYPE html><html lang='ru'><head><title>Приказ</title>{head}</head><body>"
		f"<div class='action-banner'>Скачать</div><div class='print-format-gutter'><div class='print-format'>{content}"
		"</div></div><script>document.title</script></body></html>"
	)


@pytest.fixture
def visits() -> Iterator[tuple[str, list[str]]]:
	"""A web server of this machine, and the list of what was asked of it."""
	asked: list[str] = []

	class Handler(BaseHTTPRequestHandler):
		def do_GET(self) -> None:
			asked.append(self.path)
			self.send_response(200)
			self.end_headers()
			self.wfile.write(DOT)

		def log_message(self, *args: object) -> None:
			pass

	server = HTTPServer(("127.0.0.1", 0), Handler)
	threading.Thread(target=server.serve_forever, daemon=True).start()
	yield f"http://127.0.0.1:{server.server_port}", asked
	server.shutdown()
	server.server_close()


def test_only_its_own_generator_is_served() -> None:
	for other in ("wkhtmltopdf", "chrome", None):
		assert generate("Mentoring Order", "<p>x</p>", {}, None, other) is None
	assert generate("Mentoring Order", "<p>x</p>", None, None, "nastavnik").startswith(b"%PDF")


def test_only_the_documents_own_content_is_printed() -> None:
	head = "<style>@page { size: A5 } p { display: none }</style>"
	pdf = generate(None, print_page("<p>Содержание</p>", head), {}, None, "nastavnik")
	assert pages_of(pdf) == ["Содержание"]
	assert PdfReader(BytesIO(pdf)).metadata.title == "Приказ"
	assert tuple(round(side) for side in PdfReader(BytesIO(pdf)).pages[0].mediabox[2:]) == A4_POINTS


def test_bulk_printing_collects_the_pages_in_one_writer() -> None:
	writer = PdfWriter()
	for text in ("Первый", "Второй"):
		assert generate(None, print_page(f"<p>{text}</p>"), {}, writer, "nastavnik") is writer
	stream = BytesIO()
	writer.write(stream)
	assert pages_of(stream.getvalue()) == ["Первый", "Второй"]


def test_a_password_protects_the_file() -> None:
	pdf = generate(None, print_page("<p>Тайна</p>"), {"password": "ключ"}, None, "nastavnik")
	reader = PdfReader(BytesIO(pdf))
	assert reader.is_encrypted
	assert reader.decrypt("ключ")
	assert reader.pages[0].extract_text() == "Тайна"


def test_nothing_is_fetched_from_the_network(visits: tuple[str, list[str]]) -> None:
	address, asked = visits
	html_to_pdf(
		f"<link rel='stylesheet' href='{address}/a.css'><link rel='attachment' href='{address}/b'>"
		f"<style>@import url({address}/c.css); p {{ background: url({address}/d.png) }}</style>"
		f"<base href='{address}/'><img src='{address}/e.png'><img src='f.png'><p>Текст</p>"
		f"<object data='{address}/g.png'></object><a rel='attachment' href='{address}/h'>файл</a>"
	)
	assert asked == []


def test_no_file_is_read_from_the_disk(tmp_path: Path) -> None:
	secret = tmp_path / "secret.txt"
	secret.write_text("секрет учителя")
	image = tmp_path / "dot.png"
	image.write_bytes(DOT)
	pdf = html_to_pdf(
		f"<link rel='attachment' href='{secret.as_uri()}'><a rel='attachment' href='{secret.as_uri()}'>файл</a>"
		f"<img src='{image.as_uri()}'><img src='{image}'><p>Текст</p>"
	)
	reader = PdfReader(BytesIO(pdf))
	assert "/EmbeddedFiles" not in reader.trailer["/Root"].get("/Names", {})
	assert "/Annots" not in reader.pages[0] or all(
		note.get_object()["/Subtype"] != "/FileAttachment" for note in reader.pages[0]["/Annots"]
	)
	assert len(reader.pages[0].images) == 0


def test_an_image_that_the_page_brings_is_printed() -> None:
	data = base64.b64encode(DOT).decode()
	pdf = html_to_pdf(f"<img src='data:image/png;base64,{data}'>")
	assert len(PdfReader(BytesIO(pdf)).pages[0].images) == 1


def test_long_table_repeats_its_header_and_pages_are_numbered_from_the_second() -> None:
	rows = "".join(f"<tr><td>{number}</td><td>Наставник {number}</td></tr>" for number in range(1, 121))
	table = f"<table class='grid'><thead><tr><th>№</th><th>Закреплён</th></tr></thead><tbody>{rows}</tbody></table>"
	texts = pages_of(
		generate(
			None, print_page(f"<style>{CSS}</style><div class='gost'>{table}</div>"), {}, None, "nastavnik"
		)
	)
	assert len(texts) > 2
	assert all("Закреплён" in text for text in texts)
	assert texts[0].split()[-2] == "Наставник"  # the last row, and no number of a page after it
	for number, text in enumerate(texts[1:], 2):
		assert text.rstrip().endswith(str(number)), "an older pypdf joins it to the row above"
	assert sum(text.count("Наставник") for text in texts) == 120
