"""docs/states.md says what the state table says, and every condition and fact in it has words."""

from __future__ import annotations

import runpy
from pathlib import Path

from nastavnik_app.conditions import CONDITIONS
from nastavnik_app.system_moves import FACTS

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "state_page.py"))


def test_the_page_of_states_is_up_to_date() -> None:
	written = SCRIPT["PAGE"].read_text(encoding="utf-8")
	assert written == SCRIPT["render"](), f"docs/states.md is out of date. Run: {SCRIPT['COMMAND']}"


def test_every_condition_and_fact_has_words_and_no_words_are_left_over() -> None:
	assert set(SCRIPT["CONDITIONS"]) == set(CONDITIONS)
	assert set(SCRIPT["FACTS"]) == set(FACTS)
