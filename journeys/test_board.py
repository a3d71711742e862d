"""The roadmap as a board, a chart of bars and a calendar: views that Frappe Desk alone has."""

import pytest

from journeys.inspection import inspect
from journeys.person import Person

BOARD = "Дорожная карта"


@pytest.fixture
def desk(curator: Person) -> Person:
	if curator.own_pages:
		pytest.skip("the pages with no bench have no such views")
	return curator


def test_card_goes_where_the_workflow_leads(desk: Person) -> None:
	desk.open(f"/app/roadmap-task/view/kanban/{BOARD}")
	inspect(desk, "board")
	card = desk.cards("Planned")[0]
	desk.move_card(card, "In Progress")
	with desk.refused() as why:
		desk.move_card(card, "Planned")
	assert "В работе" in why.text and card in desk.cards("In Progress")
	desk.move_card(card, "Done")
	assert card in desk.cards("Done") and card not in desk.cards("Planned")
	desk.move_card(card, "In Progress")
	assert card in desk.cards("In Progress"), "who reopens a task goes on with it"


@pytest.mark.parametrize(
	("name", "path"),
	[
		("gantt", "roadmap-task/view/gantt"),
		("calendar-tasks", "roadmap-task/view/calendar/default"),
		("calendar-events", "mentoring-event/view/calendar/default"),
	],
)
def test_view(desk: Person, name: str, path: str) -> None:
	desk.open(f"/app/{path}")
	inspect(desk, name)
