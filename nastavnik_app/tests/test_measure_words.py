"""Which indicator a roadmap's words ask for."""

from __future__ import annotations

import pytest

from nastavnik_app.rules.measured import MeasureWords, first_asked_for, lines_of
from nastavnik_app.tests.test_seed_files import APP, records

SEEDED = [
	MeasureWords(one["name"], one["unit"], lines_of(one["words"]))
	for one in records(APP / "seed" / "48_indicators.json")
	if one.get("words")
]


@pytest.mark.parametrize(
	("text", "unit", "measure"),
	[
		("Сформирована база наставляемых", None, "mentees-in-bank"),
		("Банк данных наставников", None, "mentors-in-bank"),
		("Оформлены согласия на обработку персональных данных у 100% участников", "%", "school-consents"),
		("Планы выполнены не менее чем на 90%", "%", "plans-completed"),
		("Приказ об утверждении индивидуальных планов", None, "plans-approved"),
		("Протокол педагогического совета", None, "school-council"),
		("Не менее 5 публикаций на сайте", "публикаций", "school-publications"),
		("Не менее 2 рубрик, план публикаций составлен", "рубрик", None),
		("Выполнено 100% позиций дорожной карты", "%", "school-roadmap"),
		("Сформирован перечень партнёрских организаций, не менее 2%", "%", None),
		("Форма диагностической анкеты", None, None),
		("Распорядительные акты", None, None),
	],
)
def test_words_of_a_roadmap_choose_the_measure(text: str, unit: str | None, measure: str | None) -> None:
	assert first_asked_for((text,), unit, SEEDED) == measure


def test_the_first_of_several_measures_is_taken() -> None:
	both = [MeasureWords("one", "", ("встреч",)), MeasureWords("two", "", ("перв встреч",))]
	assert first_asked_for(("Первые встречи",), None, both) == "one"
	assert first_asked_for(("Первые встречи",), None, both[::-1]) == "two"


def test_words_count_in_their_order_with_little_between_them() -> None:
	measures = [MeasureWords("bank", "", lines_of("баз наставн\n\n  Ёлк! "))]
	assert measures[0].lines == ("баз наставн", "елк")
	assert first_asked_for((None, "", "База данных всех наставников"), None, measures) == "bank"
	assert first_asked_for(("База данных о работе всех наставников",), None, measures) is None
	assert first_asked_for(("Наставники и база",), None, measures) is None
	assert first_asked_for(("Турбаза наставников",), None, measures) is None
	assert first_asked_for(("у ЁЛКИ",), None, measures) == "bank"


@pytest.mark.parametrize(
	("unit", "of_measure", "fits"),
	[
		("публикаций", "публикация", True),
		("рубрик", "публикация", False),
		("%", "публикация", False),
		("публикаций", "%", False),
		("%", "%", True),
		(None, "%", True),
		("%", "", True),
	],
)
def test_pieces_are_not_counted_in_per_cent_nor_in_other_pieces(
	unit: str | None, of_measure: str, fits: bool
) -> None:
	found = first_asked_for(("Статьи",), unit, [MeasureWords("articles", of_measure, ("стать", "статьи"))])
	assert (found == "articles") is fits


def test_an_indicator_without_words_is_asked_for_by_nobody() -> None:
	assert lines_of(None) == lines_of(" \n—") == ()
	assert first_asked_for(("Статьи",), None, [MeasureWords("articles", "", lines_of(None))]) is None
