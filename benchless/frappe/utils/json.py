"""JSON as Frappe writes it: dates and times as text, documents as dictionaries."""

import json
from typing import Any

from frappe.types import _dict


def _plain(value: Any) -> Any:
	if hasattr(value, "as_dict"):
		return value.as_dict()
	return list(value) if isinstance(value, set | frozenset | tuple) else str(value)


def as_json(obj: Any, indent: int | None = 1) -> str:
	separators = (",", ": ") if indent else (",", ":")
	return json.dumps(obj, indent=indent, sort_keys=True, default=_plain, separators=separators)


def parse_json(val: Any) -> Any:
	"""Text as JSON, anything else as it is; dictionaries become `_dict`."""
	val = json.loads(val) if isinstance(val, str) else val
	return _dict(val) if type(val) is dict else val
