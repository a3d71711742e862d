"""Words of a roadmap's terms: a cell's text → tokens with a meaning each.

Letters are lowered, ё = е, Latin look-alikes become Cyrillic, all dashes become "-". A word that is one misprint away
from a known one is taken for it and marked `guessed`, so that the reader can ask.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

MAX_LENGTH = 2000  # a cell longer than this is prose, not a term
LONGEST_WORD = 40
LONGEST_CELL = 20_000  # what follows in a cell is not looked at

_LOOKALIKES = str.maketrans("aceopxykmthbACEOPXYKMTHB", "асеорхукмтнвАСЕОРХУКМТНВ")
_DASHES = str.maketrans(
	{"\\": "/"} | {c: "-" for c in "‐‑‒–—―−~∼～﹣－"} | {c: " " for c in "\u00ad\u200b\ufeff"}
)
_MONTH = r"(?:ь|я|ю|е|ем)?"
_SIMPLE = r"(?:а|у|е|ом)?"
_MONTHS: tuple[str, ...] = (
	rf"янв(?:ар{_MONTH})?",
	rf"фев(?:р(?:ал{_MONTH})?)?",
	rf"мар(?:т{_SIMPLE})?",
	rf"апр(?:ел{_MONTH})?",
	r"ма(?:й|я|ю|е|ем)",
	rf"июн{_MONTH}",
	rf"июл{_MONTH}",
	rf"авг(?:уст{_SIMPLE})?",
	rf"сен(?:т(?:ябр{_MONTH})?)?",
	rf"окт(?:ябр{_MONTH})?",
	rf"ноя(?:б(?:р{_MONTH})?)?",
	rf"дек(?:абр{_MONTH})?",
)
# pattern, kind, value. Kinds are what the grammar asks for; the first fitting line wins.
_WORDS: tuple[tuple[str, str, Any], ...] = (
	*((pattern, "month", number) for number, pattern in enumerate(_MONTHS, 1)),
	(r"ежедневн\w*", "every", "daily"),
	(r"еженедельн\w*|понедельно", "every", "weekly"),
	(r"ежемесячн\w*|помесячно", "every", "monthly"),
	(r"ежеквартальн\w*|поквартально", "every", "quarterly"),
	(r"ежечетвертн\w*", "every", "every school quarter"),
	(r"ежесеместров\w*|посеместрово", "every", "half-yearly"),
	(r"ежетриместров\w*", "every", "every trimester"),
	(r"ежегодн\w*", "every", "yearly"),
	(r"кажд\w{2,3}", "each", None),
	(r"день|дня|дни|дней|дню|дням|сутки|суток", "unit", "day"),
	(r"недел\w{1,3}|нед", "unit", "week"),
	(r"месяц\w{0,3}|мес", "unit", "month"),
	(r"квартал\w{0,3}|кв", "unit", "quarter"),
	(r"четверт(?:ь|и|ью|ей|ям|ях)|четв", "unit", "school_quarter"),
	(r"полугод(?:ие|ия|ию|ий|иям|ии|ием|иях)|полугодье|полгода|семестр\w{0,2}", "unit", "half_year"),
	(r"триместр\w{0,3}", "unit", "trimester"),
	(r"декад(?:а|ы|е|у|ой)", "unit", "decade"),
	(r"половин(?:а|ы|е|у|ой)|пол", "unit", "half"),
	(r"год|года|году|годом|годы|годов|годам|годах|лет|г|гг|гг?ода|r", "unit", "year"),
	(r"учебн\w+|уч", "school", None),
	(r"календарн\w+|рабоч\w{2,3}|банковск\w{2,3}", "calendar", None),
	(r"период\w{0,3}|срок(?:а|е|у|ом)?|времен(?:и|ем)|время", "period", None),
	(r"начал(?:о|а|е|у|ом)|нач", "part", "start"),
	(r"середин(?:а|ы|е|у|ой)|сер", "part", "middle"),
	(r"кон(?:ец|ца|це|цу|цом)?", "part", "end"),
	(r"окончан\w{2,3}|завершен\w{2,3}|итог(?:ам|и|у)|результат(?:ам|ы)|заверш[ие]нию", "finish", None),
	(r"понедельник\w{0,3}", "weekday", 0),
	(r"вторник\w{0,3}", "weekday", 1),
	(r"сред(?:а|у|ы|ам)", "weekday", 2),
	(r"четверг\w{0,3}", "weekday", 3),
	(r"пятниц\w{1,3}", "weekday", 4),
	(r"суббот\w{1,3}", "weekday", 5),
	(r"воскресен\w{2,3}", "weekday", 6),
	(r"зим(?:а|ы|ой|у)", "season", "winter"),
	(r"весн(?:а|ы|ой|у)", "season", "spring"),
	(r"лет(?:о|ом)|лета", "season", "summer"),
	(r"осен(?:ь|и|ью)", "season", "autumn"),
	(r"зимн\w{2,3}|новогодн\w{2,3}|рождественск\w{2,3}", "seasonal", "winter"),
	(r"весенн\w{2,3}", "seasonal", "spring"),
	(r"летн\w{2,3}", "seasonal", "summer"),
	(r"осенн\w{2,3}", "seasonal", "autumn"),
	(r"каникул\w{0,3}|каникулярн\w{2,3}", "holidays", None),
	(r"перв(?:ый|ая|ое|ой|ого|ом|ую|ые|ых|ому)", "ordinal", 1),
	(r"втор(?:ой|ая|ое|ого|ом|ую|ому)", "ordinal", 2),
	(r"трет(?:ий|ья|ье|ьей|ьего|ьем|ью|ьему)", "ordinal", 3),
	(r"четверт(?:ый|ая|ое|ой|ого|ом|ую|ому)", "ordinal", 4),
	(r"последн(?:ий|яя|ее|ей|его|ем|юю|ие|их)", "ordinal", -1),
	(r"один|одн(?:а|у|ого|ой|ому)|однократно|единожды", "number", 1),
	(r"дв(?:а|е|ух|ум)|дважды", "number", 2),
	(r"три|тр(?:ех|ем)|трижды", "number", 3),
	(r"четыре(?:х|м|жды)?", "number", 4),
	(r"пят(?:ь|и)", "number", 5),
	(r"десят(?:ь|и)", "number", 10),
	(r"раз|раза|разу|р", "times", None),
	(r"числ(?:о|а|у|е|ах|ам)", "number_of_month", None),
	(r"в?течени[еи]|теч|течен[ьъ][еи]|продолжени[еи]|протяжени[еи]|ходе|процессе|рамках", "during", None),
	(r"не", "not", None),
	(r"позднее|позже|поздней", "later", None),
	(r"реже|менее|меньше", "less", None),
	(r"чем", "than", None),
	(r"ранее|раньше", "earlier", None),
	(r"с|со|начиная", "from", None),
	(r"от", "of", None),
	(r"до", "until", None),
	(r"по|при", "by", None),
	(r"к|ко", "to", None),
	(r"в|во|на|за", "in", None),
	(r"и|или|либо|а|также", "and", None),
	(r"после|спустя|через|перед|накануне|одновременно|сразу", "after", None),
	(r"вс(?:ех|его|ей|е|ю|ем)|весь|кругл\w{2,3}", "whole", None),
	(
		r"постоянн\w+|систематическ\w+|регулярн\w+|непрерывно|круглогодично|беспрерывно|бессрочно",
		"always",
		None,
	),
	(r"далее|затем", "onwards", None),
	(r"этап\w{0,3}", "stages", None),
	(
		r"программы|проекта|реализаци\w{1,3}|действи(?:я|е|и)|внедрени\w{1,2}|существовани\w{1,2}",
		"carrying_out",
		None,
	),
	(r"мер(?:е|у)", "as", None),
	(r"необходимост\w{1,2}|потребност\w{1,2}|поступлени\w|возможност\w{1,2}|готовност\w{1,2}", "need", None),
	(r"надобност\w{1,2}|выявлени\w|возникновени\w|появлени\w|обращени\w{1,3}|запрос\w{0,3}", "need", None),
	(r"согласован\w{2,4}|требовани\w{1,2}|заявк\w{1,2}|заявкам|факту|приглашени\w{1,3}", "need", None),
	(r"план\w{0,3}|график\w{0,3}|расписани\w{1,2}|договоренности|программ(?:е|ой)", "plan", None),
	(r"циклограмм\w{1,2}|положени(?:ю|ем)|распоряжени(?:ю|ем)|приказу|решению", "plan", None),
	(r"соответстви[ие]|согласно|установленн\w+|назначенн\w+|определенн\w+|указанн\w+", "according", None),
	(
		r"порядке|периодическ\w+|эпизодическ\w+|оперативно|немедленно|незамедлительно|ситуативно|своевременно|кратчайш\w+|случае",
		"open",
		None,
	),
	(r"включительно", "inclusive", None),
	(r"следующ\w{2,3}|последующ\w{2,3}|нов(?:ого|ый|ом)|предыдущ\w{2,3}|прошл\w{2,3}", "other", None),
	(r"текущ\w{2,3}|эт(?:ого|от|ом)|настоящ\w{2,3}|соответствующ\w{2,3}|отчетн\w{2,3}", "this", None),
	(r"ориентировочно|предварительно|примерно|около|приблизительно", "about", None),
	(r"сроки|дата|исполнени[яе]|выполнени[яе]|проведени[яе]|осуществля\w+|реализу\w+", "label", None),
	(r"момента|даты", "moment", None),
	(r"(?:\w*[а-я])?(?:дневн|недельн|месячн)\w{2,3}", "length", None),
)
_COMPILED = tuple((re.compile(pattern), kind, value) for pattern, kind, value in _WORDS)
# Long words whose misprint by one letter cannot be another word of a roadmap.
_SPELLED = (
	*("январь января январе февраль февраля феврале апрель апреля апреле август августа августе".split()),
	*("сентябрь сентября сентябре октябрь октября октябре ноябрь ноября ноябре декабрь декабря".split()),
	*("декабре ежедневно еженедельно ежемесячно ежеквартально ежегодно постоянно течение".split()),
	*("квартал полугодие полугодия четверть четверти каникулы учебного учебный периода".split()),
	*("необходимости завершению окончании протяжении".split()),
)
_ORDINAL_END = r"(?:(?: ?- ?)?(?:ого|го|ое|ой|ому|му|ая|ую|ей|ый|ий|ые|ых|ми|ти|х|я|й|е|ю|м|и))"
_YEAR = r"(?:19|20)\d\d"
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8}
_ROMAN |= {"IX": 9, "X": 10, "XI": 11, "XII": 12}
_ROMAN_ENDING = re.compile(r"(?<!\w)([IVXІХ]{1,4}) ?- ?(?:ы?й|о?й|о?е|о?го|о?му|а?я|ю)(?!\w)")
_ROMAN_MONTH = re.compile(rf"(?<!\w)([IVXІХ]{{1,4}})[./](?={_YEAR}(?!\d))")
_MONTHS_OF_YEAR = re.compile(
	rf"(?<![\d.])(0?[1-9]|1[0-2]) ?- ?(0?[1-9]|1[0-2])\.({_YEAR})(?!\d)"
)  # «09-10.2022»
_TIME_OF_DAY = re.compile(
	r"(?:(?<!\w)(?:в|с|до|к) ?)?(?<![\d.:])\d{1,2}(?::[0-5]\d|\.00)(?![\d.:])(?: ?ч(?:ас\w*)?\b\.?)?"
	r"|(?<!\w)в \d{1,2}[.:-][0-5]\d(?![\d.])(?: ?ч(?:ас\w*)?\b\.?)?"
)
_SCAN = re.compile(
	rf"(?P<iso>{_YEAR}-\d\d-\d\d(?!\d))(?: 00:00:00)?"
	r"|(?P<dmy>\d{1,2}(?P<s>[./,-])\d{1,2}(?P=s)\d{4}(?!\d)|\d{1,2}(?P<t>[./])\d{1,2}(?P=t)\d\d(?!\d))"
	rf"|(?P<years>{_YEAR} ?[-/] ?{_YEAR}(?!\d)|{_YEAR}{_YEAR}(?!\d)|{_YEAR}[-/]\d\d(?![\d.]))"
	rf"|(?P<my>\d{{1,2}}[./]{_YEAR}(?!\d))"
	r"|(?P<dm>\d{1,2}\.\d{1,2}(?!\d))"
	rf"|(?P<year>{_YEAR}(?!\d))"
	rf"|(?P<num>\d{{1,4}})(?P<end>{_ORDINAL_END}(?![а-яa-z]))?"
	r"|(?P<word>[^\W\d_]+)"
	r"|(?P<mark>\S)"
)


@dataclass(frozen=True)
class Token:
	"""`kind` says what the grammar may take it for; `value` is a number, a (day, month, year) or a unit."""

	kind: str
	text: str
	value: Any = None
	guessed: bool = False
	case: str = ""  # "genitive" for a month written so


def clean(text: str) -> str:
	"""The text on one line, as written, without control characters; a word hyphenated over lines is joined."""
	# of «№» it would make «No», which is no sign of a number any more
	text = "№".join(unicodedata.normalize("NFKC", part) for part in text[:LONGEST_CELL].split("№"))
	text = re.sub(r"(?<=[а-яё])[-\u00ad][ \t]*[\r\n]+[ \t]*(?=[а-яё])", "", text)
	return " ".join("".join(c if c.isprintable() else " " for c in text).split())


_LIST_NUMBER = re.compile(
	r"(?:\d{1,2}[.)] ?){1,3}(?=[^\W\d_(«]|[(«]|\d{1,2}\.\d{1,2}\.\d\d)|\d{1,2}[.)] (?=\d{1,2} [^\W\d_])"
)
_TAIL_NUMBER = re.compile(r"(?P<before>(?<![^\W\d_])[^\W\d_]{4,40}|\d{4}|\bг\.?) \d{1,2}[.)]$")


def without_list_number(text: str) -> str:
	"""Removes a list number that Word's numbering leaked into the cell («2. Сентябрь», «5.» alone)."""
	if re.fullmatch(r"(?:\d{1,2}[.)] ?){1,3}", text):
		return ""
	found = _LIST_NUMBER.match(text)
	if found:
		after = re.match(r"[^\W\d_]+", text[found.end() :])
		word = classify(spell(after.group())) if after else None
		is_day = word and word.kind == "month" and word.case == "genitive" and after.group()[0].islower()
		if not is_day:
			text = text[found.end() :]
	found = _TAIL_NUMBER.search(text)
	if found and (found["before"].isdigit() or classify(spell(found["before"])).kind != "month"):
		text = text[: found.end("before")]
	return text


