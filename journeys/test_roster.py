"""The curator brings a list of pupils: a date that is none is told, the corrected list comes in, and stands in the bank."""

from pathlib import Path

from journeys.inspection import inspect
from journeys.person import Person
from journeys.school_papers import write_list
from journeys.steps import SCHOOL, come_back_until
from journeys.words import russian

NO_DAY = "31.02.2012"


def test_list_with_a_wrong_day_is_corrected_and_imported(curator: Person, tmp_path: Path) -> None:
	wrong, _names = write_list(tmp_path, "05.03.2012", NO_DAY)
	right, names = write_list(tmp_path, "05.03.2012", "29.02.2012")
	curator.open_new("Roster Import")
	curator.fill(organization=SCHOOL, people=russian("Mentee"), file=wrong)
	curator.save()
	curator.button("Check the List")
	assert NO_DAY in curator.text()
	assert russian("Import the List") not in curator.buttons()
	inspect(curator, "roster-fault")

	curator.open_new("Roster Import")
	curator.fill(organization=SCHOOL, people=russian("Mentee"), file=right)
	curator.save()
	curator.button("Check the List")
	assert curator.value("new_count") == "2"
	inspect(curator, "roster-checked")
	curator.button("Import the List")
	come_back_until(curator, "status", russian("Imported"))
	inspect(curator, "roster-imported")
	for name in names:
		curator.open_list("Mentee", search=name.split()[0])
		assert curator.titles() == [name]
