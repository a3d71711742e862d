"""The kinds of mailings: when each is due, who reads it, and which reports it brings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import cint

from nastavnik_app.people.office import approver_of, can_log_in
from nastavnik_app.permissions import organizations_of
from nastavnik_app.rules import report_days
from nastavnik_app.rules.states import CURATOR, DIRECTOR, OFFICER

AUTHORITIES = ("Municipal Authority", "Regional Authority")


@dataclass(frozen=True)
class Part:
	"""A report of a mailing; `by_program` where it is about one programme rather than about an organization."""

	report: str
	filters: dict[str, Any] = field(default_factory=dict)
	by_program: bool = False


@dataclass(frozen=True)
class Kind:
	"""`setting` switches it on. `organizations` are those that it may be about, `readers` the users of one of them,
	among whom those count who have one of `roles`; `filter` is how its reports call the organization."""

	name: str
	setting: str
	is_due: Callable[[date, Document], bool]
	organizations: Callable[[], list[str]]
	readers: Callable[[Document], list[str]]
	roles: frozenset[str]
	parts: tuple[Part, ...]
	filter: str = "organization"

	def readers_of(self, organization: str) -> list[str]:
		"""Enabled users to whom it goes, each with a right to the organization's records."""
		record = frappe.get_doc("Educational Organization", organization)
		return [user for user in dict.fromkeys(self.readers(record)) if self._may_read(user, organization)]

	def _may_read(self, user: str | None, organization: str) -> bool:
		return bool(
			user
			and can_log_in(user)
			and self.roles & set(frappe.get_roles(user))
			and organization in organizations_of(user)
		)

	def runs(self, organization: str) -> Iterator[tuple[str, dict[str, Any]]]:
		"""Each report with its filters; one about a programme for each that is running."""
		running = {"organization": organization, "workflow_state": "Running"}
		programs = frappe.get_all(
			"Mentoring Program", filters=running, order_by="period_start asc, creation asc", pluck="name"
		)
		for part in self.parts:
			for about in [{"program": program} for program in programs] if part.by_program else [{}]:
				yield part.report, {self.filter: organization, **about, **part.filters}


def _with_running_program() -> list[str]:
	running = {"workflow_state": "Running"}
	return sorted(
		set(frappe.get_all("Mentoring Program", filters=running, pluck="organization", distinct=True))
	)


def _authorities() -> list[str]:
	of_type = {"organization_type": ["in", AUTHORITIES]}
	return frappe.get_all("Educational Organization", filters=of_type, order_by="name asc", pluck="name")


def _members(organization: Document) -> list[str]:
	return [row.user for row in organization.members]


def _directors(organization: Document) -> list[str]:
	return [organization.director, approver_of(organization.name).user]


def _is_authority_day(day: date, settings: Document) -> bool:
	months = report_days.read_months(settings.authority_report_months)
	return report_days.is_day_of_month(day, cint(settings.authority_report_day), months)


KINDS = {
	kind.name: kind
	for kind in (
		Kind(
			"Weekly to Curators",
			"send_weekly_digest",
			lambda day, settings: report_days.is_weekday(day, settings.weekly_digest_day),
			_with_running_program,
			_members,
			frozenset({CURATOR}),
			(
				Part("Roadmap Fulfilment", by_program=True),
				Part("Consent Coverage", {"only_missing": 1}),
				Part("Pairs Without Meetings", by_program=True),
				Part("Plan Progress", by_program=True),
			),
		),
		Kind(
			"Monthly to Directors",
			"send_monthly_report",
			lambda day, settings: report_days.is_day_of_month(day, cint(settings.monthly_report_day)),
			_with_running_program,
			_directors,
			frozenset({DIRECTOR}),
			(
				Part("Roadmap Fulfilment", by_program=True),
				Part("Indicators Against Targets", by_program=True),
				Part("Satisfaction", by_program=True),
				Part("Event Coverage", by_program=True),
			),
		),
		Kind(
			"To the Authority",
			"send_authority_report",
			_is_authority_day,
			_authorities,
			_members,
			frozenset({OFFICER}),
			(
				Part("Returns Received"),
				Part("Consolidated Return"),
				Part("School Comparison"),
				Part("Municipal Roadmap"),
			),
			filter="authority",
		),
	)
}
