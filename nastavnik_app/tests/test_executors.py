"""Whom a municipal roadmap names as responsible: named schools, all of them, or none."""

from __future__ import annotations

import pytest

from nastavnik_app.rules.executors import executors_in

SCHOOLS = {
	"one": "МБОУ СОШ № 1",
	"two": "Средняя школа №2",
	"ten": "СОШ № 10",
	"gym": "Гимназия № 2",
	"steppe": "МБОУ «Степная школа»",
	"lyceum": "Лицей «Пример»",
	"birch": "МБОУ «Берёзовская школа»",
	"forest": "Лицей «Лес»",
}
ALL = list(SCHOOLS)


@pytest.mark.parametrize(
	("cell", "found"),
	[
		("МОО г. Вымышленска", ALL),
		("ДпО, МОО г.Вымышленска", ALL),
		("Руководители ОО", ALL),
		("руководители общеобразовательных организаций", ALL),
		("Муниципальные образовательные организации (далее - МОО)", ALL),
		("Директора школ", ALL),
		("Департамент по образованию (далее - ДпО)", []),
		("Методический кабинет", []),
		("Дошкольные образовательные организации", []),
		("", []),
		(None, []),
		("МБОУ СОШ № 1", ["one"]),
		("СОШ №№ 1, 2 и 10", ["one", "two", "ten"]),
		("школы № 1-2", ["one", "two"]),
		("Гимназия №2", ["gym"]),
		("ОО: СОШ № 10, гимназия № 2", ["ten", "gym"]),
		("СОШ № 77", []),
		("Директор Степной школы", ["steppe"]),
		("коллектив лицея «Пример»", ["lyceum"]),
		("Директор Березовской школы", ["birch"]),
		("коллектив лицея «Лес»", ["forest"]),
		("коллектив лицея «Лира»", []),
		("Экскурсия в Степенную школу", []),
	],
)
def test_the_cell_of_the_responsible_names(cell: str | None, found: list[str]) -> None:
	assert executors_in(cell, SCHOOLS) == found
