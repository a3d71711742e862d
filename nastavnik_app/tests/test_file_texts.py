"""What can be read of a file in which a name may stand: every kind, and what is broken on purpose or by chance."""

from __future__ import annotations

import gzip
import io
import zipfile
from email.message import EmailMessage

import pytest

from nastavnik_app.privacy import texts
from nastavnik_app.privacy.records import address_of, place_of
from nastavnik_app.rules.name_traces import decoded
from nastavnik_app.tests.planted_files import sheet, zipped

NAME = "Ромашкин Пётр"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
	"content",
	[
		NAME.encode(),
		NAME.encode("cp1251"),
		NAME.encode("utf-16"),
		b"\xff\xd8\xff" + NAME.encode() + b"\xff",
		OLD_OFFICE + NAME.encode("utf-16-le"),
		OLD_OFFICE + NAME.encode("cp1251"),
		sheet(NAME),
		gzip.compress(NAME.encode(), mtime=0),
		zipped(f"{NAME}.txt", b""),
		zipped("отчёт.docx", zipped("word/document.xml", "<w:t>Ромаш</w:t><w:t>кин Пётр</w:t>".encode())),
		zipped("папка.zip", sheet(NAME)),
		f"<p title='{NAME}'>текст</p>".encode(),
		"<td>Ромашкин</td><td>Пётр</td>".encode(),
		b"PK\x03\x04 no archive " + NAME.encode(),
		b"%PDF-1.7 broken " + NAME.encode(),
		b"\x1f\x8b not packed " + NAME.encode(),
	],
)
def test_the_name_is_read(content: bytes) -> None:
	assert NAME in " ".join(decoded(texts.text_of(content)).split())


def test_an_archive_in_archives_without_end_is_read_to_a_depth() -> None:
	content = NAME.encode()
	for _layer in range(50):
		content = zipped("inner.zip", content)
	assert "inner.zip" in texts.text_of(content)


def test_a_packed_file_is_unpacked_to_a_measure(monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setattr(texts, "MOST_UNPACKED", 1000)
	assert len(texts.text_of(gzip.compress(b"a" * 10_000))) == 1000
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
		archive.writestr("large.txt", b"a" * 10_000)
		archive.writestr("small.txt", NAME)
	assert "aaa" not in texts.text_of(out.getvalue())


def test_a_letter_is_read_with_its_attachments_and_a_broken_one_as_text() -> None:
	letter = EmailMessage()
	letter["To"], letter["Subject"] = "family@school.example", f"Приглашение: {NAME}"
	letter.set_content("текст", cte="base64")
	letter.add_attachment(sheet(NAME), maintype="application", subtype="zip", filename="список.xlsx")
	assert decoded(texts.text_of_letter(letter.as_bytes())).count(NAME) > 1
	assert NAME in texts.text_of_letter(b"Content-Type: text/plain; charset=none\n\n" + NAME.encode())


@pytest.mark.parametrize(
	("address", "place"),
	[
		("/private/files/a/список.csv", "private/files/a/список.csv"),
		("/files/a.png", "public/files/a.png"),
		("/private/files/../site_config.json", None),
		("/files//etc/passwd", None),
		("https://other.example/files/a.png", None),
		("", None),
		(None, None),
	],
)
def test_only_what_lies_among_the_sites_files_has_a_place(address: str | None, place: str | None) -> None:
	assert place_of(address) == place
	assert place is None or address_of(place) == address
