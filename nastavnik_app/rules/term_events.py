"""Terms that have no dates of their own: they hang on an event, a need, or another plan."""

from __future__ import annotations

from nastavnik_app.rules.term_model import Phrase
from nastavnik_app.rules.term_rhythms import RhythmReader

DATED = ("date", "month", "year", "years", "number", "season", "holidays", "every", "each", "during", "times")


class EventReader(RhythmReader):
	"""`event` and `open` read one phrase each; None when nothing of the kind stands here."""

	def event(self) -> Phrase | None:
		"""«по завершению программы», «через неделю», «за 3 дня до …», «со дня приказа», «в 10-дневный срок»."""
		latest = self.skip("not", "later", "than")
		if self.kind() in ("by", "in", "to", "until") and self.kind(1) == "finish":
			self.to_break()
			return Phrase("relative")
		if self.kind() == "finish" and self.kind(1) in ("word", "plan", "carrying_out"):
			self.to_break()
			return Phrase("relative")
		if self.kind() == "in":
			return self._event_after_in(latest)
		if self.kind() == "by" and self.kind(1) == "word":
			if self.tokens[self.at].text == "при" or self.at == 0:  # «при приёме на работу»
				start = self.at
				self.to_break()
				if not any(token.kind in DATED for token in self.tokens[start : self.at]):
					return Phrase("relative")
				self.at = start
		if (self.kind() in ("number", "length") or self.kind(1) == "length") and self._is_length():
			self.to_break()
			return Phrase("relative")
		if self.kind() == "after":
			self.at += 1
			mark = self.mark()
			if mark and mark.unit != "holidays":
				return Phrase("from", mark=mark, exclusive=True)
			self.to_break()
			return Phrase("relative")
		if self.kind() in ("until", "to") and self.kind(1) in ("word", "carrying_out", "label", "part"):
			self.to_break()
			return Phrase("relative")
		if self.kind() == "from" and (self.kind(1) == "moment" or self.is_unit("day", 1)):
			self.to_break()
			return Phrase("relative")
		return None

	def _event_after_in(self, latest: bool) -> Phrase | None:
		self.at += 1
		if self._is_length() or (self.is_unit("day") and self.kind(1) != "seasonal"):
			self.to_break()
			return Phrase("relative")
		self.at += self.number() is not None
		self.skip("calendar", "school")
		if self.is_unit(("day", "week", "month")) and self.kind(1) in ("until", "after", "by"):
			self.to_break()
			return Phrase("relative")
		if latest and self.is_unit(("day", "week", "month")):  # «не позднее чем за 10 дней»
			self.to_break()
			return Phrase("duration")
		if self.kind() == "holidays":
			self.to_break()
			return Phrase("relative")
		return None

	def _is_length(self) -> bool:
		"""«10-дневный», «трёхдневный»; «3 дня после»."""
		ahead = self.number() is not None
		ahead += bool(ahead) and self.kind(ahead) == "-"
		if self.kind(ahead) == "length":
			return True
		ahead = int(self.number() is not None)
		ahead += self.kind(ahead) == "calendar"
		return (
			bool(ahead)
			and self.is_unit(("day", "week", "month"), ahead)
			and self.kind(ahead + 1) in ("after", "from", "until")
		)

	def open(self) -> Phrase | None:
		"""«по мере необходимости», «по отдельному графику», «в установленные сроки»."""
		self.skip("in")
		if self.kind() in ("open", "according"):
			self.to_break()
			return Phrase("open")
		if self.kind() != "by":
			return None
		self.at += 1
		place = self.at
		while (
			self.kind() in ("word", "this", "calendar", "school", "as", "-", "carrying_out", "label", "every")
			and self.at < place + 4
		):
			if self.kind() == "as":
				self._words()
				return Phrase("open")
			self.at += 1
		if self.kind() in ("need", "plan"):
			self._words()
			return Phrase("open")
		return None

	def _words(self) -> None:
		"""Skips what explains the plan or the need, up to anything that has a date in it."""
		while self.skip(
			"word", "as", "need", "plan", "carrying_out", "and", "label", "this", "-", "according", "finish"
		):
			self.at += self.kind() == "from" and self.kind(1) == "word"  # «по согласованию с руководителем»
