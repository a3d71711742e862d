"""The curator loads the school's roadmap, corrects what was read with a doubt, and makes tasks of it."""

from pathlib import Path

from journeys.inspection import inspect
from journeys.person import Person
from journeys.school_papers import DOUBTFUL, ROADMAP, write_roadmap
from journeys.steps import PROGRAM


def test_doubt_is_corrected_before_tasks_are_made(curator: Person, tmp_path: Path) -> None:
	curator.open_new("Roadmap Import")
	curator.fill(program=PROGRAM, document=write_roadmap(tmp_path))
	curator.picture("roadmap-import-new")
	curator.save()
	curator.button("Read the Document")
	assert list(curator.doubts()) == [DOUBTFUL]
	assert ROADMAP[DOUBTFUL - 1][2] in curator.doubts()[DOUBTFUL], "the words that were not understood"
	inspect(curator, "roadmap-import-doubt")

	with curator.refused() as why:
		curator.button("Create Tasks")
	assert "сомнени" in why.text
	inspect(curator, "roadmap-import-refused")

	curator.fill_row("rows", DOUBTFUL, term_text="до 1 октября 2026")
	curator.save()
	assert not curator.doubts(), "the corrected words are read again"
	curator.picture("roadmap-import-corrected")
	curator.button("Create Tasks")
	assert str(len(ROADMAP)) in curator.message()
	curator.picture("roadmap-import-done")

	curator.button("Open the Tasks")
	assert sorted(curator.titles()) == sorted(title for _number, title, _term, _who in ROADMAP)
	curator.picture("roadmap-tasks-made")
