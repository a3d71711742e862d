"""The dictionary whose keys are attributes, as Frappe hands it about."""

from typing import Any


class _dict(dict):
	"""A dict with attribute access; a missing attribute is None."""

	__slots__ = ()
	__setattr__ = dict.__setitem__
	__delattr__ = dict.__delitem__

	def __getattr__(self, key: str) -> Any:
		if key.startswith("__"):
			raise AttributeError(key)
		return self.get(key)

	def update(self, *args: Any, **kwargs: Any) -> "_dict":
		super().update(*args, **kwargs)
		return self

	def copy(self) -> "_dict":
		return _dict(self)
