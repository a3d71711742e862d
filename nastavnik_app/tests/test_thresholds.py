"""What an indicator asks for: at least, all, at most, of what."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik_app.rules.thresholds import read_threshold, read_value, template_problems

LABELS = Path(__file__).parents[3] / "shared" / "seeds" / "labels"

WRITTEN = [
	("не менее 70 % обучающихся", ">=", "70", "%"),
	("не менее чем 90% от общего количества", ">=", "90", "%"),
	("неменее90% педагогов", ">=", "90", "%"),
	("Нe менее 50% учителей", ">=", "50", "%"),  # Latin e
	("не ниже 0,8 %", ">=", "0.8", "%"),
	("не менее чем на 15 процентов", ">=", "15", "%"),
	("не менее 10% членов каждой группы (10% обучающихся, 10% работников)", ">=", "10", "%"),
	("90 % и более", ">=", "90", "%"),
	("≥ 90%", ">=", "90", "%"),
	("не менее половины педагогов", ">=", "50", "%"),
	("более половины педагогов", ">", "50", "%"),
	("не более половины педагогов", "<=", "50", "%"),
	("не менее\u00a070\u00a0% обучающихся", ">=", "70", "%"),
	("100% участников", "==", "100", "%"),
	("100-процентный охват", "==", "100", "%"),
	("2% организаций приняли участие", ">=", "2", "%"),
	("более 50%", ">", "50", "%"),
	("не более 5 %", "<=", "5", "%"),
	("до 5 %", "<=", "5", "%"),
	("менее 5% пропусков", "<", "5", "%"),
	("не менее 2-х специальных рубрик", ">=", "2", "count"),
	("не менее двух встреч", ">=", "2", "count"),
	("Не менее 3 (трёх) публикаций", ">=", "3", "count"),
	("Проведено 4 встречи", ">=", "4", "count"),
	("минимум 3 мероприятия", ">=", "3", "count"),
	("не более 3 человек", "<=", "3", "count"),
	("до конца 2024 года не менее 70% обучающихся", ">=", "70", "%"),
	("до 2024 года провести не менее 3 встреч", ">=", "3", "count"),
	("не превышает 5 %", "<=", "5", "%"),
	("не превышают 3", "<=", "3", "count"),
	("как минимум 3", ">=", "3", "count"),
	("минимум 3", ">=", "3", "count"),
	("максимум 3", "<=", "3", "count"),
	("не менее 3", ">=", "3", "count"),
	("≥ 3", ">=", "3", "count"),
	("≤ 3", "<=", "3", "count"),
	(">= 3", ">=", "3", "count"),
	("<= 3", "<=", "3", "count"),
	("> 3", ">", "3", "count"),
	("3 и более публикаций", ">=", "3", "count"),
	("100 % и более", ">=", "100", "%"),
	("менее 49% пропусков", "<", "49", "%"),
	("не менее 70% классов", ">=", "70", "%"),
	("№ 3: не менее 5 встреч", ">=", "5", "count"),
	("п. 4, 5 встреч", ">=", "5", "count"),
]


@pytest.mark.parametrize(("text", "op", "value", "unit"), WRITTEN)
def test_threshold(text, op, value, unit):
	threshold = read_threshold(text)
	assert (threshold.op, threshold.value, threshold.unit) == (op, Decimal(value), unit)
	assert threshold.problems == ()


@pytest.mark.parametrize(
	"text",
	[
		"",
		"Количество участников, охваченных системой",
		"Определяется ОО",
		"Приказ № 15 от 01.09.2022",
		"педагоги до 35 лет",
		"обучающиеся 8-9 классов",
		"дорожная карта на 2022/2023 учебный год",
		"План до 2024 года",
		"не менее 3 лет",
		"минимум 2 года",
		"от 5 встреч",
		"до 5 публикаций",
		"№ 15 встреч",
		"группа №15 участников",
	],
)
def test_no_threshold(text):
	assert read_threshold(text) is None


def test_counted_thing_is_named():
	threshold = read_threshold("Не менее 5  публикаций на сайте")
	assert (threshold.counted, threshold.text) == ("публикаций", "Не менее 5 публикаций на сайте")
	assert read_threshold("не менее 5 % публикаций").counted is None


@pytest.mark.parametrize(
	("text", "op", "unit", "counted", "asked"),
	[
		("Организовано  не менее встреч", ">=", "count", "встреч", "не менее встреч"),
		("не более ___ встреч", "<=", "count", "встреч", "не более ___ встреч"),
		("Не менее % участников", ">=", "%", None, "не менее %"),
	],
)
def test_missing_number_is_asked_about(text, op, unit, counted, asked):
	threshold = read_threshold(text)
	assert (threshold.op, threshold.value, threshold.unit, threshold.counted) == (op, None, unit, counted)
	assert threshold.text == " ".join(text.split())
	assert threshold.problems[-1] == f"The number is missing: {asked}"


def test_lost_negation_is_read_literally_and_asked_about():
	threshold = read_threshold("планы, реализованные менее чем на 90%")
	assert (threshold.op, threshold.value) == ("<", 90)
	assert (threshold.probable.op, threshold.probable.value) == (">=", 90)
	assert threshold.problems == ("“Less than 90” is written: was “not less than” meant?",)
	assert read_threshold("менее 50 % участников").probable.op == ">="
	assert read_threshold("менее половины участников").probable.op == ">="
	assert read_threshold("< 3").probable.op == ">="


def test_value_of_a_template_is_asked_about():
	assert read_threshold("Например, 2% организаций").problems
	assert template_problems("Например, создана рубрика") == (
		"A value of a template was left in: confirm it",
	)
	assert not template_problems("Создана рубрика")


@pytest.mark.parametrize("text", ["80-100 % участников", "80–100 % участников", "от 80 до 100%"])
def test_range_is_read_by_its_lower_bound(text):
	threshold = read_threshold(text)
	assert (threshold.op, threshold.value) == (">=", 80)
	assert threshold.problems == ("A range is written; its lower bound is taken",)


def test_a_range_from_all_of_them_is_at_least_that():
	assert read_threshold("100-120 % плана").op == ">="


def test_second_threshold_is_not_lost_silently():
	threshold = read_threshold("не менее 10% обучающихся, не менее 30% педагогов")
	assert threshold.value == 10
	assert threshold.problems == ("Several thresholds are written; the first is taken",)


@pytest.mark.parametrize(
	("text", "value", "unit"),
	[
		("0,7%", "0.7", "%"),
		("4.1%", "4.1", "%"),
		("0.065%", "0.065", "%"),
		("100", "100", None),
		("в %100", "100", "%"),
		("в %", None, "%"),
		("1 200", "1200", None),
		("5 чел.", "5", "чел."),
		("15-20%", None, "%"),
		("7 процентов", "7", "%"),
		("в 5 школах", "5", "школах"),
		("-5", "-5", None),
		("рост -0,5 %", "-0.5", "%"),
		("", None, None),
		("-", None, None),
	],
)
def test_value(text, value, unit):
	assert read_value(text) == (Decimal(value) if value else None, unit)


@pytest.mark.skipif(not LABELS.exists(), reason="the labelled roadmaps are not beside the repository")
def test_thresholds_of_the_labelled_roadmaps():
	wrong, read = [], 0
	for path in sorted(LABELS.glob("*.json")):
		for row in json.loads(path.read_text(encoding="utf-8"))["rows"]:
			expected = row["threshold"]
			found = read_threshold(row["indicator"] or "")
			read += expected is not None
			if (found and (found.op, found.value, found.unit)) != (expected and tuple(expected.values())):
				wrong.append((path.name, row["n"], found, expected))
			if expected and row["suspicious"] and "term" not in row["suspicious"]:
				assert found.problems, row
	assert read and wrong == []


@pytest.mark.parametrize("piece", ["1 ", "1% ", "не менее ", "аа1% ", "а", "____"])
def test_a_long_text_takes_no_long_time(piece):
	began = time.process_time()
	read_threshold(piece * 5000)
	read_value(piece * 5000)
	assert time.process_time() - began < 3


@given(st.text(max_size=120))
def test_any_text_is_read_without_an_error(text):
	read_threshold(text)
	read_value(text)
	template_problems(text)


@given(st.decimals(0, 1000, places=2, allow_nan=False))
def test_written_values_come_back(value):
	assert read_value(f"{value}%".replace(".", ",")) == (value, "%")
	assert read_threshold(f"не менее {value} %").value == value
