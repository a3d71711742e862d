"""The document itself: its title, its organization, its level, its period, and the card of key and value."""

from __future__ import annotations

import re
from typing import Any

from nastavnik_app.roadmap.cells import Words, is_blank, tidy
from nastavnik_app.roadmap.sources.blocks import Line, Paragraph
from nastavnik_app.rules.messages import Message, _
from nastavnik_app.rules.school_year import Period
from nastavnik_app.rules.terms import infer_period

TITLE = re.compile(
	r"^[\s«\"*]*(?:(?:муниципальн|школьн|региональн|комплексн|перспективн|годов|календарн|примерн)\w+ )*(?:дорожная\s+карта|комплекс\s+мер|"
	r"план(?:-график)?(?:\s*$|\s+(?:мероприяти|работы|реализаци|внедрени|развити|организаци|по\s|наставнич))|"
	r"программа\s+(?:[«\"]?наставни|целев|внедрени))",
	re.I,
)
NO_TITLE = re.compile(
	r"^\s*(?:\d+(?:\.\d+)*\.?\s|[IVX]+\.\s|утвержд|согласован|принят|приложени|рассмотрен|таблица|срок|цель|задачи|период\b|форма\s+«|раздел\s|этап\s)",
	re.I,
)
QUOTED = r"(?:\s*«[^»]{3,140}»+|\s*\"[^\"]{3,140}\")"
FORM = r"\b(?:(?:М|Г|К|Ч|О|Ф|АН)(?:Б|А|К|О|Г|Н)?[А-ЯЁ]{0,4}(?:У|О)|ГБПОУ|ГАПОУ|МБДОУ|ГКОУ)(?:\s+(?:ДО|ДПО|СПО|ВО)\b)?"
ORGANIZATION = re.compile(
	rf"{FORM}(?:{QUOTED}(?:\s+(?:г\.|города|п\.|с\.)\s?[А-ЯЁ][а-яё-]+)?|\s+(?:[А-ЯЁ№][^,;:\n]{{2,110}}))"
	rf"|\b(?:СОШ|ООШ|НОШ|школа|школы|школе|гимнази[яию]|лице[йяе]|детский\s+сад|колледж|техникум)\s*(?:№\s*\d+|{QUOTED})[^,;:\n]{{0,40}}"
	r"|\b[А-ЯЁ][а-яё]+(?:ая|ой|ий|ого)\s+(?:СОШ|ООШ|НОШ|школ\w+|гимназ\w+|лице\w+)(?:[^,;:\n]{0,80})"
	r"|\b(?:Департамент|Управлени[ея]|Отдел|Комитет|Министерств[оа])\s+(?:по\s+)?образовани[^,;\n]{0,90}"
)
TAIL = re.compile(
	r"\s*(?:на\s+)?(?:период\s+)?(?:с\s+)?20\d\d.*$|\s+на\s+(?:учебный|календарный).*$", re.I | re.S
)
OWNER_KEY = re.compile(r"администратор|организаци|учреждени|разработчик|заказчик|школа", re.I)
LEVELS = (
	("kindergarten", r"детск\w+\s+сад|\b[А-ЯЁ]*ДОУ\b|дошкольн"),
	(
		"supplementary",
		r"\b(?:[А-ЯЁ]?ДДТ|ДЮСШ|ЦДТ|ДЮЦ|СЮТ|ЦДО|ДТДМ)\b|\bУ?\s?ДО\s|дополнительного\s+образования|дом\w*\s+(?:детского\s+)?творчества|дворец",
	),
	("college", r"колледж|техникум|\b[А-ЯЁ]*ПОУ\b|\bСПО\b"),
	(
		"municipality",
		r"муниципальн\w+\s+(?:целев|модел|дорожн|план|программ)|департамент|управлени\w+\s+образован|отдел\w*\s+образован|муниципалитет|муниципальн\w+\s+образовани",
	),
	("region", r"региональн\w+\s+(?:целев|модел|дорожн|план|программ)|министерств\w+\s+образован"),
)
PERIOD_HEADING = re.compile(
	r"срок\w*\s+(?:начала|реализаци|действи|исполнени|выполнени)|период\s+(?:реализаци|действи)", re.I
)
YEARS = re.compile(r"20\d\d")
SUBJECT = re.compile(r"программ|дорожн|план|модел", re.I)


def pairs(lines: list[Line], words: Words) -> dict[str, str]:
	"""Keys and values of a card; a line may hold two pairs."""
	found: dict[str, str] = {}
	for line in lines:
		texts = [words.join(cell.text) for cell in line if not cell.up and not is_blank(cell.text)]
		for key, value in zip(texts[::2], texts[1::2], strict=False):
			if len(key) <= 90:
				found.setdefault(key.rstrip(": "), value)
	return found


def is_card(lines: list[Line]) -> bool:
	"""Short keys with a value beside each, in two columns or twice two."""
	sizes = [len([cell for cell in line if not is_blank(cell.text)]) for line in lines]
	keyed = sum(size in (2, 4) for size in sizes) >= 0.7 * len(sizes)
	return bool(lines) and keyed and all(len(line[0].text) <= 120 for line in lines)


