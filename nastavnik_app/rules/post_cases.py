"""Posts in the cases that documents need: «назначить заместителя директора», «выдать педагогу-психологу»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nastavnik_app.rules import morphology
from nastavnik_app.rules.morphology import Case

if TYPE_CHECKING:
	from pymorphy3.analyzer import Parse

_GRAMMEMES = {"genitive": "gent", "dative": "datv", "accusative": "accs", "instrumental": "ablt"}
_NOUN = ("NOUN",)
_ADJECTIVE = ("ADJF", "PRTF")
_WORD = re.compile(r"[А-ЯЁа-яё][а-яё]+")

# Posts of schools that the dictionary lacks or takes for a thing («медиатор» of a guitar): declined as «куратор».
_LIKE_CURATOR = frozenset(("тьютор", "медиатор", "модератор", "фасилитатор"))

# What may join two posts: «учитель химии, классный руководитель», «учитель и воспитатель».
_JOINT = re.compile(r"(,\s+|\s+и\s+)")


def decline_post(post: str, case: Case) -> str:
	"""The post in the case: its head noun with the adjectives before it; what depends on it stays as it is.

	«старший воспитатель группы» → «старшему воспитателю группы». Posts joined by a comma or «и» are each declined.
	Abbreviations («и. о. директора», «зам. директора») and words that the dictionary lacks stay as they are.
	"""
	if case == "nominative" or not post:
		return post
	if post.isupper():
		return decline_post(post.lower(), case).upper()
	first, *rest = _JOINT.split(post)
	grammeme = _GRAMMEMES[case]
	return "".join([_decline(first, grammeme), *(_decline(part, grammeme, joined=True) for part in rest)])


def _decline(post: str, grammeme: str, joined: bool = False) -> str:
	"""One post. What is joined to it is a post only if it names a person: «…, русский язык» does not."""
	pieces = re.split(r"(\s+)", post)
	head = _head(pieces[::2])
	if not head or (joined and not _is_person(head[max(head)])):
		return post
	for place, parse in head.items():
		pieces[2 * place] = _inflect(pieces[2 * place], parse, grammeme)
	return "".join(pieces)


def _head(words: list[str]) -> dict[int, Parse]:
	"""Places of the words that are declined: adjectives and the noun, or a participle («исполняющий»)."""
	head: dict[int, Parse] = {}
	for place, word in enumerate(words):
		noun, adjective = _nominative(word, _NOUN), _nominative(word, _ADJECTIVE)
		following = words[place + 1] if place + 1 < len(words) else ""
		if adjective and (not noun or _nominative(following, _NOUN + _ADJECTIVE)):
			head[place] = adjective
		elif noun:
			return {**head, place: noun}
		elif head or not _is_adverb(word):
			return head
	return head


def _nominative(word: str, parts_of_speech: tuple[str, ...]) -> Parse | None:
	"""The word, or what follows its hyphen, as a nominative singular of the dictionary; persons before things."""
	last = word.rpartition("-")[2]
	if not _WORD.fullmatch(last):
		return None
	known = "куратор" if last.lower() in _LIKE_CURATOR else last
	parses = [
		parse
		for parse in morphology.parses(known)
		if parse.is_known and parse.tag.POS in parts_of_speech and {"nomn", "sing"} in parse.tag
	]
	return min(parses, key=lambda parse: parse.tag.animacy != "anim", default=None)


def _is_adverb(word: str) -> bool:
	"""«временно» before «исполняющий обязанности»."""
	return any("ADVB" in parse.tag for parse in morphology.parses(word))


def _is_person(parse: Parse) -> bool:
	return parse.tag.animacy == "anim" or parse.tag.POS == "PRTF" or "Subx" in parse.tag


def _inflect(word: str, parse: Parse, grammeme: str) -> str:
	"""The word in the case; before a hyphen persons are declined too («педагога-психолога», «веб-дизайнера»)."""
	first, hyphen, last = word.rpartition("-")
	before = _nominative(first, _NOUN)
	if before and before.tag.animacy == "anim":
		first = _inflect(first, before, grammeme)
	wanted = {grammeme, "sing"}
	if parse.tag.POS != "NOUN":
		wanted.add(parse.tag.gender)
		if grammeme == "accs" and parse.tag.gender == "masc":
			wanted.add("anim")
	inflected = parse.inflect(wanted)
	if inflected is None:
		return word
	form = inflected.word
	if last.lower() in _LIKE_CURATOR:
		form = last.lower() + form[len("куратор") :]
	return first + hyphen + (form.capitalize() if last[0].isupper() else form)
