"""Thresholds of a roadmap's indicators: «не менее 90 % участников» → at least 90 %.

Nothing is repaired silently: a lost «не», a missing number and a value left from a template are said as problems.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from nastavnik_app.rules.messages import Message, _
from nastavnik_app.rules.term_words import clean, spell

COUNT = "count"
PERCENT = "%"
_NUMBER_WORDS = {
	**dict.fromkeys(("один", "одна", "одно", "одного", "одной", "одну"), "1"),
	**dict.fromkeys(("два", "две", "двух"), "2"),
	**dict.fromkeys(("три", "трех"), "3"),
	**dict.fromkeys(("четыре", "четырех"), "4"),
	**dict.fromkeys(("пять", "пяти"), "5"),
	**dict.fromkeys(("шесть", "шести"), "6"),
	**dict.fromkeys(("семь", "семи"), "7"),
	**dict.fromkeys(("восемь", "восьми"), "8"),
	**dict.fromkeys(("девять", "девяти"), "9"),
	**dict.fromkeys(("десять", "десяти"), "10"),
}
_OPERATORS = {
	**dict.fromkeys(("не менее", "не меньше", "не ниже", "минимум", "как минимум", "≥", ">=", "от"), ">="),
	**dict.fromkeys(("не более", "не больше", "не выше", "не превышает", "максимум", "≤", "<=", "до"), "<="),
	**dict.fromkeys(("более", "больше", "свыше", "выше", ">"), ">"),
	**dict.fromkeys(("менее", "меньше", "ниже", "<"), "<"),
	**dict.fromkeys(("ровно", "="), "=="),
}
_PLAIN = (
	"не менее",
	"не меньше",
	"не ниже",
	"минимум",
	"как минимум",
	"не более",
	"не больше",
	"не выше",
	"максимум",
)
_NUMBER = r"(?P<number>\d{1,9}(?:[.,]\d{1,6})?)"
_OPERATOR = (
	r"(?P<operator>не ?(?:менее|меньше|ниже|более|больше|выше|превыша(?:ет|ют))|(?:как )?минимум|максимум"
	r"|(?<![а-я])(?:более|больше|свыше|выше|менее|меньше|ниже|ровно|от|до)(?![а-я])|≥|≤|>=|<=|>|<|=)"
)
# Things of which a plan counts pieces even without «не менее».
_COUNTED = (
	r"(?:публикаци|встреч|мероприяти|рубрик|наставн|пар(?:а|ы)?(?![а-я])|участник|человек|чел(?![а-я])|консультаци"
	r"|семинар|стат(?:ья|ьи|ей)|заняти|выступлени|кейс|практик|организаци|предприяти|партнер|педагог|обучающ|специалист"
	r"|представител|конкурс|проект|событи|пост(?:а|ов)?(?![а-я])|новост|отзыв|групп)"
)
_FIND = re.compile(
	rf"(?:{_OPERATOR} ?(?:чем ?)?(?:на|в|у)? ?)?(?:{_NUMBER}(?: ?(?:-|до) ?(?P<upper>\d{{1,3}}(?:[.,]\d{{1,6}})?)(?= ?%))?"
	r"(?:-?(?:ми|ти|и|х|й|го))?(?![а-я\d]| ?[./]\d)(?: ?\([а-я\d ]{1,30}\))?"
	r"(?P<more> и (?:более|выше|больше))? ?(?:- ?)?(?P<percent>%|процент[а-я]*|проц\b)?(?P<after> и (?:более|выше|больше))?)"
)
_OPERATOR_ALONE = re.compile(rf"{_OPERATOR} ?(?:чем ?)?(?:на ?)?[_.… -]{{0,40}}(?P<thing>[а-я]{{3,}}|%)")
_TEMPLATE = re.compile(r"\bнапример\b|\bнапр\.|_{3,}")


@dataclass(frozen=True)
class Threshold:
	"""`op`: >=, ==, <=, < or >; `value` None when the number is missing; `unit`: "%" or "count" (then `counted`
	is the word that stands behind the number). `probable`: what was probably meant, for a person to confirm."""

	op: str
	value: Decimal | None
	unit: str | None
	text: str
	probable: Threshold | None = None
	problems: tuple[Message, ...] = ()
	counted: str | None = None


def _normal(text: str) -> str:
	"""Spelled for matching: lower case, Cyrillic look-alikes, number words as digits, one kind of dash."""
	text = re.sub(r"[‐‑‒–—−]", "-", clean(text))
	text = re.sub(r"[^\W\d_]+", lambda found: spell(found.group()), text)
	text = re.sub(r"\bне ?(?=менее|меньше|ниже|более|больше|выше|превыша)", "не ", text)
	text = re.sub(r"(?<=(?:менее|более) )половины", "50%", text)
	return re.sub(r"[а-я]+", lambda found: _NUMBER_WORDS.get(found.group(), found.group()), text)


def template_problems(text: str) -> tuple[Message, ...]:
	"""«Например» or a blank line: a value that was left in from a template."""
	if _TEMPLATE.search(clean(text).lower()):
		return (_("A value of a template was left in: confirm it"),)
	return ()


def read_threshold(text: str) -> Threshold | None:
	"""The first threshold of an indicator; None when it has none."""
	normal = _normal(text)
	written = clean(text)
	found = [
		threshold for match in _FIND.finditer(normal) if (threshold := _threshold(match, normal, written))
	]
	missing = _missing_number(normal, written)
	if missing and not found:
		found = [missing]
	if not found:
		return None
	first = found[0]
	problems = [*template_problems(text), *first.problems]
	if len({(threshold.value, threshold.unit) for threshold in found}) > 1:
		problems.append(_("Several thresholds are written; the first is taken"))
	return replace(first, problems=tuple(problems))


def _threshold(match: re.Match, normal: str, written: str) -> Threshold | None:
	value = Decimal(match["number"].replace(",", "."))
	operator = match["operator"] or ""
	behind = re.match(
		r" ?(?:[а-я]{3,}(?:ых|их|ые|ие|ая|ое) )?([а-я]{2,})", normal[match.end() : match.end() + 80]
	)
	thing = behind.group(1) if behind else None
	before = normal[max(0, match.start() - 2) : match.start()]
	if re.search(r"[№\d./-] ?$", before) and not operator:
		return None
	if match["percent"]:
		unit = PERCENT
	elif operator.startswith(("не ", "как ", "минимум", "максимум")) or operator in (
		"≥",
		"≤",
		">=",
		"<=",
		">",
		"<",
	):
		unit = COUNT
	elif thing and re.search(rf" ?{_COUNTED}", behind.group()) and operator not in ("от", "до"):
		unit = COUNT
	else:
		return None
	if unit == COUNT and thing and re.fullmatch(r"лет|год[а-я]*|класс[а-я]*|г|гг", thing):
		return None
	op = _operator(operator, value, unit)
	if match["more"] or match["after"]:
		op = ">="
	threshold = Threshold(op, value, unit, written, counted=thing if unit == COUNT else None)
	if match["upper"] and operator in ("", "от"):
		threshold = replace(threshold, op=">=", problems=(_("A range is written; its lower bound is taken"),))
	if op == "<" and (unit == COUNT or value >= 50):
		probable = replace(threshold, op=">=")
		problem = _("“Less than {0}” is written: was “not less than” meant?").format(value)
		threshold = replace(threshold, probable=probable, problems=(*threshold.problems, problem))
	return threshold


def _operator(operator: str, value: Decimal, unit: str) -> str:
	"""100 % without a word is all of them; any other bare number is the least that is wanted."""
	if operator:
		return "<=" if operator.startswith("не превыша") else _OPERATORS[operator]
	return "==" if unit == PERCENT and value == 100 else ">="


def _missing_number(normal: str, written: str) -> Threshold | None:
	"""«Не менее … встреч»: the number was never put in."""
	for match in _OPERATOR_ALONE.finditer(normal):
		if match["operator"] in _PLAIN:
			op = _OPERATORS[match["operator"]]
			problem = _("The number is missing: {0}").format(match.group().strip())
			if match["thing"] == PERCENT:
				return Threshold(op, None, PERCENT, written, problems=(problem,))
			return Threshold(op, None, COUNT, written, problems=(problem,), counted=match["thing"])
	return None


def read_value(text: str) -> tuple[Decimal | None, str | None]:
	"""A value of an indicator with its unit: «0,7%», «4.1 %», «100», «в %»; no value when it is not one number."""
	normal = _normal(text)
	unit = PERCENT if "%" in normal or "процент" in normal else None
	numbers = re.findall(r"\d{1,3}(?: \d{3})+(?!\d)|\d{1,12}(?:[.,]\d{1,9})?", normal)
	if unit is None:
		word = re.search(r"[а-я]{2,}\.?", normal)
		unit = word.group() if word else None
	if len(numbers) != 1:
		return None, unit
	value = Decimal(numbers[0].replace(" ", "").replace(",", "."))
	negative = re.search(r"(?<![\d\w]) ?-\d", normal)
	return (-value if negative else value), unit
