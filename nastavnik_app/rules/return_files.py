"""A return as a file: how it travels between two sites, and what is done when it comes.

The file is JSON: {"schema", "version", "return", "checksum", "signature"}. The checksum is SHA-256 over the first three
as canonical JSON: keys sorted, no spaces, UTF-8, no fractions (RFC 8785 gives the same bytes for what stands here).
The signature is HMAC-SHA256 (RFC 2104) over the same bytes with a secret that two sites share, one for each pair of
sites and at least 32 random bytes. It proves that one of the two wrote the file, not which person, and is no
electronic signature in the sense of 63-ФЗ. It does not hide the content: send it over TLS.

A later version of the schema may add fields without a new number; an older reader leaves them out and says which.
A change that an older reader would misunderstand takes the next number, and older readers refuse it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timezone
from typing import Any, NoReturn

from nastavnik_app.rules.messages import Message, _
from nastavnik_app.rules.returns import Cell, Indicator, Measure, Place, Return, denominator_of
from nastavnik_app.rules.suppression import BOUND

SCHEMA, VERSION = "nastavnik.program-return", 1
LARGEST = 2_000_000  # characters of a file
MOST = 2**31 - 1  # that a column of the site's tables holds
SECRET_BYTES = 32
NEW, UNCHANGED, NEWER = "New", "Unchanged", "Newer"


@dataclass(frozen=True)
class Stored:
	"""What the authority has of an organization for a period."""

	checksum: str
	computed_at: datetime


@dataclass(frozen=True)
class Received:
	"""A return that was read, whole and genuine. `unknown`: fields of a later version, which were left out."""

	content: Return
	checksum: str
	unknown: tuple[str, ...] = ()


class ReturnRefused(ValueError):
	"""Why a return is not taken; `message` for a person."""

	def __init__(self, message: Message) -> None:
		super().__init__(message)
		self.message = message


def write(content: Return, secret: bytes) -> str:
	"""The signed file of a return. Raises ReturnRefused for one that no reader would take."""
	_check_secret(secret)
	_check(content)
	body = {"schema": SCHEMA, "version": VERSION, "return": _plain(content)}
	said = canonical(body)
	return json.dumps(
		{**body, "checksum": _sha256(said), "signature": _hmac(said, secret)}, ensure_ascii=False
	)


def checksum_of(content: Return) -> str:
	"""The checksum that the file of a return carries."""
	return _sha256(canonical({"schema": SCHEMA, "version": VERSION, "return": _plain(content)}))


def canonical(body: Mapping[str, Any]) -> bytes:
	"""The bytes that are summed and signed: JSON in UTF-8 with sorted keys and no blanks. ValueError for NaN."""
	return json.dumps(
		body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
	).encode()


def sender_of(text: str) -> str:
	"""The organization that a file names, before anything is proved: only to choose the secret by."""
	sender = _body_of(_parse(text)).get("organization")
	return sender if isinstance(sender, str) else _refuse(_("The file does not name its organization"))


def read(text: str, secret: bytes, organization: str, authority: str, least_bound: int = BOUND) -> Received:
	"""A return out of a file, checked for who sent it, to whom, and whether it is whole.

	`organization`: whose secret it is; `least_bound`: the smallest count of people that the authority lets itself be
	shown. Raises ReturnRefused, whatever the text holds.
	"""
	_check_secret(secret)
	data = _parse(text)
	version = data.get("version")
	if data.get("schema") != SCHEMA:
		_refuse(_("This file is not a return of a mentoring program"))
	if not isinstance(version, int) or isinstance(version, bool) or version < 1:
		_refuse(_("The version of the return is missing"))
	try:
		said = canonical({key: one for key, one in data.items() if key not in ("checksum", "signature")})
	except ValueError:
		_refuse(_("The file cannot be read: {0}").format("UTF-8"))
	checksum, signature = (str(data.get(key)).encode(errors="replace") for key in ("checksum", "signature"))
	if not hmac.compare_digest(checksum, _sha256(said).encode()):
		_refuse(_("The file was changed or damaged on its way: its checksum does not fit"))
	if not hmac.compare_digest(signature, _hmac(said, secret).encode()):
		_refuse(_("The signature is not that of {0}").format(organization))
	if version > VERSION:
		_refuse(
			_("The return has version {0}, this site reads up to {1}: update it").format(version, VERSION)
		)
	content, unknown = _content(_body_of(data))
	unknown = sorted({*unknown, *(data.keys() - {"schema", "version", "return", "checksum", "signature"})})
	if content.organization != organization:
		_refuse(_("The return is that of {0}, not of {1}").format(content.organization, organization))
	if content.authority != authority:
		_refuse(_("The return is meant for {0}, not for {1}").format(content.authority, authority))
	if content.bound < least_bound:
		message = _("The return withholds counts of people below {0}, it has to be below {1}")
		_refuse(message.format(content.bound, least_bound))
	_check(content)
	return Received(content, checksum.decode(), tuple(unknown))


def compare_with_stored(received: Received, stored: Stored | None) -> str:
	"""What to do with a return for a period of which another may be stored: take it as new, leave all as it is
	because it is the same, or replace the stored by the newer. Raises ReturnRefused for an older one."""
	if stored is None:
		return NEW
	if hmac.compare_digest(received.checksum.encode(), stored.checksum.encode()):
		return UNCHANGED
	if received.content.computed_at <= stored.computed_at:
		_refuse(
			_("A return computed on {0} is stored already; this one is not newer").format(
				_time(stored.computed_at)
			)
		)
	return NEWER


def _refuse(message: Message) -> NoReturn:
	raise ReturnRefused(message)


def _sha256(said: bytes) -> str:
	return hashlib.sha256(said).hexdigest()


def _hmac(said: bytes, secret: bytes) -> str:
	return hmac.digest(secret, said, "sha256").hex()


def _check_secret(secret: bytes) -> None:
	if len(secret) < SECRET_BYTES:
		_refuse(_("The secret shared with the other site is shorter than {0} bytes").format(SECRET_BYTES))


def _time(moment: datetime) -> str:
	return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(content: Return) -> dict[str, Any]:
	"""The same return gives the same text, in whatever order its rows came."""
	plain = asdict(content)
	plain["cells"] = tuple(cell._asdict() for cell in content.cells)
	for key, rows in plain.items():
		if isinstance(rows, tuple):
			plain[key] = sorted(rows, key=lambda row: [str(one) for one in row.values()])
	return plain | {
		"start": content.start.isoformat(),
		"end": content.end.isoformat(),
		"computed_at": _time(content.computed_at),
	}


def _parse(text: str) -> dict[str, Any]:
	if len(text) > LARGEST:
		_refuse(_("The file is larger than a return can be"))
	try:
		data = json.loads(text, parse_float=_no_number, parse_constant=_no_number)
	except (ValueError, RecursionError):
		_refuse(_("The file cannot be read: {0}").format("JSON"))
	if not isinstance(data, dict):
		_refuse(_("This file is not a return of a mentoring program"))
	return data


def _no_number(written: str) -> NoReturn:
	raise ValueError(f"not a whole number: {written}")


def _body_of(data: Mapping[str, Any]) -> Mapping[str, Any]:
	body = data.get("return")
	return body if isinstance(body, dict) else _refuse(_("The file has no return in it"))


def _content(body: Mapping[str, Any]) -> tuple[Return, set[str]]:
	unknown: set[str] = set()
	rows = {
		name: tuple(_row(kind, row, name, unknown) for row in _typed(body, name, list))
		for name, kind in (("measures", Measure), ("indicators", Indicator), ("cells", Cell))
	}
	content = Return(
		**{name: _typed(body, name, str) for name in ("organization", "authority")},
		start=_date(body, "start"),
		end=_date(body, "end"),
		computed_at=_moment(body, "computed_at"),
		bound=_typed(body, "bound", int),
		**rows,
	)
	return content, unknown | (body.keys() - {one.name for one in fields(Return)})


# As the annotations of the three dataclasses say.
_TYPES = {"people": (bool,), "public": (bool,), "by_hand": (bool,), "value": (int, type(None))}


def _row(kind: type, row: Any, where: str, unknown: set[str]) -> Any:
	if not isinstance(row, dict):
		_refuse(_("Something is wrong with {0} in the return").format(where))
	known = list(kind.__annotations__)
	unknown.update(f"{where}.{name}" for name in row.keys() - set(known))
	return kind(*(_typed(row, name, *_TYPES.get(name, (str,))) for name in known))


def _typed(row: Mapping[str, Any], name: str, *types: type) -> Any:
	value = row.get(name)
	fits = name in row and type(value) in types and not (isinstance(value, int) and value > MOST)
	return value if fits else _refuse(_("Something is wrong with {0} in the return").format(name))


def _date(body: Mapping[str, Any], name: str) -> date:
	try:
		return date.fromisoformat(_typed(body, name, str))
	except ValueError:
		_refuse(_("Something is wrong with {0} in the return").format(name))


def _moment(body: Mapping[str, Any], name: str) -> datetime:
	try:
		moment = datetime.strptime(_typed(body, name, str), "%Y-%m-%dT%H:%M:%SZ")
	except ValueError:
		_refuse(_("Something is wrong with {0} in the return").format(name))
	return moment.replace(tzinfo=timezone.utc)


def _check(content: Return) -> None:
	"""That a return makes sense, and shows no count of people which its own bound withholds."""
	if content.end < content.start:
		_refuse(_("The period of the return ends before it starts"))
	if content.computed_at.tzinfo is None:
		_refuse(_("The time of the return has no time zone"))
	public = {measure.code for measure in content.measures if measure.public}
	people = {one.code: one.people and one.code not in public for one in content.measures}
	if any(set(one.title) & {"<", ">"} for one in (*content.measures, *content.indicators)):
		_refuse(_("Something is wrong with {0} in the return").format("title"))
	known: dict[Place, int | None] = {}
	for cell in content.cells:
		if cell.measure not in people:
			_refuse(_("The return counts {0} but does not say what that is").format(cell.measure))
		if cell.place in known:
			_refuse(_("The return gives {0} twice").format(" / ".join(cell.place)))
		if cell.value is not None and cell.value < 0:
			_refuse(_("The return has a count below zero: {0}").format(" / ".join(cell.place)))
		if people[cell.measure] and cell.value and cell.value < content.bound:
			_refuse(_("The return shows a count of people below {0}").format(content.bound))
		known[cell.place] = cell.value
	for one in content.indicators:
		if {one.numerator, one.denominator} - {*people, ""}:
			_refuse(_("The return counts {0} but does not say what that is").format(one.code))
		if people.get(one.numerator) and (people.get(one.denominator) or one.denominator in public):
			_check_rests(one, known, content.bound)


def _check_rests(indicator: Indicator, known: Mapping[Place, int | None], bound: int) -> None:
	for place, part in known.items():
		whole = (
			known.get(denominator_of(indicator, place, known)) if place[0] == indicator.numerator else None
		)
		if part is None or whole is None:
			continue
		if part > whole:
			_refuse(_("{0} is more than {1}, of which it is a part").format(part, whole))
		if 0 < whole - part < bound:
			_refuse(_("The return shows a count of people below {0}").format(bound))
