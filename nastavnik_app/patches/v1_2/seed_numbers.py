"""What returns to the authority need: the workflow by which a director approves them."""

from nastavnik_app import workflow


def execute() -> None:
	workflow.seed_workflows(["Program Return"])