def spell(word: str) -> str:
	"""Lower case, ё = е, Latin look-alikes as Cyrillic; a Roman number stays Latin."""
	if re.fullmatch(r"[IVXІХ]+|[iv]+|[iv]+x|l{1,3}", word) and word not in ("X", "Х"):
		return word.upper().replace("І", "I").replace("Х", "X").replace("L", "I")
	return word.translate(_LOOKALIKES).lower().replace("ё", "е")


def _one_misprint(word: str, right: str) -> bool:
	"""One letter added, lost, changed, or two neighbours swapped."""
	if abs(len(word) - len(right)) > 1 or word == right:
		return False
	same = 0
	while same < min(len(word), len(right)) and word[same] == right[same]:
		same += 1
	a, b = word[same:], right[same:]
	return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


@lru_cache(maxsize=4096)
def classify(word: str) -> Token:
	"""The token for one spelled word; kind "word" when nothing is known of it."""
	if word in _ROMAN:
		return Token("ordinal", word, _ROMAN[word])
	if len(word) > LONGEST_WORD:
		return Token("word", word)
	for pattern, kind, value in _COMPILED:
		if pattern.fullmatch(word):
			genitive = kind == "month" and len(word) > 2 and word[-1] in "ая" and word != "ноя"
			return Token(kind, word, value, case="genitive" if genitive else "")
	if 6 <= len(word) <= 20:
		for right in _SPELLED:
			if _one_misprint(word, right):
				return replace(classify(right), text=word, guessed=True)
	return Token("word", word)


