"""Prices with units, after price words, and in slang; measures that are none."""

import pytest

from service.entities.entity import EntityKind
from tests.entities.marked import Row, expected, found

ROWS: list[Row] = [
    ("【九十九块九】", "99.9"),
    ("只要【99.9元】", "99.9"),
    ("到手【九块九】", "9.9"),
    ("原价【一千九百九十八】，今天", "1998"),
    ("【¥199】", "199"),
    ("现在卖【99米】", "99"),
    ("成本价【3w】", "30000"),
    ("【两百五十块钱】", "250"),
    ("【三块五毛】", "3.5"),
    ("【1,299元】", "1299"),
    ("【1.5万元】", "15000"),
    ("【九十九💰】", "99"),
    ("【十块钱】三斤", "10"),
    ("【十块】三斤", "10"),
    ("【一万二块】", "12000"),
    ("卖两件", ""),
    ("绳子长99米", ""),
    ("只要三天", ""),
    ("身高一米六", ""),
    ("打九折", ""),
]


@pytest.mark.parametrize(("marked", "value"), ROWS)
def test_price(marked: str, value: str) -> None:
    assert found(marked, EntityKind.PRICE) == expected(marked, value)
