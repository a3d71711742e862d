"""python -m scripts.state_page: writes docs/states.md from the state table (`nastavnik_app/rules/states.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nastavnik_app.rules.machines import Edge, Machine, State
from nastavnik_app.rules.states import MACHINES

COMMAND = "python -m scripts.state_page"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "states.md"

DOCSTATUS = ("0, saved", "1, submitted", "2, cancelled")

CONDITIONS = {
	"is_approver": "the person is the organization's director of that day, or the acting one named for that day",
	"approved_by_another": "the person is the director of that day, or the acting one; an acting one neither drafted nor sent the document himself",
	"approved_or_registered": "approved by the director of that day as above, or the scan of the sheet signed on paper is attached",
	"recalled_by_sender": "the person sent or drafted the document",
	"scan_attached": "the scan of the signed sheet is attached",
	"number_and_date_given": "the date is given, and the number too unless the app counts the organization's orders",
	"pairs_as_sent": "what the order says of its pairs (names, form, days) is what they are",
	"subject_listed": "the order has points, and lists what its effect needs, each record at the state that the effect begins from",
	"takes_part_lawfully": "everybody whom the order lists has a valid consent to the processing of personal data (or, where the setting allows it, a recorded legal basis); a mentor of another worker also has the consent to additional work and the addendum",
	"capacity_left": "each mentor whom the order assigns has places left",
	"effect_reversible": "what signing did can still be taken back",
	"signed_by_the_right_person": "the day of signing is given and has come, and who signed is who must by age on that day",
	"withdrawal_dated": "the day of withdrawal is given and not before the signature",
	"plan_fulfilled": "the plan is fulfilled by at least the percentage of the settings",
	"notice_observed": "where notice was given of the early end of a workers' mentor's duty, its working days have passed by the day of the end",
	"no_open_pair": "the person takes part in no pair at Draft or Assigned",
	"not_blocked": "the record is not blocked",
	"nobody_held": "nobody on the act takes part in a pair, waits in an order to be signed, is on a register that the law asks for, is still in the bank, is processed on another basis or is kept by a term",
	"commission_named": "somebody is named who destroys the data",
	"figures_as_counted": "the figures of the return are counted, and its checksum says that they are unchanged since",
	"belongs_to_authority": "the person belongs to the authority to which the return was sent",
	"never": "never",
	"remark_given": "a remark is written",
	"end_reason_given": "the reason of the end is written",
	"recommendations_given": "recommendations for further work are written",
	"cancel_reason_given": "the reason of the cancellation is written",
	"results_given": "the results of the program for the pair are written",
}

# what must be true of the document because of which the system moves another (`system_moves.FACTS`)
FACTS = {
	("Pair", "Assigned"): "a signed order lists the pair; or the order that ended it is cancelled",
	("Pair", "Assigned by One School"): (
		"a signed order of one of two schools lists the pair; or the order of one of them is cancelled"
	),
	("Pair", "Draft"): "the order that the pair rests on is cancelled",
	(
		"Pair",
		"Terminated",
	): "a participant's consent is withdrawn; or a signed order lists the pair or the one that replaces it",
	("Pair", "Completed"): "a signed order closes the programme of the pair",
	("Individual Plan", "Approved"): "a signed order lists the plan",
	("Individual Plan", "Ready"): "the order that the plan rests on is cancelled",
	(
		"Mentoring Program",
		"Running",
	): "a signed order is about the program; or the order that closed it is cancelled",
	("Mentoring Program", "Closed"): "a signed order is about the program",
	("Mentoring Local Act", "Approved"): "a signed order is accompanied by the act",
	("Mentoring Local Act", "Draft"): "the order that the act rests on is cancelled",
	("Mentoring Award", "Granted"): "a signed order lists the award",
	("Mentoring Award", "Proposed"): "the order that the award rests on is cancelled",
	("Mentoring Program", "Draft"): "the order that the program rests on is cancelled",
	("Consent", "Expired"): "the last day of the consent is over",
	("Mentor", "Archived"): "the record is blocked",
	("Mentee", "Archived"): "the record is blocked",
	("Program Return", "Sent"): "its signed file came from the site of a Return Partner",
	("Program Return", "Replaced"): "a newer return of the same organization, authority and days is sent",
}

PREFACE = """# States

Generated from `nastavnik_app/rules/states.py` by `{command}`; do not edit by hand.

- **By person**: the edge is an action of the form, taken by a person with one of the roles, if the conditions hold. Administrator may take these edges too, on the same conditions. Where two actions lead to the same state (signing, registering a signature on paper), the conditions of one of them are enough.
- **By system**: the edge has no button. `system_moves.move` takes it when another document's effect brings it about, after the fact has been checked, and leaves a Version and a comment.
- A document begins at the first state. Outside the fields named under *may be edited* its content is locked, and it is deleted only at its first state.
- A site's own Workflow may add states and actions; what a change of docstatus asks for holds whatever that Workflow says.
- The guard (`workflow.py`) runs at `validate` (also when submitting), `before_update_after_submit`, `before_cancel`, `before_discard`, `on_trash` and `before_rename`. Discarding and renaming are always refused.
"""


def render() -> str:
	"""The whole page; KeyError where a condition or a fact has no words here yet."""
	return "\n".join([PREFACE.format(command=COMMAND), *(_section(machine) for machine in MACHINES.values())])


def _section(machine: Machine) -> str:
	lines = [f"## {machine.doctype}", "", f"State field: `{machine.field}`.", ""]
	lines += ["```mermaid", *_diagram(machine), "```", ""]
	lines += ["| State | Docstatus | May be edited |", "|---|---|---|"]
	lines += [
		f"| {state.name} | {DOCSTATUS[state.docstatus]} | {_editable(state)} |" for state in machine.states
	]
	lines += ["", "| From | Action | To | Taken by | If |", "|---|---|---|---|---|"]
	lines += [_row(machine, edge) for edge in machine.edges]
	lines += ["", *_milestones(machine)]
	return "\n".join(lines)


def _diagram(machine: Machine) -> Iterator[str]:
	yield "stateDiagram-v2"
	for state in machine.states:
		if _id(state.name) != state.name:
			yield f'\tstate "{state.name}" as {_id(state.name)}'
	yield f"\t[*] --> {_id(machine.initial.name)}"
	for edge in machine.edges:
		suffix = "" if edge.by_person else " (system)"
		yield f"\t{_id(edge.state)} --> {_id(edge.next_state)}: {edge.action}{suffix}"


def _id(state: str) -> str:
	return state.replace(" ", "_")


def _editable(state: State) -> str:
	if state.editable is None:
		return "everything"
	return ", ".join(f"`{name}`" for name in sorted(state.editable)) or "nothing"


def _row(machine: Machine, edge: Edge) -> str:
	taken_by = f"person: {', '.join(edge.roles)}" if edge.by_person else "system"
	conditions = [CONDITIONS[name] for name in edge.conditions]
	if not edge.by_person:
		conditions.append(FACTS[machine.doctype, edge.next_state])
	held = "; ".join(conditions) or "—"
	return f"| {edge.state} | {edge.action} | {edge.next_state} | {taken_by} | {held} |"


def _milestones(machine: Machine) -> Iterator[str]:
	if not machine.milestones:
		return
	yield "Whatever the site's Workflow says, a change of docstatus asks:"
	yield ""
	for (before, after), names in machine.milestones.items():
		yield f"- {before} → {after}: {'; '.join(CONDITIONS[name] for name in names)}"
	yield ""


def main() -> None:
	PAGE.write_text(render(), encoding="utf-8")
	print(f"{PAGE} is written")


if __name__ == "__main__":
	main()
