"""python -m nastavnik_app.roadmap FILE [--from 2022-09-01 --to 2023-05-31] [--json]: reads a roadmap and shows its tasks."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import textwrap
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from nastavnik_app.roadmap import UnreadableDocument, read_roadmap
from nastavnik_app.rules.messages import Message, _
from nastavnik_app.rules.school_year import Period

Translate = Callable[[str], str]
CATALOGUES = Path(__file__).resolve().parent.parent / "locale"


def main(arguments: list[str] | None = None) -> int:
	"""Exit code 0, or 2 with one line on stderr when the document cannot be read."""
	parser = argparse.ArgumentParser(
		prog="python -m nastavnik_app.roadmap", description="Reads a school's roadmap: .docx, .xlsx or text."
	)
	parser.add_argument("file", help="the roadmap")
	parser.add_argument(
		"--from", dest="start", type=date.fromisoformat, metavar="YYYY-MM-DD", help="first day of the period"
	)
	parser.add_argument(
		"--to", dest="end", type=date.fromisoformat, metavar="YYYY-MM-DD", help="last day of the period"
	)
	parser.add_argument("--json", action="store_true", help="print everything that was read as JSON")
	parser.add_argument("--lang", choices=("ru", "en"), default="ru", help="language of messages (ru)")
	options = parser.parse_args(arguments)
	if (options.start is None) != (options.end is None):
		parser.error("--from and --to go together")
	if options.start and options.start > options.end:
		parser.error("--from is later than --to")
	period = Period(options.start, options.end, "given") if options.start else None
	translate = _translator(options.lang)
	for stream in (sys.stdout, sys.stderr):
		if hasattr(stream, "reconfigure"):
			stream.reconfigure(encoding="utf-8", errors="replace")
	try:
		roadmap = read_roadmap(options.file, period=period).as_dict()
	except UnreadableDocument as error:
		print(f"{options.file}: {translate(error.message)}", file=sys.stderr)
		return 2
	roadmap = _translated(roadmap, translate)
	if options.json:
		print(json.dumps(roadmap, ensure_ascii=False, indent=1))
	else:
		_print_table(roadmap, translate)
	return 0


def _translator(language: str) -> Translate:
	"""Texts of the app in the reader's language, from the app's catalogue when it is there."""
	path = CATALOGUES / f"{language}.po"
	if language == "en" or not path.is_file():
		return str
	try:
		from babel.messages.pofile import read_po
	except ImportError:
		return str
	with path.open("rb") as file:
		found = {message.id: message.string for message in read_po(file) if message.id and message.string}

	def translate(text: str) -> str:
		if not isinstance(text, Message):
			return found.get(text, text)
		arguments = [translate(part) if isinstance(part, Message) else part for part in text.args]
		source = found.get(text.source, text.source)
		return source.format(*arguments) if arguments else source

	return translate


def _translated(value: Any, translate: Translate) -> Any:
	if isinstance(value, Message):
		return translate(value)
	if isinstance(value, dict):
		return {name: _translated(part, translate) for name, part in value.items()}
	if isinstance(value, list):
		return [_translated(part, translate) for part in value]
	return value


def _print_table(roadmap: dict[str, Any], translate: Translate) -> None:
	document, rows = roadmap["document"], roadmap["rows"]
	width = max(60, min(shutil.get_terminal_size((100, 24)).columns, 160))
	print(document["title"] or translate(_("(no title)")))
	print(" · ".join(text for text in (document["organization"], document["level"]) if text))
	if document["period_start"]:
		basis = {
			"given": _("given"),
			"stated": _("stated in the document"),
			"inferred": _("inferred from the rows"),
		}
		print(
			f"{document['period_start']} … {document['period_end']} ({translate(basis[document['period_basis']])})"
		)
	for problem in document["problems"]:
		print(f"! {problem}")
	who = max(12, width // 5)
	what = width - who - 4 - 24 - 6
	section = None
	for row in rows:
		if row["section"] != section and row["section"]:
			section = row["section"]
			print("\n" + textwrap.shorten(section, width, placeholder=" …"))
		_print_row([str(row["n"]), row["title"], _when(row), row["responsible"] or ""], [4, what, 24, who])
		for problem in row["problems"]:
			print(textwrap.indent(textwrap.fill(f"! {problem}", width - 6), "      "))
	marked = sum(bool(row["problems"]) for row in rows)
	print(
		"\n"
		+ translate(
			_("Tasks: {0}, to be checked: {1}, indicators: {2}").format(
				len(rows), marked, len(roadmap["indicators"])
			)
		)
	)


def _when(row: dict[str, Any]) -> str:
	dates = " … ".join(day for day in (row["start"], row["end"]) if day)
	return f"{row['term_text'] or '—'}\n{dates}" if dates else row["term_text"] or "—"


def _print_row(texts: list[str], widths: list[int]) -> None:
	columns = [
		[line for part in text.split("\n") for line in textwrap.wrap(part, width) or [""]]
		for text, width in zip(texts, widths, strict=True)
	]
	for number in range(min(max(len(column) for column in columns), 6)):
		cells = [column[number] if number < len(column) else "" for column in columns]
		print("  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip())


if __name__ == "__main__":
	try:
		sys.exit(main())
	except BrokenPipeError:  # the reader of our output (head, less) has closed it
		os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
		sys.exit(1)
