"""Styles of a printed page in Word: what gost.css says, as named styles that a school can change in one place.

Word shows its built-in styles in the reader's language, so those bear English names here and our own Russian ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from nastavnik_app.documents.docx.xml import node, twips

FONT = "Times New Roman"
LANGUAGE = "ru-RU"
LEFT, CENTER, RIGHT, JUSTIFY = "left", "center", "right", "both"
TEXT, TABLE = "text", "table"
PORTRAIT_WIDTH, LANDSCAPE_WIDTH = 180, 277
STAMP_INDENT = 0.6
FRAME_COLOR = "1F3864"
# numbers of the two lists that the styles of lists themselves belong to
POINTS, DASHES = 1, 2
DENSE = 8  # points
TABLE_GRID, TABLE_PLAIN = "TableGrid", "TablePlain"


@dataclass(frozen=True)
class Scale:
	"""Sizes of type in points, the indent of a first line and the space around a heading in mm."""

	text: float
	table: float
	indent: float
	heading: float


NORMAL = Scale(text=14, table=12, indent=12.5, heading=6)
SMALL = Scale(text=11.5, table=11, indent=10, heading=4)


@dataclass(frozen=True)
class Look:
	"""A paragraph style. `size` is of the scale or in points; indents and spaces are mm, None is of the scale."""

	name: str
	align: str = JUSTIFY
	size: str | float = TEXT
	bold: bool = False
	indented: bool = False
	left: float = 0
	right: float = 0
	before: float | None = 0
	after: float | None = 0
	keep_next: bool = False
	outline: int | None = None
	list_level: tuple[int, int] | None = None
	built_in: bool = False
	tracking: float = 0
	color: str | None = None
	line_below: bool = False
	spaced_as_block: bool = False


LOOKS = {
	"plain": Look("Normal", built_in=True),
	"text": Look("Body Text", indented=True, built_in=True),
	"title": Look("Title", CENTER, 16, bold=True, after=5, keep_next=True, tracking=1, built_in=True),
	"heading1": Look(
		"heading 1", CENTER, bold=True, before=None, after=None, keep_next=True, outline=0, built_in=True
	),
	"heading2": Look(
		"heading 2", CENTER, bold=True, before=4, after=2, keep_next=True, outline=1, built_in=True
	),
	"heading3": Look(
		"heading 3", CENTER, bold=True, before=4, after=2, keep_next=True, outline=2, built_in=True
	),
	"point1": Look("List Number", list_level=(POINTS, 0), indented=True, built_in=True),
	"point2": Look("List Number 2", list_level=(POINTS, 1), indented=True, built_in=True),
	"point3": Look("List Number 3", list_level=(POINTS, 2), indented=True, built_in=True),
	"dash1": Look("List Bullet", list_level=(DASHES, 0), indented=True, built_in=True),
	"dash2": Look("List Bullet 2", list_level=(DASHES, 1), indented=True, left=12.5, built_in=True),
	"dash3": Look("List Bullet 3", list_level=(DASHES, 2), indented=True, left=25, built_in=True),
	"item": Look("List Continue", indented=True, built_in=True),
	"header": Look("header", CENTER, 12, built_in=True),
	"head": Look("Бланк", CENTER),
	"founder": Look("Бланк (учредитель)", CENTER, 12),
	"name": Look("Бланк (наименование)", CENTER, bold=True),
	"contacts": Look("Бланк (контакты)", CENTER, 10, after=6, line_below=True),
	"mark": Look("Отметка", RIGHT, 12, bold=True),
	"center": Look("По центру", CENTER),
	"command": Look("Распорядительное слово", LEFT, before=4, after=4, keep_next=True),
	"dated": Look("Дата подписания", LEFT, before=4),
	"slogan": Look("Крупная строка", CENTER, 22, bold=True, before=8, after=8),
	"note": Look("Примечание", size=10),
	"stamp": Look("Гриф", LEFT, left=PORTRAIT_WIDTH * STAMP_INDENT, after=6, spaced_as_block=True),
	"stamp-landscape": Look(
		"Гриф (альбомный лист)", LEFT, left=LANDSCAPE_WIDTH * STAMP_INDENT, after=6, spaced_as_block=True
	),
	"title-framed": Look(
		"Грамота (название)", CENTER, 34, bold=True, before=30, after=8, tracking=2, color=FRAME_COLOR
	),
	"slogan-framed": Look("Грамота (имя)", CENTER, 28, bold=True, before=8, after=8),
	"center-framed": Look("Грамота (строка)", CENTER, 17, before=2, after=2),
	"sign-framed": Look("Грамота (подпись)", LEFT, before=32, after=10),
	"sign-right-framed": Look("Грамота (расшифровка подписи)", RIGHT, before=32, after=10),
	"cell": Look("Ячейка", LEFT, TABLE),
	"cell-center": Look("Ячейка (по центру)", CENTER, TABLE),
	"cell-head": Look("Шапка таблицы", CENTER, TABLE, bold=True, keep_next=True),
	"cell-section": Look("Раздел таблицы", CENTER, TABLE, bold=True, keep_next=True),
	"field": Look("Реквизит", LEFT),
	"field-label": Look("Реквизит (название)", LEFT, right=4),
	"field-right": Look("Реквизит (справа)", RIGHT),
	"sign": Look("Signature", LEFT, before=8, built_in=True),
	"sign-right": Look("Подпись (расшифровка)", RIGHT, before=8),
}
# Registers have so many columns that their type is small.
LOOKS |= {
	key.replace("cell", "dense"): replace(look, name=f"{look.name} реестра", size=DENSE)
	for key, look in LOOKS.items()
	if key.startswith("cell")
}
# A lying certificate is half as high, and so are its spaces.
LOOKS |= {
	f"{key}-landscape": replace(look, name=f"{look.name} лёжа", before=look.before / 2, after=look.after / 2)
	for key, look in LOOKS.items()
	if key.endswith("-framed")
}
# What the ribbon of Word offers from the start, used on this paper or not.
ALWAYS = ("plain", "text", "title", "heading1", "heading2", "heading3")
HEADINGS = ("Title", "Heading1", "Heading2", "Heading3")


class Styles:
	"""The styles of one document, each made when it is first needed.

	The first paper of a document sets the sizes; one of the other size gets styles of its own beside them.
	"""

	def __init__(self, document: Document, small: bool) -> None:
		self._styles = document.styles.element
		self._small = small
		self._made: set[str] = set()
		_clear(self._styles)
		_set_options(document.settings.element)
		for key in ALWAYS:
			self.of(key, small)

	def of(self, key: str, small: bool) -> str:
		"""The identifier of the style of a look."""
		look, own_size = LOOKS[key], small == self._small
		name = look.name if own_size else f"{look.name} ({'мелкий' if small else 'крупный'} шрифт)"
		identifier = _identifier(key) if own_size else f"{_identifier(key)}{'Small' if small else 'Large'}"
		if identifier not in self._made:
			self._add(identifier, name, look.built_in and own_size, *_formatting(key, small))
		return identifier

	def gap(self, height: float) -> str:
		"""The identifier of the style of an empty line, `height` mm high."""
		identifier = f"Gap{twips(height)}"
		if identifier not in self._made:
			layout = node(
				"pPr",
				node("keepNext"),
				node("spacing", before=0, after=0, line=twips(height), lineRule="exact"),
			)
			self._add(identifier, f"Просвет {height:.1f} мм".replace(".", ","), False, layout, _type(1))
		return identifier

	def _add(self, identifier: str, name: str, built_in: bool, *formatting: BaseOxmlElement) -> None:
		self._made.add(identifier)
		style = node("style", node("name", val=name), type="paragraph", styleId=identifier)
		if identifier == "Normal":
			style.set(qn("w:default"), "1")
		else:
			style.append(node("basedOn", val="Normal"))
		if not built_in:
			style.set(qn("w:customStyle"), "1")
		if identifier in HEADINGS:
			style.append(node("next", val="BodyText"))
		style.extend([node("uiPriority", val=1), node("qFormat"), *formatting])
		self._styles.append(style)


def _identifier(key: str) -> str:
	look = LOOKS[key]
	if look.built_in:
		return look.name[0].upper() + look.name[1:].replace(" ", "")
	return "Nastavnik" + "".join(part.capitalize() for part in key.split("-"))


def spaces(key: str, small: bool) -> tuple[float, float]:
	"""Spaces before and after a paragraph, mm."""
	look, scale = LOOKS[key], SMALL if small else NORMAL
	return (
		scale.heading if look.before is None else look.before,
		scale.heading if look.after is None else look.after,
	)


def indent(key: str, small: bool) -> BaseOxmlElement:
	"""`w:ind` of a look."""
	look, scale = LOOKS[key], SMALL if small else NORMAL
	first_line = twips(scale.indent) if look.indented else 0
	return node("ind", left=twips(look.left), right=twips(look.right), firstLine=first_line)


def _formatting(key: str, small: bool) -> tuple[BaseOxmlElement, BaseOxmlElement]:
	"""`w:pPr` and `w:rPr` of a style."""
	look, scale = LOOKS[key], SMALL if small else NORMAL
	before, after = spaces(key, small)
	border = node("bottom", val="single", sz=8, space=4, color="000000") if look.line_below else None
	layout = node(
		"pPr",
		node("keepNext") if look.keep_next else None,
		list_properties(*look.list_level) if look.list_level else None,
		node("pBdr", border) if look.line_below else None,
		node("spacing", before=twips(before), after=twips(after), line=240, lineRule="auto"),
		indent(key, small),
		# the space stands after the last line of a block, and not between its lines
		node("contextualSpacing") if look.spaced_as_block else None,
		node("jc", val=look.align),
		node("outlineLvl", val=look.outline) if look.outline is not None else None,
	)
	size = {TEXT: scale.text, TABLE: scale.table}.get(look.size, look.size)
	return layout, _type(size, look.bold, look.tracking, look.color)


def list_properties(number: int, level: int) -> BaseOxmlElement:
	"""`w:numPr`: which list a paragraph belongs to, and its level from 0."""
	return node("numPr", node("ilvl", val=level), node("numId", val=number))


def _type(size: float, bold: bool = False, tracking: float = 0, color: str | None = None) -> BaseOxmlElement:
	"""`w:rPr`: `size` and `tracking` in points."""
	half_points = round(size * 2)
	return node(
		"rPr",
		node("b") if bold else None,
		node("color", val=color) if color else None,
		node("spacing", val=round(tracking * 20)) if tracking else None,
		node("sz", val=half_points),
		node("szCs", val=half_points),
	)


def _clear(styles: BaseOxmlElement) -> None:
	"""Removes the styles of python-docx's own template and sets the defaults and the two styles of tables."""
	for style in styles.xpath("w:style[not(@w:styleId='DefaultParagraphFont' or @w:styleId='NoList')]"):
		styles.remove(style)
	(defaults,) = styles.xpath("w:docDefaults")
	fonts = node("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
	language = node("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA")
	defaults[:] = [node("rPrDefault", node("rPr", fonts, language)), node("pPrDefault")]
	sides = ("top", "left", "bottom", "right", "insideH", "insideV")
	borders = node("tblBorders", *(node(side, val="single", sz=6, space=0, color="000000") for side in sides))
	styles.append(_table_style("TableNormal", "Normal Table", None, (0, 0)))
	styles.append(_table_style(TABLE_GRID, "Table Grid", borders, (1, 1.5)))
	styles.append(_table_style(TABLE_PLAIN, "Таблица без границ", None, (0.5, 0)))


def _set_options(settings: BaseOxmlElement) -> None:
	"""Word of today, in Russian, and a line that ends in a break is not stretched to the margin."""
	(compatibility,) = settings.xpath("w:compat")
	mode = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": 15}
	compatibility[:] = [node("doNotExpandShiftReturn"), node("compatSetting", **mode)]
	(language,) = settings.xpath("w:themeFontLang")
	language.attrib.clear()
	language.set(qn("w:val"), LANGUAGE)


def _table_style(
	identifier: str, name: str, borders: BaseOxmlElement | None, padding: tuple[float, float]
) -> BaseOxmlElement:
	"""`padding`: above and below a cell's text, and at its sides, in mm."""
	style = node("style", node("name", val=name), type="table", styleId=identifier)
	if identifier == "TableNormal":
		style.set(qn("w:default"), "1")
	else:
		style.append(node("basedOn", val="TableNormal"))
	vertical, horizontal = ({"w": twips(side), "type": "dxa"} for side in padding)
	margins = node(
		"tblCellMar",
		node("top", **vertical),
		node("left", **horizontal),
		node("bottom", **vertical),
		node("right", **horizontal),
	)
	style.extend(
		[node("uiPriority", val=39), node("tblPr", node("tblInd", w=0, type="dxa"), borders, margins)]
	)
	return style
