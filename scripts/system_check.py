"""Looks for what printing needs and pip cannot bring: Pango and a Cyrillic font.

As root on a system with apt what is missing is installed; otherwise the line that does it is printed.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys

PACKAGES = [
	"libpango-1.0-0",
	"libpangoft2-1.0-0",
	"libharfbuzz-subset0",
	"fontconfig",
	"fonts-dejavu-core",
	"fonts-liberation",
]
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "fontconfig")


def missing() -> list[str]:
	"""What is not there, in words."""
	found = [f"the library {name}" for name in LIBRARIES if not ctypes.util.find_library(name)]
	if not has_cyrillic_font():
		found.append("a font with Cyrillic letters")
	return found


def has_cyrillic_font() -> bool:
	if not shutil.which("fc-list"):
		return False
	return bool(subprocess.run(["fc-list", ":lang=ru"], capture_output=True, check=False).stdout.strip())


def install() -> None:
	environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
	for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *PACKAGES]):
		subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)


def main() -> int:
	absent = missing()
	if absent and os.geteuid() == 0 and shutil.which("apt-get"):
		print(f"Installing what printing needs: {', '.join(absent)}", flush=True)
		install()
		absent = missing()
	if not absent:
		return 0
	print(
		f"Printing needs {', '.join(absent)}. On Debian or Ubuntu this line installs them:", file=sys.stderr
	)
	print(f"    sudo apt-get install -y {' '.join(PACKAGES)}", file=sys.stderr)
	return 1


if __name__ == "__main__":
	sys.exit(main())
