"""Word's automatic list numbers: what the reader of the page sees and the text does not hold."""

from __future__ import annotations

from docx.oxml.ns import qn

ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
LETTERS = {"lowerLetter": "abcdefghijklmnopqrstuvwxyz", "russianLower": "абвгдежзиклмнопрстуфхцчшщэюя"}


def _roman(number: int) -> str:
	text = ""
	for value, sign in ROMAN:
		while number >= value:
			text, number = text + sign, number - value
	return text


def _written(number: int, form: str) -> str:
	if form == "decimalZero":
		return f"{number:02d}"
	if form in ("lowerRoman", "upperRoman"):
		return _roman(number) if form == "lowerRoman" else _roman(number).upper()
	letters = LETTERS.get(form[:1].lower() + form[1:].replace("upper", "lower")) or LETTERS.get(
		form.replace("upper", "lower").replace("Upper", "Lower")
	)
	if letters:
		letter = letters[(number - 1) % len(letters)]
		return letter.upper() if "pper" in form else letter
	return str(number)


def _value(element, path: str) -> str | None:
	found = element.find(qn(path)) if element is not None else None
	return found.get(qn("w:val")) if found is not None else None


class Numbering:
	"""Counts the numbered paragraphs of one document, in the order they are met."""

	def __init__(self, numbering, styles):
		self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
		self._list_of: dict[str, str] = {}
		self._counters: dict[str, dict[int, int]] = {}
		self._by_style = self._read_styles(styles)
		if numbering is not None:
			self._read_lists(numbering)

	def _read_lists(self, numbering) -> None:
		abstract = {}
		for element in numbering.findall(qn("w:abstractNum")):
			levels = {}
			for level in element.findall(qn("w:lvl")):
				start = _value(level, "w:start") or "1"
				levels[int(level.get(qn("w:ilvl")) or 0)] = (
					_value(level, "w:numFmt") or "decimal",
					_value(level, "w:lvlText") or "",
					int(start) if start.isdigit() else 1,
				)
			abstract[element.get(qn("w:abstractNumId"))] = levels
		for element in numbering.findall(qn("w:num")):
			number, source = element.get(qn("w:numId")), _value(element, "w:abstractNumId")
			levels = dict(abstract.get(source, {}))
			own = False
			for override in element.findall(qn("w:lvlOverride")):
				start = _value(override, "w:startOverride")
				index = int(override.get(qn("w:ilvl")) or 0)
				if start and start.isdigit() and index in levels:
					levels[index] = (*levels[index][:2], int(start))
					own = True
			self._levels[number] = levels
			# lists of one definition go on counting, unless the list says where it starts
			self._list_of[number] = f"num{number}" if own else f"abstract{source}"

	@staticmethod
	def _read_styles(styles) -> dict[str, tuple[str, int]]:
		found = {}
		for style in styles.findall(qn("w:style")) if styles is not None else ():
			properties = style.find(qn("w:pPr"))
			numbered = properties.find(qn("w:numPr")) if properties is not None else None
			if numbered is not None and _value(numbered, "w:numId"):
				level = _value(numbered, "w:ilvl") or "0"
				found[style.get(qn("w:styleId"))] = (_value(numbered, "w:numId"), int(level))
		return found

	def marker(self, paragraph) -> str:
		"""The number or bullet Word draws before this `w:p`, or an empty text."""
		properties = paragraph.find(qn("w:pPr"))
		if properties is None:
			return ""
		numbered = properties.find(qn("w:numPr"))
		if numbered is not None:
			number, index = _value(numbered, "w:numId"), int(_value(numbered, "w:ilvl") or 0)
		else:
			number, index = self._by_style.get(_value(properties, "w:pStyle") or "", ("0", 0))
		level = self._levels.get(number or "0", {}).get(index)
		if level is None:
			return ""
		form, pattern, _start = level
		if form == "bullet":
			return "•"
		if form == "none":
			return ""
		return self._count(number, index, pattern)

	def _count(self, number: str, index: int, pattern: str) -> str:
		levels = self._levels[number]
		counters = self._counters.setdefault(self._list_of[number], {})
		counters[index] = counters.get(index, levels[index][2] - 1) + 1
		for deeper in [level for level in counters if level > index]:
			del counters[deeper]
		text = pattern
		for level, (form, _pattern, start) in levels.items():
			text = text.replace(f"%{level + 1}", _written(counters.get(level, start), form))
		return text.strip()
