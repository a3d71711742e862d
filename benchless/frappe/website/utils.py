"""Pages of the website."""


def clear_cache(path: str | None = None) -> None:
	"""Nothing to forget: this engine makes a page anew for each reader."""
