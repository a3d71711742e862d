"""What a newcomer waits for: `make test`, and `make demo` until it would serve."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.lines import Line
from benchmarks.timing import Rounds

OF = "runs"
SIZES = (1,)
ROOT = Path(__file__).resolve().parents[1]


def lines(size: int, rounds: Rounds) -> Iterator[Line]:
	"""By the clock and once, with nothing installed anew."""
	with tempfile.TemporaryDirectory() as folder:
		for what, arguments in (
			("make demo", ("benchless", "demo", "--no-serve", "--output", folder)),
			("make test", ("pytest", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")),
		):
			started = time.perf_counter()
			subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, stdout=sys.stderr, check=True)
			yield Line(what, size, time.perf_counter() - started)
