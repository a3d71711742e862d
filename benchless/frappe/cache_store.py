"""frappe.cache: what this process remembers of each site (Frappe keeps it in Redis)."""

from collections import defaultdict
from typing import Any

_stores: dict[str, "CacheStore"] = {}


def get_store(site_path: str) -> "CacheStore":
	return _stores.setdefault(site_path, CacheStore())


class CacheStore:
	"""Hashes by name."""

	def __init__(self) -> None:
		self.hashes: dict[str, dict[Any, Any]] = defaultdict(dict)
		self.meta_version: int | None = None

	def hget(self, name: str, key: Any) -> Any:
		return self.hashes[name].get(key)

	def hset(self, name: str, key: Any, value: Any) -> None:
		self.hashes[name][key] = value

	def flush(self) -> None:
		self.hashes.clear()
