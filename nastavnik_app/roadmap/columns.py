"""What the columns of a table mean: by their headings, in any order and wording, or by what stands below them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from nastavnik_app.roadmap.cells import ONLY_NUMBER, is_blank, tidy
from nastavnik_app.roadmap.headings import (
	BEGIN,
	CONTENT,
	DOCUMENT,
	END,
	INDICATOR,
	KIND,
	MONTH,
	NEUTRAL,
	NUMBER,
	OTHER,
	RESPONSIBLE,
	RESULT,
	SIGNATURE,
	STAGE,
	STEMS,
	TERM,
	TITLE,
	VALUE,
)
from nastavnik_app.roadmap.sources.blocks import Cell, Line

NUMBER_HEADING = re.compile(
	r"^(?:(?:№+|n+|no|#|номер|nº)[\s.]*(?:п\s*[/.\\]?\s*п\.?)?|п\s*[/.\\]\s*п\.?|№\s*\w{0,8})\s*\.?$", re.I
)
BEGIN_STEM, END_STEM = re.compile(r"\bнач|\bстарт|\bс$"), re.compile(r"оконч|заверш|конец|конеч|\bпо$")
YEAR_HEADING = re.compile(r"(?<!\d)20\d\d(?!\d)")
HEADING_WORD = re.compile(r"[a-zа-яё№%#]+|\d+", re.I)
LONGEST_HEADING = 160
FIRST_ARE_STRONGER = 0.75

MONTH_STEM = r"(?:январ|феврал|март|апрел|ма[йяе]\b|июн|июл|август|сентябр|октябр|ноябр|декабр)"
TERM_LIKE = re.compile(
	rf"\b{MONTH_STEM}|\d{{1,2}}\s?\.\s?\d{{1,2}}(?!\d)|\b\d{{1,2}}\.20\d\d|^\s*(?:до|с|к|не позднее)\s+\d|\b20\d\d\b|"
	r"ежегодн|ежемесячн|ежеквартальн|еженедельн|ежедневн|ежечетверт|постоянн|регулярн|систематич|периодич|"
	r"в\s+течени[еи]|на\s+протяжени|весь\s+период|всего\s+периода|в\s+период|раз(?:а)?\s+в\s|по\s+мере|(?:^|[,;(])\s*по\s+(?:отдельн|план|график|"
	r"итог|завершени|окончани|запрос|необходим|согласован)|полугоди|квартал|четверт[ьи]|триместр|декад|каникул|учебн\w*\s+год|"
	r"в\s+соответстви\w+\s+с\s+(?:план|график)|рабочих\s+дн|в\s+начале|в\s+конце|весной|осенью|зимой|летом|^\s*после\s+\w+",
	re.I,
)
MONTH_HEADING = re.compile(
	r"^(?:[^:]*: ?)?(янв(?:арь)?|фев(?:р|раль)?|март?|апр(?:ель)?|май|июнь?|июль?|авг(?:уст)?|сент?(?:ябрь)?|окт(?:ябрь)?"
	r"|нояб?(?:рь)?|дек(?:абрь)?)\.?(?: ?20\d\d(?: ?г\.?)?)?$",
	re.I,
)
FEWEST_MONTHS = 3  # so many columns with the names of months make a calendar
NO_HEADING = re.compile(
	rf"^\s*\d|.*\b{MONTH_STEM}|.*\d\.\d\d?\.\d|^\s*(?:еже|постоянн|в\s+течени)", re.I | re.S
)
PERSON = re.compile(
	r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?[А-ЯЁ]?\.?|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+"
)
ROLE_LIKE = re.compile(
	r"\b(?:директор|заместител|зам\b|завуч|куратор|наставник|методист|руководител|педагог|психолог|учител|администрац|"
	r"координатор|тьютор|классн|воспитател|заведующ|председател|рабоч\w+ групп|проектн\w+ групп|совет|комисси|школ|департамент|"
	r"отдел|управлени|центр|специалист|секретар|библиотекар|логопед|мастер|ответственн|оо\b|моо\b|дпо\b|шмо\b|оу\b)",
	re.I,
)


@dataclass
class Column:
	"""What the cells from place `start` up to `end` mean."""

	role: str
	heading: str
	start: int
	end: int  # exclusive


@dataclass
class Columns:
	"""The columns of one table. `guessed`: no heading was found, the cells decided."""

	columns: list[Column] = field(default_factory=list)
	guessed: bool = False

	def __iter__(self):
		return iter(self.columns)

	def __len__(self) -> int:
		return len(self.columns)

	@property
	def roles(self) -> list[str]:
		"""What each column means, from the left."""
		return [column.role for column in self.columns]

	@property
	def headings(self) -> list[str]:
		"""What stands over each column, from the left."""
		return [column.heading for column in self.columns]

	@property
	def has_term(self) -> bool:
		"""Whether any column says when."""
		return any(role in (TERM, BEGIN, END, MONTH) for role in self.roles)

	@property
	def are_tasks(self) -> bool:
		"""A table of tasks says what is done, and when or by whom."""
		roles = set(self.roles)
		says_what = roles & {TITLE, CONTENT, STAGE}
		return bool(
			says_what
			and (self.has_term or RESPONSIBLE in roles)
			and SIGNATURE not in roles
			and VALUE not in roles
		)

	@property
	def are_indicators(self) -> bool:
		"""A table of indicators names them with their values, and neither contents nor signatures."""
		roles = set(self.roles)
		return bool(INDICATOR in roles and VALUE in roles and not roles & {CONTENT, SIGNATURE})


@lru_cache(maxsize=4096)
def heading_scores(text: str) -> tuple[dict[str, float], float]:
	"""How strongly a heading speaks for each role, and the share of its words that belong to headings at all."""
	plain = tidy(text).strip().lower().replace("ё", "е")
	plain = re.sub(r"(\w)-\s+(?!(?:и|или)\b)(?=[а-я])", r"\1", plain)  # a word cut by the end of a line
	if NUMBER_HEADING.match(plain):
		return {NUMBER: 9.0}, 1.0
	words = HEADING_WORD.findall(re.sub(r"ф\.?\s*и\.?\s*о\b\.?", "фио", plain))
	if not words:
		return {}, 0.0
	scores: dict[str, float] = {}
	known = 0
	for position, word in enumerate(words):
		best = 0.0
		for role, stems in STEMS.items():
			weight = max(
				(value for stem, value in stems.items() if word.startswith(stem.replace("ё", "е"))),
				default=0.0,
			)
			if weight:
				scores[role] = scores.get(role, 0.0) + weight * FIRST_ARE_STRONGER**position
				best = max(best, weight)
		known += bool(best or NEUTRAL.match(word) or YEAR_HEADING.fullmatch(word))
	if TERM in scores or len(words) <= 3:
		begins, ends = bool(BEGIN_STEM.search(plain)), bool(END_STEM.search(plain))
		if begins != ends:
			scores[BEGIN if begins else END] = scores.get(TERM, 0.0) + 3
	if RESPONSIBLE in scores and "подпис" not in plain:
		scores.pop(SIGNATURE, None)  # «ФИО, должность ответственного»
	if YEAR_HEADING.search(plain):
		scores[VALUE] = scores.get(VALUE, 0.0) + 4
	return scores, known / len(words)


def assign_roles(headings: list[str]) -> list[str]:
	"""One role for each heading; each role is given once, to the heading that speaks strongest for it."""
	table = [heading_scores(heading)[0] for heading in headings]
	several = {OTHER, VALUE, SIGNATURE}
	ranked = sorted(
		(
			(score, -index, role)
			for index, scores in enumerate(table)
			for role, score in scores.items()
			if score >= 0.8
		),
		reverse=True,
	)
	roles: list[str | None] = [None] * len(headings)
	taken: set[str] = set()
	for _score, index, role in ranked:
		if roles[-index] is None and (role in several or role not in taken):
			roles[-index] = role
			taken.add(role)
	result = [role or OTHER for role in roles]
	months = [index for index, heading in enumerate(headings) if MONTH_HEADING.match(heading.strip())]
	if len(months) >= FEWEST_MONTHS:
		result = [MONTH if index in months else role for index, role in enumerate(result)]
	if RESULT not in result and DOCUMENT in result:
		result[result.index(DOCUMENT)] = RESULT
	if BEGIN in result and END not in result and TERM not in result:
		result[result.index(BEGIN)] = TERM
	if END in result and BEGIN not in result:
		result[result.index(END)] = TERM if TERM not in result else OTHER
	if TERM in result and BEGIN in result:
		result[result.index(TERM)] = OTHER
	if not {TITLE, CONTENT, STAGE, INDICATOR}.intersection(result) and KIND in result:
		result[result.index(KIND)] = TITLE
	return result


@lru_cache(maxsize=16384)
def is_term_like(text: str) -> bool:
	"""Whether a cell reads like an entry of «Сроки»."""
	return len(text) <= 140 and bool(TERM_LIKE.search(text))


@lru_cache(maxsize=16384)
def is_person_like(text: str) -> bool:
	"""Whether a cell names a person or a post."""
	return len(text) <= 260 and bool(PERSON.search(text) or ROLE_LIKE.search(text))


def heading_share(text: str) -> float:
	"""Which part of the words, from 0 to 1, headings of such tables use; 0 for what cannot be a heading."""
	if not text.strip() or len(text) > LONGEST_HEADING:
		return 0.0
	scores, known = heading_scores(text)
	return known if scores and max(scores.values()) >= 1 else 0.0


def is_header(line: Line) -> bool:
	"""Whether the cells of a line read as the headings of a table."""
	cells = [cell for cell in line if not is_blank(cell.text)]
	months = sum(bool(MONTH_HEADING.match(cell.text.strip())) for cell in cells)
	if months >= FEWEST_MONTHS:
		cells = [cell for cell in cells if not MONTH_HEADING.match(cell.text.strip())]
		cells.append(Cell("месяц"))
	if len(cells) < 2 or any(len(cell.text) > LONGEST_HEADING for cell in cells):
		return False
	if any(NO_HEADING.match(cell.text) and not YEAR_HEADING.match(cell.text.strip()) for cell in cells):
		return False
	known = [heading_share(cell.text) for cell in cells]
	if sum(share >= 0.6 for share in known) < max(2, 0.6 * len(cells)):
		return False
	roles = set(assign_roles([cell.text for cell in cells])) - {OTHER}
	enough = len(roles) >= min(3, len(cells)) or (len(roles) == 2 and len(cells) <= 4)
	says_what = roles & {TITLE, CONTENT, STAGE, INDICATOR, RESULT, SIGNATURE}
	return enough and bool(says_what)


def is_numbering(line: Line) -> bool:
	"""The line «1 | 2 | 3 …» that some forms put under the headings."""
	texts = [cell.text.strip().rstrip(".") for cell in line if cell.text.strip()]
	return len(texts) > 2 and texts == [str(number) for number in range(1, len(texts) + 1)]


def read_header(lines: list[Line], first: int) -> tuple[Columns, int]:
	"""Columns from the header that begins at `first`, and the number of lines it takes (1 to 3)."""
	header = [Cell(cell.text, cell.start, cell.span) for cell in lines[first]]
	height = 1
	while height < 3 and first + height < len(lines) and _is_subheader(header, lines[first + height]):
		header = _under(header, lines[first + height])
		height += 1
	if first + height < len(lines) and is_numbering(lines[first + height]):
		height += 1
	headings = [" ".join(cell.text.split()) for cell in header]
	roles = assign_roles(headings)
	return Columns(
		[
			Column(role, heading, cell.start, cell.start + cell.span)
			for role, heading, cell in zip(roles, headings, header, strict=True)
		]
	), height


def _is_subheader(header: Line, line: Line) -> bool:
	"""A second line of headings: it only divides the wide cells above it, the others go on or are empty."""
	own = [cell for cell in line if not cell.up and not is_blank(cell.text)]
	if not own or len(own) >= len(line) or any(len(cell.text) > 60 for cell in own):
		return False
	if any(ONLY_NUMBER.match(cell.text.strip()) for cell in own):
		return False
	if any(cell.up for cell in line):
		return all(cell.up or _divides(header, cell) for cell in line)
	if len(own) < 2 and len(line) <= len(header):
		return False
	return (
		all(
			heading_share(cell.text) >= 0.5 or YEAR_HEADING.search(cell.text) or len(cell.text) < 14
			for cell in own
		)
		and all(heading_share(cell.text) >= 0.5 or MONTH_HEADING.match(cell.text.strip()) for cell in own[:1])
		and not _named(header, line, own)
	)


def _divides(header: Line, cell: Cell) -> bool:
	above = next((top for top in header if top.start <= cell.start < top.start + top.span), None)
	return above is not None and (above.span > cell.span or not cell.text.strip())


def _named(header: Line, line: Line, own: list[Cell]) -> bool:
	"""Whether a cell stands below a narrow heading of its own, as it does in a row of the table."""
	if len(line) > len(header):
		return False
	tops = {top.start: top for top in header}
	first = own[0].start
	return any(
		(top := tops.get(cell.start)) is not None
		and top.text.strip()
		and top.span == 1
		and cell.start != first
		for cell in own
	)


def _under(header: Line, line: Line) -> Line:
	"""The lowest headings, each with the words of the wide heading above it."""
	own = [cell for cell in line if not cell.up and not is_blank(cell.text)]
	missing = len(line) - len(header)
	if missing > 0 and all(top.span == 1 for top in header):  # a text: the wide heading was written once
		at = min(own[0].start, len(header) - 1)
		texts = (
			[top.text for top in header[: at + 1]] + [""] * missing + [top.text for top in header[at + 1 :]]
		)
		header = [Cell(text, start) for start, text in enumerate(texts)]
	wide = ""
	result = []
	for cell in line:
		above = next((top for top in header if top.start <= cell.start < top.start + top.span), None)
		text = above.text if above else ""
		below = "" if cell.up or is_blank(cell.text) else cell.text
		if below:
			text = wide = text or wide
		result.append(Cell(f"{text}: {below}" if text and below else text or below, cell.start, cell.span))
	return result


def guess_columns(lines: list[Line]) -> Columns | None:
	"""Columns of a table without headings, by what most of its cells hold; None when they do not tell."""
	rows = [line for line in lines if sum(not is_blank(cell.text) for cell in line) > 1]
	width = max((len(line) for line in rows), default=0)
	if width < 3 or len(rows) < 2:
		return None
	whole = [line for line in rows if len(line) == width]
	cells = [[line[index].text.strip() for line in whole] for index in range(width)]
	roles: list[str | None] = [None] * width
	if _share(cells[0], lambda text: bool(re.match(r"^\d+(?:\.\d+)*\.?$", text))) >= 0.6:
		roles[0] = NUMBER
	free = [index for index in range(width) if roles[index] is None]
	dated = {
		index: _share(cells[index], lambda text: len(text) < 80 and is_term_like(text)) for index in free
	}
	term = max(dated, key=dated.get)
	if dated[term] < 0.5:
		return None
	roles[term] = TERM
	second = [index for index in free if index == term + 1 and dated[index] >= 0.7]
	if second:
		roles[term], roles[term + 1] = BEGIN, END
	named = {
		index: _share(cells[index], is_person_like) - len(max(cells[index], key=len)) / 400
		for index in free
		if not roles[index]
	}
	if named and max(named.values()) > 0.4 and len(named) > 1:
		roles[max(named, key=named.get)] = RESPONSIBLE
	before = [index for index in range(width) if roles[index] is None]
	for index, role in zip(before, _text_roles(before, term, cells), strict=True):
		roles[index] = role
	starts = whole[0]
	return Columns(
		[
			Column(role or OTHER, "", cell.start, cell.start + cell.span)
			for role, cell in zip(roles, starts, strict=True)
		],
		guessed=True,
	)


def _share(texts: list[str], holds: Callable[[str], bool]) -> float:
	filled = [text for text in texts if not is_blank(text)]
	return sum(holds(text) for text in filled) / len(filled) if filled else 0.0


def _text_roles(free: list[int], term: int, cells: list[list[str]]) -> Iterable[str]:
	left = [index for index in free if index < term]
	order = {1: [TITLE], 2: [TITLE, CONTENT], 3: [STAGE, TITLE, CONTENT]}.get(len(left), [OTHER] * len(left))
	if len(left) == 2 and cells[left[0]].count("") > cells[left[1]].count(""):
		order = [STAGE, TITLE]
	right = [TITLE, RESULT, INDICATOR] if not left else [RESULT, INDICATOR]
	rest = len(free) - len(left)
	return [*order, *(right + [OTHER] * rest)[:rest]]
