"""The guide leads to files that exist, and names buttons, fields and refusals as they stand on the screen.

In `docs/guide/` a text in **bold** is one that is read on the screen, a line that begins with `>` is what the app
says, with … where it puts names, numbers and days. Of `docs/evidence/` and other pages only the links are held.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

APP = Path(__file__).parents[1]
REPOSITORY = APP.parent
GUIDE = sorted((REPOSITORY / "docs" / "guide").glob("*.md"))
PAGES = sorted([*REPOSITORY.glob("README*.md"), *(REPOSITORY / "docs").rglob("*.md")])
CATALOGUES = (APP / "locale" / "ru.po", REPOSITORY / "benchless" / "frappe" / "locale" / "ru.po")
# Words of Frappe itself, as its own Russian has them.
FRAPPES = {
	"Действия",
	"Добавить",
	"Добавить строку",
	"Меню",
	"Настройки системы",
	"Очередь электронной почты",
	"Пользователь",
	"Роли",
	"Электронная почта",
}
LONGEST_PAGE = 160  # lines, so that a role is read in a quarter of an hour

CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
SAID = re.compile(r"^\s*> (.+)$", re.MULTILINE)
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def text_of(page: Path) -> str:
	return CODE.sub("", page.read_text(encoding="utf-8"))


def one_spaced(text: str) -> str:
	return " ".join(text.split())


@cache
def translations() -> frozenset[str]:
	found = set()
	for path in CATALOGUES:
		with path.open("rb") as file:
			found |= {
				one_spaced(PLACEHOLDER.sub("…", str(message.string)))
				for message in read_po(file)
				if message.id
			}
	return frozenset(found)


@cache
def seeded() -> frozenset[str]:
	"""Titles of the records that come with the app: kinds of orders, forms, templates."""
	records = [one for path in (APP / "seed").glob("*.json") for one in json.loads(path.read_text("utf-8"))]
	return frozenset(record["title"] for record in records if "title" in record)


def anchor(heading: str) -> str:
	return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def is_there(page: Path, address: str) -> bool:
	path, _hash, place = address.partition("#")
	target = (page.parent / path).resolve() if path else page
	if not target.exists():
		return False
	return not place or place in {anchor(one) for one in HEADING.findall(target.read_text(encoding="utf-8"))}


def name_of(page: Path) -> str:
	return str(page.relative_to(REPOSITORY))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_and_picture_is_there(page: Path) -> None:
	inner = [one for one in LINK.findall(text_of(page)) if not re.match(r"[a-z]+:", one)]
	assert [one for one in inner if not is_there(page, one)] == []


@pytest.mark.parametrize("page", GUIDE, ids=name_of)
def test_what_is_in_bold_stands_on_the_screen(page: Path) -> None:
	known = translations() | seeded() | FRAPPES
	assert [one for one in BOLD.findall(text_of(page)) if one_spaced(one) not in known] == []


@pytest.mark.parametrize("page", GUIDE, ids=name_of)
def test_what_is_quoted_is_what_the_app_says(page: Path) -> None:
	assert [one for one in SAID.findall(text_of(page)) if one_spaced(one) not in translations()] == []


@pytest.mark.parametrize("page", GUIDE, ids=name_of)
def test_a_page_is_read_in_a_quarter_of_an_hour(page: Path) -> None:
	assert len(page.read_text(encoding="utf-8").splitlines()) <= LONGEST_PAGE


def test_there_is_a_page_for_each_role() -> None:
	roles = {"administrator", "curator", "director", "mentor", "municipal-officer"}
	assert roles < {page.stem for page in GUIDE}
	contents = (REPOSITORY / "docs" / "guide" / "README.md").read_text(encoding="utf-8")
	assert [role for role in sorted(roles) if f"({role}.md)" not in contents] == []
