"""Templates of wording: text with `{{ name }}` out of a closed list, and nothing else of Jinja.

A school edits these templates, so a template is data and never code: attributes, calls, filters and blocks
are refused before anything is rendered.
"""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from nastavnik_app.rules.messages import Message, _
from nastavnik_app.rules.names import CASES


def _in_cases(name: str) -> tuple[str, ...]:
	return (name, *(f"{name}_{case}" for case in CASES))


PROGRAM_PLACEHOLDERS = (
	"organization",
	"organization_short",
	"place",
	"program",
	"period",
	"legal_basis",
	*_in_cases("curator"),
	*_in_cases("director"),
	"date",
)
ORDER_PLACEHOLDERS = (
	*PROGRAM_PLACEHOLDERS,
	"pair_count",
	"plan_count",
	"award_count",
	"amended_order",
	"council_protocol",
	"reason",
	"ended_on",
)
AWARD_PLACEHOLDERS = (
	*_in_cases("recipient"),
	*_in_cases("participant"),
	"post",
	"reason",
	"nominated_for",
	"program",
	"organization",
	"period",
)
BLANK = "_" * 12

_environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)


def check_template(text: str | None, placeholders: tuple[str, ...]) -> Message | None:
	"""None where the text may be used as a template, otherwise what is wrong and in which line."""
	try:
		template = _environment.parse(text or "")
	except TemplateSyntaxError as error:
		return _("line {0} cannot be read: {1}").format(error.lineno, error.message)
	for node in _walk(template):
		if isinstance(node, nodes.Name):
			if node.name not in placeholders:
				return _("line {0}: unknown placeholder “{1}”. Known ones: {2}").format(
					node.lineno, node.name, ", ".join(placeholders)
				)
		elif not isinstance(node, nodes.Template | nodes.Output | nodes.TemplateData):
			return _("line {0}: only a placeholder may stand in braces, such as {1}").format(
				node.lineno, "{{ program }}"
			)
	return None


def fill(text: str | None, values: Mapping[str, object]) -> str:
	"""The text with its placeholders filled; an empty value leaves a line to fill in by hand.

	`values` names every placeholder that may stand in the text. ValueError where the template is refused.
	"""
	refusal = check_template(text, tuple(values))
	if refusal:
		raise ValueError(refusal)
	shown = {name: value or BLANK for name, value in values.items()}
	return _environment.from_string(text or "").render(shown)


def _walk(node: nodes.Node):
	"""The node and all below it, outer before inner, so that the first fault is the whole expression."""
	yield node
	for child in node.iter_child_nodes():
		yield from _walk(child)
