"""What `fuzz/` begins with is read, and what breaks a target is kept once with its trace."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import strategies as st

from fuzz import documents, rosters, terms
from fuzz.running import Found, Target

MOST = 25  # of the seeds


@pytest.mark.parametrize("load", [documents.load, rosters.load, terms.load])
def test_a_target_reads_what_it_begins_with(load, tmp_path: Path) -> None:
	target, found = load(), Found(tmp_path)
	seeds = list(target.seeds())
	for seed in seeds[:: max(1, len(seeds) // MOST)]:
		found.look_at(target, seed)
	assert found.count >= 5
	assert not found.places, [path.read_text(encoding="utf-8") for path in tmp_path.glob("*.txt")]


def test_what_breaks_a_target_is_kept_once_for_each_place(tmp_path: Path) -> None:
	def attempt(data: bytes) -> None:
		if data == b"bad":
			raise KeyError("nobody declared this")

	target, found = Target("broken", attempt, st.binary(), lambda: ()), Found(tmp_path)
	for data in (b"good", b"bad", b"bad"):
		found.look_at(target, data)
	assert (found.count, len(found.places)) == (3, 1)
	(kept,) = [path for path in tmp_path.iterdir() if not path.suffix]
	assert kept.read_bytes() == b"bad"
	assert "nobody declared this" in kept.with_suffix(".txt").read_text(encoding="utf-8")