def full_year(text: str) -> int:
	"""«22» and «2022» are the same year."""
	return int(text) if len(text) == 4 else 2000 + int(text)


def _numeric(found: re.Match) -> Token:
	text = found.group()
	if found["iso"]:
		year, month, day = (int(part) for part in found["iso"].split("-"))
		return Token("date", text, (day, month, year))
	if found["dmy"]:
		day, month, year = re.split(r"[./,-]", found["dmy"])
		return Token("date", text, (int(day), int(month), full_year(year)))
	if found["years"]:
		first, last = int(text[:4]), text[4:].strip(" -/")
		if len(last) == 2 and int(last) != (first + 1) % 100 and int(last) <= 12:
			return Token("date", text, (None, int(last), first))
		return Token("years", text, (first, int(last) if len(last) == 4 else first // 100 * 100 + int(last)))
	if found["my"]:
		month, year = re.split(r"[./]", text)
		return Token("date", text, (None, int(month), int(year)))
	if found["dm"]:
		first, second = (int(part) for part in text.split("."))
		if second > 12 and first <= 12:
			return Token("date", text, (None, first, 2000 + second))
		return Token("date", text, (first, second, None))
	if found["year"]:
		return Token("year", text, int(text))
	return Token("ordinal" if found["end"] else "number", text, int(found["num"]))


def _month_of_roman(found: re.Match) -> str:
	month = _ROMAN.get(found[1].replace("І", "I").replace("Х", "X"))
	return f"{month:02d}." if month else found.group()


def tokens(text: str) -> list[Token]:
	"""Tokens of a cleaned text; words broken in two by a line end are joined again."""
	text = text.translate(_DASHES)
	text = re.sub(r"(?<=\d)[OО](?=\d)", "0", text)  # a letter O among digits
	text = _MONTHS_OF_YEAR.sub(r"\1.\3-\2.\3", text)
	text = _ROMAN_MONTH.sub(_month_of_roman, _ROMAN_ENDING.sub(r"\1", _TIME_OF_DAY.sub(" ", text)))
	text = re.sub(r"(?<!\d)(\d{1,2}) ?\. ?(?=\d)", r"\1.", text)
	result: list[Token] = []
	for found in _SCAN.finditer(text):
		if found["word"]:
			token = classify(spell(found["word"]))
			joined = classify(result[-1].text + token.text) if result and result[-1].text.isalpha() else token
			if (
				token.kind == "word"
				and joined.kind != "word"
				and not joined.guessed
				and text[found.start() - 1] == " "
			):
				result[-1] = joined
			else:
				result.append(token)
		elif found["mark"]:
			result.append(Token(found["mark"], found["mark"]))
		else:
			result.append(_numeric(found))
	return result
