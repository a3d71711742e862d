"""Values that nobody in good faith would send."""

from __future__ import annotations

import json
from random import Random
from typing import Any

TEXTS = (
	"",
	" ",
	"0",
	"-1",
	"1e309",
	"NaN",
	"None",
	"null",
	"true",
	"undefined",
	"' or '1'='1",
	"'; drop table `tabMentee`; --",
	'" union select name, last_name from `tabMentee` -- ',
	"1) or (1=1",
	"name` from `tabMentee` -- ",
	"%",
	"%_%",
	"\\",
	"`",
	"{{ 7 * 7 }}",
	"{{ frappe.db.sql('select 1') }}",
	"{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
	"${7*7}",
	"{0.__class__}",
	"{name}",
	"%s%s%n",
	"<script>alert(1)</script>",
	'"><img src=x onerror=alert(1)>',
	"javascript:alert(1)",
	"=cmd|'/c calc'!A1",
	"../../../../etc/passwd",
	"/private/files/../../site_config.json",
	"..\\..\\site_config.json",
	"file:///etc/passwd",
	"http://127.0.0.1:1/",
	"\x00",
	"a\x00b",
	"\r\nSet-Cookie: a=b",
	"\u202etxet",
	"\ud7ff\ufffe",
	"😀" * 5,
	"Ё" * 300,
	"a" * 5000,
	"(" * 400,
	"2026-13-45",
	"0000-00-00",
	"31.02.2026",
	"9999-12-31 23:59:59.999999",
	"99999999999999999999",
	"Administrator",
	"Guest",
	"DocType",
	"User",
	"[",
	"{",
	"[]",
	"{}",
	"[[]]",
	"[null]",
	"[1, 2.5, true, null]",
	'{"a": {"b": {"c": []}}}',
	'{"doctype": "Mentee", "name": "x"}',
	'[["Mentee", "last_name", "like", "%"]]',
	'["name", "(select last_name from tabMentee limit 1) as x"]',
	'{"name": ["in", "select name from tabMentee"]}',
	"[" * 1000,
)
OTHERS: tuple[Any, ...] = (
	None,
	True,
	False,
	0,
	-1,
	2**63,
	1.5,
	[],
	{},
	[[]],
	[None],
	[{}],
	["x", 1, None, {"a": 1}],
	{"a": None},
	{"doctype": "Mentee"},
	{"name": ["like", "%"]},
	["like", "%"],
	[["name", "like", "%"]],
	list(range(1000)),
)
FILTERS = (
	{"name": ["like", "%"]},
	{"organization": ["is", "set"]},
	{"organization": ["!=", ""]},
	[["modified", ">", "2000-01-01"]],
	[["nothing", "=", 1]],
	[["name", "no such operator", 1]],
	{"name": ["in", "1) or 1=1 -- "]},
	{"1=1 or name": "x"},
	{"`tabMentee`.last_name": ["like", "%"]},
	{"mentor.last_name": ["like", "%"]},
	{"name": ["between", ["2026-01-01"]]},
	{"name": ["in", []]},
	{"creation": ["between", "x"]},
	{"docstatus": "x"},
	{"name": {"x": 1}},
	[[]],
	[["a"]],
	{"name": None},
)


def value(random: Random) -> Any:
	"""Something wrong: mostly a text."""
	return random.choice(TEXTS) if random.random() < 0.65 else random.choice(OTHERS)


def text(random: Random) -> str:
	return random.choice(TEXTS)


def filters(random: Random) -> str:
	"""Filters that look past their rows, or are none."""
	return json.dumps(random.choice(FILTERS)) if random.random() < 0.8 else text(random)
