"""The states of every document that has them: one table, read by the guard, the Workflow records and the tests."""

from __future__ import annotations

from nastavnik_app.rules.machines import CANCELLED, DRAFT, SUBMITTED, Edge, Machine, State
from nastavnik_app.rules.scope import PEOPLE

DIRECTOR = "Mentoring Director"
CURATOR = "Mentoring Curator"
METHODIST = "Mentoring Methodist"
SPECIALIST = "Mentoring Specialist"
PARTICIPANT = "Mentoring Participant"
OFFICER = "Mentoring Municipal Officer"

ROLES = (DIRECTOR, CURATOR, METHODIST, SPECIALIST, PARTICIPANT, OFFICER)

_OPEN = None  # all content may be edited

_SIGNING = ("number_and_date_given", "pairs_as_sent", "takes_part_lawfully", "capacity_left")

_DESTROYING = ("nobody_held", "commission_named")

_COUNTED = "figures_as_counted"
# what authority and school say to each other about a return; each side its own (returns/dialogue.py)
_DIALOGUE = frozenset(
	(
		"recommendations",
		"recommendations.recommendation",
		"recommendations.due_date",
		"recommendations.answer",
		"recommendations.answered_on",
		"recommendations.given_by",
	)
)

MACHINES: dict[str, Machine] = {
	machine.doctype: machine
	for machine in (
		Machine(
			"Mentoring Order",
			states=(
				State("Draft", editable=_OPEN),
				State(
					"On Approval",
					editable=frozenset({"remark", "order_number", "order_date", "scan"}),
					style="Warning",
				),
				State(
					"Signed",
					SUBMITTED,
					editable=frozenset({"acknowledgements.acknowledged_on", "cancel_reason"}),
					style="Success",
				),
				State("Cancelled", CANCELLED, style="Danger"),
			),
			edges=(
				Edge(
					"Draft",
					"Send for Approval",
					"On Approval",
					(CURATOR, DIRECTOR),
					("subject_listed", "takes_part_lawfully"),
				),
				Edge("On Approval", "Recall", "Draft", (CURATOR,), ("recalled_by_sender",)),
				Edge(
					"On Approval", "Return With Remark", "Draft", (DIRECTOR,), ("is_approver", "remark_given")
				),
				Edge("On Approval", "Sign", "Signed", (DIRECTOR,), ("approved_by_another", *_SIGNING)),
				Edge(
					"On Approval",
					"Register Paper Signature",
					"Signed",
					(CURATOR,),
					("scan_attached", *_SIGNING),
				),
				Edge(
					"Signed",
					"Cancel Order",
					"Cancelled",
					(DIRECTOR,),
					("is_approver", "cancel_reason_given", "effect_reversible"),
				),
			),
			milestones={
				(DRAFT, SUBMITTED): ("approved_or_registered", *_SIGNING),
				(SUBMITTED, CANCELLED): ("is_approver", "cancel_reason_given", "effect_reversible"),
			},
		),
		Machine(
			"Individual Plan",
			states=(
				State("Draft", editable=_OPEN),
				State("Ready", editable=frozenset({"remark"}), style="Warning"),
				State(
					"Approved",
					editable=frozenset(
						{
							"activities.done_on",
							"activities.actual_result",
							"activities.evidence",
							"activities.meeting",
							"fulfilment",
							"end_reason",
							"recommendations",
						}
					),
					style="Success",
				),
				State("Completed", style="Primary"),
				State("Closed Incomplete", style="Inverse"),
			),
			edges=(
				Edge("Draft", "Declare Ready", "Ready", (CURATOR, METHODIST, PARTICIPANT)),
				Edge(
					"Ready", "Return With Remark", "Draft", (CURATOR, METHODIST, DIRECTOR), ("remark_given",)
				),
				Edge("Ready", "Approve by Order", "Approved"),
				Edge("Approved", "Undo Approval", "Ready"),
				Edge(
					"Approved",
					"Complete",
					"Completed",
					(CURATOR,),
					("plan_fulfilled", "recommendations_given"),
				),
				Edge(
					"Approved",
					"Close Incomplete",
					"Closed Incomplete",
					(CURATOR,),
					("end_reason_given", "recommendations_given"),
				),
			),
		),
		Machine(
			"Pair",
			states=(
				State("Draft", editable=_OPEN),
				State("Assigned by One School", style="Warning"),
				State(
					"Assigned",
					editable=frozenset(
						{
							"first_meeting_on",
							"notice_given_on",
							"notice_given_by",
							"ended_on",
							"end_reason",
							"decision",
							"results",
							"case_url",
						}
					),
					style="Success",
				),
				State("Completed", editable=frozenset({"decision", "results", "case_url"}), style="Primary"),
				State("Terminated", editable=frozenset({"results", "case_url"}), style="Danger"),
			),
			edges=(
				Edge("Draft", "Assign by Order", "Assigned"),
				Edge("Draft", "Assign One Side by Order", "Assigned by One School"),
				Edge("Assigned by One School", "Assign by Order", "Assigned"),
				Edge("Assigned", "Undo Assignment", "Draft"),
				Edge("Assigned", "Undo Assignment of One Side", "Assigned by One School"),
				Edge("Assigned by One School", "Undo Assignment", "Draft"),
				Edge("Assigned by One School", "Terminate on Withdrawal", "Terminated"),
				Edge("Assigned", "Complete", "Completed", (CURATOR,), ("results_given",)),
				Edge(
					"Assigned", "Terminate", "Terminated", (CURATOR,), ("end_reason_given", "notice_observed")
				),
				Edge("Assigned", "Terminate on Withdrawal", "Terminated"),
				Edge("Draft", "Terminate on Withdrawal", "Terminated"),
				Edge("Assigned", "Terminate by Order", "Terminated"),
				Edge("Assigned", "Complete by Order", "Completed"),
				Edge("Terminated", "Undo Termination", "Assigned"),
				Edge("Completed", "Undo Completion", "Assigned"),
			),
		),
		Machine(
			"Consent",
			states=(
				State("Draft", editable=_OPEN),
				State(
					"Signed",
					SUBMITTED,
					editable=frozenset({"withdrawn_on", "withdrawal_reason", "keep_until"}),
					style="Success",
				),
				State("Withdrawn", SUBMITTED, style="Danger"),
				State("Expired", SUBMITTED, style="Inverse"),
			),
			edges=(
				Edge("Draft", "Record Signature", "Signed", (CURATOR,), ("signed_by_the_right_person",)),
				Edge("Signed", "Withdraw", "Withdrawn", (CURATOR,), ("withdrawal_dated",)),
				Edge("Signed", "Expire", "Expired"),
			),
			milestones={
				(DRAFT, SUBMITTED): ("signed_by_the_right_person",),
				(SUBMITTED, CANCELLED): ("never",),
			},
		),
		Machine(
			"Roadmap Task",
			field="status",
			states=(
				State("Planned", editable=_OPEN),
				State("In Progress", editable=_OPEN, style="Warning"),
				State("Done", editable=frozenset({"evidence", "evidence_file"}), style="Success"),
				State("Cancelled", style="Inverse"),
			),
			edges=(
				Edge("Planned", "Start", "In Progress", (CURATOR, DIRECTOR, METHODIST, SPECIALIST)),
				Edge("Planned", "Complete", "Done", (CURATOR, DIRECTOR, METHODIST, SPECIALIST)),
				Edge("In Progress", "Complete", "Done", (CURATOR, DIRECTOR, METHODIST, SPECIALIST)),
				Edge("Planned", "Cancel Task", "Cancelled", (CURATOR, DIRECTOR), ("cancel_reason_given",)),
				Edge(
					"In Progress", "Cancel Task", "Cancelled", (CURATOR, DIRECTOR), ("cancel_reason_given",)
				),
				Edge("Done", "Reopen", "In Progress", (CURATOR, DIRECTOR)),
				Edge("Cancelled", "Reopen", "Planned", (CURATOR, DIRECTOR)),
			),
		),
		*(
			Machine(
				doctype,
				states=(
					State("Candidate", editable=_OPEN),
					State("In Bank", editable=_OPEN, style="Success"),
					State("Archived", style="Inverse"),
				),
				edges=(
					Edge("Candidate", "Admit to Bank", "In Bank", (CURATOR,)),
					Edge("Candidate", "Archive", "Archived", (CURATOR,), ("no_open_pair",)),
					Edge("In Bank", "Archive", "Archived", (CURATOR,), ("no_open_pair",)),
					Edge("Archived", "Return to Bank", "In Bank", (CURATOR,), ("not_blocked",)),
					Edge("Candidate", "Block", "Archived"),
					Edge("In Bank", "Block", "Archived"),
				),
			)
			for doctype in PEOPLE
		),
		Machine(
			"Mentoring Program",
			states=(
				State("Draft", editable=_OPEN),
				State("Running", editable=_OPEN, style="Success"),
				State("Closed", style="Inverse"),
			),
			edges=(
				Edge("Draft", "Start by Order", "Running"),
				Edge("Draft", "Start", "Running", (DIRECTOR,)),
				Edge("Running", "Undo Start", "Draft"),
				Edge("Running", "Close", "Closed", (DIRECTOR,)),
				Edge("Running", "Close by Order", "Closed"),
				Edge("Closed", "Undo Closing", "Running"),
			),
		),
		Machine(
			"Mentoring Local Act",
			states=(
				State("Draft", editable=_OPEN),
				State("Approved", style="Success"),
				State("Repealed", style="Inverse"),
			),
			edges=(
				Edge("Draft", "Approve by Order", "Approved"),
				Edge("Approved", "Undo Approval", "Draft"),
				Edge("Approved", "Repeal", "Repealed", (DIRECTOR,), ("is_approver",)),
			),
		),
		Machine(
			"Mentoring Award",
			states=(
				State("Proposed", editable=_OPEN),
				State("Granted", editable=frozenset({"outcome"}), style="Success"),
				State("Declined", style="Inverse"),
			),
			edges=(
				Edge("Proposed", "Decline", "Declined", (CURATOR, DIRECTOR)),
				Edge("Declined", "Propose Again", "Proposed", (CURATOR,)),
				Edge("Proposed", "Grant by Order", "Granted"),
				Edge("Granted", "Undo Granting", "Proposed"),
			),
		),
		Machine(
			"Data Destruction Act",
			states=(
				State("Draft", editable=_OPEN),
				State("On Approval", editable=frozenset({"remark"}), style="Warning"),
				State("Approved", SUBMITTED, style="Success"),
			),
			edges=(
				Edge("Draft", "Send for Approval", "On Approval", (CURATOR, DIRECTOR), _DESTROYING),
				Edge("On Approval", "Recall", "Draft", (CURATOR,), ("recalled_by_sender",)),
				Edge(
					"On Approval", "Return With Remark", "Draft", (DIRECTOR,), ("is_approver", "remark_given")
				),
				Edge(
					"On Approval", "Approve", "Approved", (DIRECTOR,), ("approved_by_another", *_DESTROYING)
				),
			),
			milestones={
				(DRAFT, SUBMITTED): ("approved_by_another", *_DESTROYING),
				(SUBMITTED, CANCELLED): ("never",),
			},
		),
		Machine(
			"Program Return",
			states=(
				State("Draft", editable=_OPEN),
				State("On Approval", editable=frozenset({"remark"}), style="Warning"),
				State("Approved", SUBMITTED, style="Primary"),
				State("Sent", SUBMITTED, editable=_DIALOGUE | {"remark"}, style="Warning"),
				State("Accepted", SUBMITTED, editable=_DIALOGUE, style="Success"),
				State("Sent Back", SUBMITTED, editable=_DIALOGUE, style="Danger"),
				State("Replaced", SUBMITTED, style="Inverse"),
				State("Cancelled", CANCELLED, style="Danger"),
			),
			edges=(
				Edge("Draft", "Send for Approval", "On Approval", (CURATOR, DIRECTOR), (_COUNTED,)),
				Edge("On Approval", "Recall", "Draft", (CURATOR,), ("recalled_by_sender",)),
				Edge(
					"On Approval", "Return With Remark", "Draft", (DIRECTOR,), ("is_approver", "remark_given")
				),
				Edge("On Approval", "Approve", "Approved", (DIRECTOR,), ("approved_by_another", _COUNTED)),
				Edge("Approved", "Send to the Authority", "Sent", (CURATOR, DIRECTOR), (_COUNTED,)),
				Edge("Sent", "Accept", "Accepted", (OFFICER,), ("belongs_to_authority", _COUNTED)),
				Edge("Sent", "Send Back", "Sent Back", (OFFICER,), ("belongs_to_authority", "remark_given")),
				Edge("Approved", "Cancel Return", "Cancelled", (DIRECTOR,), ("is_approver",)),
				Edge("Sent Back", "Cancel Return", "Cancelled", (DIRECTOR,), ("is_approver",)),
				Edge("Draft", "Receive", "Sent"),
				Edge("Sent", "Replace", "Replaced"),
				Edge("Accepted", "Replace", "Replaced"),
				Edge("Sent Back", "Replace", "Replaced"),
			),
			milestones={
				(DRAFT, SUBMITTED): ("approved_by_another", _COUNTED),
				(SUBMITTED, CANCELLED): ("is_approver",),
			},
		),
	)
}

# states asked for together
OPEN_TASKS = ("Planned", "In Progress")
OPEN_PAIRS = ("Draft", "Assigned by One School", "Assigned")  # that take a mentor's places
WORKED_PAIRS = ("Assigned", "Completed")  # at work, or to the end of it
ORDERED_PAIRS = (*WORKED_PAIRS, "Terminated")  # that an order has brought about
APPROVED_PLANS = ("Approved", "Completed", "Closed Incomplete")
IN_BANK, ARCHIVED = "In Bank", "Archived"
ARRIVED_RETURNS = ("Sent", "Accepted", "Sent Back")  # what an authority sees of a school's
COUNTED_RETURNS = ("Sent", "Accepted")  # what it adds up
STANDING_RETURNS = ("Approved", *COUNTED_RETURNS)  # neither sent back nor replaced

# what persons do, as the buttons say it
ACTIONS = sorted({edge.action for machine in MACHINES.values() for edge in machine.edges if edge.by_person})
