"""What the mentoring year needs: questionnaires, templates of plans; a pair between two schools."""

from nastavnik_app import seed, workflow

NEW = ("12_readiness", "45_questionnaires", "46_plan_templates", "47_review_cards")


def execute() -> None:
	seed.insert_missing(*NEW)
	workflow.add_states("Pair")
