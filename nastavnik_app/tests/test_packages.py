"""What is handed out beside the repository: wheel and archive hold what MANIFEST.in names."""

from __future__ import annotations

import re

from nastavnik_app import __version__
from nastavnik_app.tests.conftest import REPOSITORY


def test_the_archive_of_the_sources_takes_every_folder_of_the_house() -> None:
	manifest = (REPOSITORY / "MANIFEST.in").read_text("utf-8")
	grafted = set(re.findall(r"^graft (\S+)$", manifest, re.MULTILINE))
	named = re.findall(r"^\| `(\w+)/` \|", (REPOSITORY / "README.md").read_text("utf-8"), re.MULTILINE)
	assert set(named) <= grafted and len(named) > 5


def test_the_changelog_tells_of_this_version() -> None:
	assert f"## [{__version__}]" in (REPOSITORY / "CHANGELOG.md").read_text("utf-8")