def title(paragraphs: list[Paragraph], words: Words) -> tuple[str | None, int]:
	"""The document's title, which may run over several lines, and the number of paragraphs up to its end."""
	for first, paragraph in enumerate(paragraphs[:40]):
		if not TITLE.match(paragraph.text) or NO_TITLE.match(paragraph.text) or len(paragraph.text) > 400:
			continue
		lines, after = [paragraph.text], first + 1
		while after < len(paragraphs) and len(lines) < 7:
			if paragraphs[after].gap or paragraphs[after].below:
				break
			text = paragraphs[after].text
			if (
				NO_TITLE.match(text)
				or text.rstrip().endswith((":", ";"))
				or len(text) > 250
				or text.lstrip()[:1] in "-–—•·"
			):
				break
			lines.append(text)
			after += 1
		return words.join("\n".join(lines)).strip("*_ "), after
	return None, 0


def organization(
	name: str | None, card: dict[str, str], paragraphs: list[Paragraph], words: Words
) -> str | None:
	"""Whose document it is: by the card, the title, a line of its own, then by the running text."""
	for key, value in card.items():
		if OWNER_KEY.search(key):
			return value
	lines = [words.join(paragraph.text) for paragraph in paragraphs]
	own_lines = [line for line in lines if len(line) < 140 and not line.endswith((";", ":"))]
	for text in (name, *own_lines, *lines):
		match = text and ORGANIZATION.search(text)
		if match:
			found = TAIL.sub("", match[0]).strip(' .«"_')
			if len(found) > 5:
				return found + ("»" if text[match.end() : match.end() + 1] == "»" and "«" in found else "")
	return None


def level(name: str | None, owner: str | None, card: dict[str, str], period: Period | None, text: str) -> str:
	"""Whose roadmap it is: school, supplementary, kindergarten, college, municipality, region, or a programme of years."""
	about = " ".join(text for text in (name, owner, *card.values()) if text)
	for found, pattern in LEVELS:
		if re.search(
			pattern, about, re.I if found not in ("supplementary", "kindergarten", "college") else 0
		) or (found in ("supplementary", "kindergarten", "college") and re.search(pattern, about.lower())):
			return found
	if period is not None and period.end.year - period.start.year >= 2 and "программ" in text.lower():
		return "programme"
	return "school"


def period_of(
	given: Period | None,
	name: str | None,
	card: dict[str, str],
	paragraphs: list[Paragraph],
	terms: list[str],
) -> tuple[Period | None, list[Message]]:
	"""The period to read terms against: given, stated in the document, or inferred from its rows."""
	stated = _stated(name, card, paragraphs)
	if given is not None:
		if stated is not None and (stated.end < given.start or given.end < stated.start):
			text = f"{stated.start:%d.%m.%Y} – {stated.end:%d.%m.%Y}"
			return given, [_("The document states another period than the one given: {0}").format(text)]
		return given, []
	if stated is not None:
		return stated, []
	inferred = infer_period([], terms)
	if inferred is None:
		return None, [
			_("No year is stated anywhere: give the period of the roadmap, or its terms stay without dates.")
		]
	text = f"{inferred.start:%d.%m.%Y} – {inferred.end:%d.%m.%Y}"
	return inferred, [_("The period is not stated; it was inferred from the rows: {0}").format(text)]


def _stated(name: str | None, card: dict[str, str], paragraphs: list[Paragraph]) -> Period | None:
	from_card = [
		f"{key}: {value}"
		for key, value in card.items()
		if YEARS.search(value) and (PERIOD_HEADING.search(key) or re.search(r"срок|период", key, re.I))
	]
	headed, about = [], []
	below = False
	for paragraph in paragraphs:
		text = tidy(paragraph.text)
		heading = len(text) < 120 and bool(PERIOD_HEADING.search(text))
		if YEARS.search(text) and (heading or below):
			headed.append(text)
		elif YEARS.search(text) and len(text) < 160 and SUBJECT.search(text):
			about.append(text)
		below = heading or (below and len(text) > 120)
	for lines in ([name] if name and YEARS.search(name) else [], from_card, headed, about):
		if lines:
			period = infer_period(lines, [])
			if period is not None and period.basis == "stated":
				return period
	return None


def missing_numbers(numbers: list[str]) -> list[Message]:
	"""Numbers that the № column leaves out between its first and its last."""
	plain = [int(match[1]) for text in numbers if (match := re.match(r"^(\d{1,3})\.?$", text.strip()))]
	if len(plain) < 4 or plain != sorted(set(plain)):
		return []
	gone = sorted(set(range(plain[0], plain[-1] + 1)) - set(plain))
	return (
		[_("There is no row number {0}").format(", ".join(str(number) for number in gone))]
		if 0 < len(gone) <= 3
		else []
	)


def describe(values: dict[str, Any], period: Period | None) -> dict[str, Any]:
	"""The `document` part of the answer."""
	return {
		"title": values.get("title"),
		"period_start": period.start if period else None,
		"period_end": period.end if period else None,
		"period_basis": period.basis if period else None,
		**{name: value for name, value in values.items() if name != "title"},
	}
