"""The wording of all orders, local acts and awards, and the Workflows of what came with them."""

from nastavnik_app import seed, workflow


def execute() -> None:
	seed.insert_missing()
	workflow.seed_workflows()
