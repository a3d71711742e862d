"""The loop around a target: hypothesis for half of the time, then atheris, which looks at what code was reached.

    python -m fuzz.terms --seconds 600 --keep /tmp/found

Whatever breaks a target is written to the folder `--keep` once for each place in the code, with its trace beside it,
and the loop goes on. Exit code 1 if anything was found.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

SLOWEST = 20.0  # seconds of the processor for one input
LARGEST = 60_000  # bytes of one input
MEMORY = 2048  # megabytes
AT_ONCE = 200  # inputs of hypothesis between two looks at the clock


@dataclass
class Target:
	"""`attempt` reads an input and raises what is not declared. `made`: inputs as hypothesis makes them;
	`seeds`: inputs that atheris begins with; `words`: what it may put in."""

	name: str
	attempt: Callable[[bytes], None]
	made: Any
	seeds: Callable[[], Iterable[bytes]]
	words: Iterable[bytes] = ()


@dataclass
class Found:
	folder: Path
	count: int = 0
	places: set[str] = field(default_factory=set)
	began: float = field(default_factory=time.monotonic)

	def look_at(self, target: Target, data: bytes) -> None:
		self.count += 1
		start = time.process_time()
		try:
			target.attempt(data)
			took = time.process_time() - start
			if took > SLOWEST:
				raise TimeoutError(f"{took:.0f} s for {len(data)} bytes")
		except Exception as error:
			self._keep(data, error)

	def _keep(self, data: bytes, error: Exception) -> None:
		frame = traceback.extract_tb(error.__traceback__)[-1]
		place = f"{type(error).__name__} {Path(frame.filename).name}:{frame.lineno}"
		if place in self.places:
			return
		self.places.add(place)
		name = hashlib.sha256(place.encode()).hexdigest()[:12]
		(self.folder / name).write_bytes(data)
		trace = "".join(traceback.format_exception(error))
		(self.folder / f"{name}.txt").write_text(f"{place}\n{data[:2000]!r}\n{trace}", encoding="utf-8")
		print(f"FOUND {place}: {self.folder / name}", flush=True)

	def tell(self, engine: str) -> None:
		seconds = time.monotonic() - self.began
		print(f"{engine}: {self.count} inputs in {seconds:.0f} s, {len(self.places)} found", flush=True)


def by_hypothesis(target: Target, seconds: float, found: Found) -> None:
	@settings(
		max_examples=AT_ONCE,
		deadline=None,
		database=None,
		phases=[Phase.generate],
		suppress_health_check=list(HealthCheck),
	)
	@given(target.made)
	def one(data: bytes) -> None:
		found.look_at(target, data)

	until = time.monotonic() + seconds
	while time.monotonic() < until:
		one()
	found.tell(f"{target.name}, hypothesis")


def by_atheris(target: Target, seconds: float, found: Found) -> None:
	import atheris

	corpus = Path(tempfile.mkdtemp(prefix=f"fuzz-{target.name}-"))
	for number, seed in enumerate(target.seeds()):
		(corpus / f"seed-{number}").write_bytes(seed[:LARGEST])
	words = corpus.with_suffix(".words")
	words.write_text(
		"".join('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n' for word in target.words),
		encoding="ascii",
	)
	until = time.monotonic() + seconds

	def one(data: bytes) -> None:
		if time.monotonic() > until:  # libFuzzer leaves without asking Python to
			found.tell(f"{target.name}, atheris")
			os._exit(1 if found.places else 0)
		found.look_at(target, data)

	options = [f"-max_len={LARGEST}", f"-rss_limit_mb={MEMORY}", f"-dict={words}", "-verbosity=0"]
	options += [f"-artifact_prefix={found.folder}/", f"-timeout={int(SLOWEST) * 3}"]
	options += [
		f"-report_slow_units={int(SLOWEST) * 3}"
	]  # by the clock on the wall: `look_at` asks the processor
	atheris.Setup([target.name, *options, str(corpus)], one)
	atheris.Fuzz()


def run(load: Callable[[], Target]) -> None:
	"""`load` imports what is to be fuzzed, so that atheris sees it."""
	parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
	parser.add_argument("--seconds", type=float, default=60)
	parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "fuzz-found")
	parser.add_argument("--engine", choices=("both", "hypothesis", "atheris"), default="both")
	asked = parser.parse_args()
	asked.keep.mkdir(parents=True, exist_ok=True)
	share = asked.seconds / (2 if asked.engine == "both" else 1)
	if asked.engine == "hypothesis":
		target = load()
	else:
		import atheris

		with atheris.instrument_imports(include=["nastavnik_app"], enable_loader_override=False):
			target = load()
	found = Found(asked.keep)
	if asked.engine != "atheris":
		by_hypothesis(target, share, found)
	if asked.engine != "hypothesis":
		by_atheris(target, share, Found(asked.keep, places=found.places))
	sys.exit(1 if found.places else 0)
