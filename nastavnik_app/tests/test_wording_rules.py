"""What a school may write into the templates of its orders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nastavnik_app.documents.placeholders import BLANK, ORDER_PLACEHOLDERS, check_template, fill

VALUES = {
	**dict.fromkeys(ORDER_PLACEHOLDERS),
	"program": "Школа наставников",
	"curator": "Липова Анна Павловна",
	"pair_count": 12,
}


@pytest.mark.parametrize(
	"text", [None, "", "Без подстановок: 100 % {программы}", "«{{ program }}», {{curator}}"]
)
def test_plain_text_and_known_placeholders_pass(text: str | None) -> None:
	assert check_template(text, ORDER_PLACEHOLDERS) is None


@pytest.mark.parametrize(
	"text",
	[
		"{{ ''.__class__ }}",
		"{{ ''.__class__.__mro__[1].__subclasses__() }}",
		"{{ program.__class__ }}",
		"{{ program['__class__'] }}",
		"{{ program.upper() }}",
		"{{ program | attr('__class__') }}",
		"{{ program | upper }}",
		"{{ program ~ curator }}",
		"{{ 7 * 7 }}",
		"{{ 'text' }}",
		"{{ program if curator }}",
		"{{ program is defined }}",
		"{% for one in program %}{{ one }}{% endfor %}",
		"{% if program %}да{% endif %}",
		"{% set program = 1 %}",
		"{% include 'nastavnik_app/hooks.py' %}",
		"{% import 'os' as os %}",
		"{% macro a() %}{% endmacro %}",
		"{% raw %}{{ program }}{% endraw %}{% block a %}{% endblock %}",
		"{{ program",
		"{{ }}",
		"{% nonsense %}",
		"{{ frappe }}",
		"{{ self }}",
		"{{ cycler }}",
		"{{ (program, curator) }}",
	],
)
def test_anything_but_a_known_placeholder_is_refused(text: str) -> None:
	assert check_template(text, ORDER_PLACEHOLDERS)
	with pytest.raises(ValueError):
		fill(text, VALUES)


def test_refusal_names_the_line_and_the_word() -> None:
	fault = check_template("Закрепить пары.\nКуратор: {{ kurator }}", ORDER_PLACEHOLDERS)
	assert "line 2" in fault
	assert "kurator" in fault
	assert "curator" in fault  # what could have been meant is listed


def test_values_are_put_in_once_and_never_read_as_templates() -> None:
	values = {**VALUES, "program": "{{ curator }} {% if 1 %}"}
	assert fill("«{{ program }}»", values) == "«{{ curator }} {% if 1 %}»"


def test_missing_value_leaves_a_line_to_fill_in_by_hand() -> None:
	assert fill("от {{ date }}, пар: {{ pair_count }}", VALUES) == f"от {BLANK}, пар: 12"


def test_every_shipped_order_type_passes_its_own_check() -> None:
	path = Path(__file__).parents[1] / "seed" / "40_order_types.json"
	kinds = json.loads(path.read_text(encoding="utf-8"))
	assert {"assign-pairs", "approve-plans", "start-program", "appoint-curator"} <= {
		kind["name"] for kind in kinds
	}
	for kind in kinds:
		texts = [kind.get(field) for field in ("heading", "preamble", "control", "annex_title")]
		texts += [row["text"] for row in kind.get("points", ())]
		assert not [text for text in texts if check_template(text, ORDER_PLACEHOLDERS)], kind["name"]
