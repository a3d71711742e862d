"""Names of persons in the cases that documents need: «назначить Осинкину Веру Павловну», «выдать Ткачу А. П.».

The forms come from pytrovich, the gender of a name with no patronymic from pymorphy3 and pytrovich together.
What no program can know (the stress of a surname, a family's own custom) the school types on the person, as an
override. Norms: Д. Э. Розенталь, «Справочник по правописанию и литературной правке», on the declension of some
names and surnames; Н. А. Еськова after Л. П. Калакуцкая, «Как склонять фамилии (трудные случаи)», on gramota.ru.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Literal

from nastavnik_app.rules import morphology
from nastavnik_app.rules.morphology import Case

if TYPE_CHECKING:
	from pytrovich.detector import PetrovichGenderDetector
	from pytrovich.maker import PetrovichDeclinationMaker

Gender = Literal["Female", "Male"]
Part = Literal["LASTNAME", "FIRSTNAME", "MIDDLENAME"]

_WORD = re.compile(r"[А-ЯЁа-яё](?:['’-]?[А-ЯЁа-яё])+")
_INITIALS = re.compile(r"[А-ЯЁ]|(?:[А-ЯЁ]\.-?)+")  # «А П» too

# «Вагиф кызы», «Эльдар-гызы», «Болатулы»: patronymics of the Turkic peoples, which stay as they are.
_DAUGHTER_OF = re.compile(r"(?:кызы|гызы|кизи)$", re.IGNORECASE)
_SON_OF = re.compile(r"(?:оглы|оглу|углы|угли|уулу|улу|улы)$", re.IGNORECASE)
_DAUGHTER = re.compile(r".(?:овна|евна|ёвна|ична)$", re.IGNORECASE)
_SON = re.compile(r".ич$", re.IGNORECASE)

# Surnames that show the gender; of the others «Ткач А. П.» or «Калина А. П.» may be a man or a woman.
_GENDERED_SURNAME = re.compile(r"(?:[оеё]ва?|[иы]на?|[сц]к(?:ий|ая))$", re.IGNORECASE)

_MAN_WITH_OM = re.compile(r"[^аеёиоуыэюя]*ин|.*[эю]н")

# First names of women and of men that the dictionary knows as of one gender only.
_NAMES_OF_BOTH = frozenset("адель айнур гера дениз джан карен ким мишель нур ульви эльнур".split())

# First parts that are no surnames by themselves stay as they are: «Бонч-Бруевича», «Тер-Петросяна», «Кара-Мурзы»
# (Розенталь, on double surnames).
_FIXED_FIRST_PARTS = frozenset(
	"аль аш ад ан ар ас ат аз бен бонч ван де дер ибн кара ла ле мак сан сен тер фон эль эр эс".split()
)


@cache
def _maker() -> PetrovichDeclinationMaker:
	from pytrovich.maker import PetrovichDeclinationMaker

	return PetrovichDeclinationMaker()


@cache
def _detector() -> PetrovichGenderDetector:
	from pytrovich.detector import PetrovichGenderDetector

	return PetrovichGenderDetector()


def gender_of(full_name: str | None) -> Gender | None:
	"""Female or Male if the name tells it beyond doubt, else None.

	A patronymic decides; but «…ич» after a woman's first name is no patronymic. Without one, first name and
	surname must not contradict each other; «Саша», «Айнур», surnames as «Ткач» and first names that the
	dictionary lacks tell nothing.
	"""
	words = _declinable(full_name)
	if len(words) < 2:
		return _gender_by_surname(words[0]) if words else None
	last = len(words) - 1
	for place in (last, 1) if last == 2 else (last,):
		by_patronymic = _gender_by_patronymic(words[place])
		if by_patronymic == "Male" and _gender_by_first_name(words[place - 1]) == "Female":
			return None
		if by_patronymic:
			return by_patronymic
	signs = {_gender_by_surname(words[0]), _gender_by_first_name(words[1])} - {None}
	return signs.pop() if len(signs) == 1 else None


def decline_name(
	full_name: str,
	case: Case,
	gender: Gender | None = None,
	overrides: Mapping[str, str | None] | None = None,
) -> str:
	"""«Фамилия Имя Отчество» or «Имя Отчество Фамилия» in the case; initials, spaces and capitals stay.

	overrides: case → form as the person or the school writes it; one that is not empty is returned as it is.
	If the gender is neither given nor told by the name, or this is no Russian spelling of a person's name, the
	name comes back unchanged: a nominative can be mended by hand, a wrong gender offends.
	"""
	override = (overrides or {}).get(case)
	if override and override.strip():
		return override
	words = _declinable(full_name)
	gender = gender or gender_of(full_name)
	if not words or gender is None:
		return full_name
	forms = (
		_decline_word(word, part, case, gender) if part else word for word, part in _parts(words, gender)
	)
	pieces = re.split(r"(\s+)", full_name)
	return "".join(next(forms) if _WORD.fullmatch(piece) else piece for piece in pieces)


def _declinable(full_name: str | None) -> list[str]:
	"""The words of the name without its initials; none if anything else is written there."""
	words = (full_name or "").split()
	if not all(_WORD.fullmatch(word) or _INITIALS.fullmatch(word) for word in words):
		return []
	return [word for word in words if _WORD.fullmatch(word)]


def _parts(words: list[str], gender: Gender) -> list[tuple[str, Part | None]]:
	"""Each word with the part of the name that it is; None for what is never declined."""
	count = len(words)
	son_or_daughter_of = _DAUGHTER_OF if gender == "Female" else _SON_OF
	patronymic = _DAUGHTER if gender == "Female" else _SON
	after_surname: list[Part | None]
	if count > 2 and son_or_daughter_of.fullmatch(words[-1]):
		after_surname = ["FIRSTNAME", None, None]
	elif count > 2 and son_or_daughter_of.search(words[-1]):
		after_surname = ["FIRSTNAME", None]
	elif count > 1 and patronymic.search(words[-1]):
		after_surname = ["FIRSTNAME", "MIDDLENAME"]
	elif count == 3 and patronymic.search(words[1]):
		return list(zip(words, ("FIRSTNAME", "MIDDLENAME", "LASTNAME"), strict=True))
	else:
		after_surname = ["FIRSTNAME"] * (count - 1)
	surnames: list[Part | None] = ["LASTNAME"] * (count - len(after_surname))
	return list(zip(words, surnames + after_surname, strict=True))


def _decline_word(word: str, part: Part, case: Case, gender: Gender) -> str:
	"""One word; of «Кара-оол», «Хеймер-ооловна», «Бонч-Осинский» only what follows the hyphen."""
	head, hyphen, last = word.rpartition("-")
	fixed = last[0].islower() or last.lower().startswith("оол") or head.lower() in _FIXED_FIRST_PARTS
	if hyphen and fixed:
		return f"{head}-{_decline_word(last, part, case, gender)}"
	form = _rule(word.lower(), part, case, gender)
	form = word + form if form is not None else _by_library(word, part, case, gender)
	return form.upper() if word.isupper() else form


def _rule(word: str, part: Part, case: Case, gender: Gender) -> str | None:
	"""The ending, for classes that the library's rules miss, else None.

	Names on a long vowel («Чодураа») are not declined, as the surnames of that kind. Surnames of one syllable on
	-ин («Шин», «Мин») are foreign and take -ом, as do those on -юн and -эн («Юн», «Горюн»), while -ым is of the
	Russian suffixes -ин and -ын (Розенталь, on Чаплин and Грин).
	"""
	if part == "FIRSTNAME" and word.endswith("аа"):
		return ""
	man_by_surname = (part, case, gender) == ("LASTNAME", "instrumental", "Male")
	return "ом" if man_by_surname and _MAN_WITH_OM.fullmatch(word) else None


def _by_library(word: str, part: Part, case: Case, gender: Gender) -> str:
	from pytrovich import enums

	return _maker().make(
		enums.NamePart[part],
		enums.Gender.FEMALE if gender == "Female" else enums.Gender.MALE,
		enums.Case[case.upper()],
		word,
	)


def _gender_by_patronymic(word: str) -> Gender | None:
	if _DAUGHTER.search(word) or _DAUGHTER_OF.search(word):
		return "Female"
	if _SON.search(word) or _SON_OF.search(word):
		return "Male"
	return None


def _gender_by_first_name(word: str) -> Gender | None:
	"""By pymorphy3's dictionary of first names, unless pytrovich's list contradicts."""
	if word.lower() in _NAMES_OF_BOTH:
		return None
	genders = {
		parse.tag.gender
		for parse in morphology.parses(word)
		if parse.is_known and {"Name", "nomn", "sing"} in parse.tag
	}
	told = _the_only(genders)
	listed = _detector().detect(firstname=word).name.title()
	return None if {told, listed} == {"Female", "Male"} else told


def _gender_by_surname(word: str) -> Gender | None:
	"""By the suffix, unless the word is a common noun («Калина», «Голова») that men and women bear alike."""
	if not _GENDERED_SURNAME.search(word):
		return None
	parses = [parse for parse in morphology.parses(word) if {"nomn", "sing"} in parse.tag]
	names = ("Surn", "Name", "Geox")
	if any(
		parse.is_known and parse.tag.POS == "NOUN" and not any(name in parse.tag for name in names)
		for parse in parses
	):
		return None
	return _the_only({parse.tag.gender for parse in parses if "Surn" in parse.tag})


def _the_only(genders: set[str | None]) -> Gender | None:
	"""Of the dictionary's genders; neither «masc» nor «femn» alone tells nothing."""
	return {"femn": "Female", "masc": "Male"}.get(genders.pop()) if len(genders) == 1 else None
