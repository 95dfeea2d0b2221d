"""Tails and masked numbers are a kind of their own."""

import pytest

from service.entities.entity import EntityKind
from tests.entities.marked import Row, expected, found

ROWS: list[Row] = [
    ("【尾号8000】的顾客", "8000"),
    ("【手机尾号是幺三八零】", "1380"),
    ("【后四位:6688】", "6688"),
    ("恭喜【138****8000】", "8000"),
    ("【138xxxx8000】", "8000"),
    ("尾号13800138000", ""),
    ("一条尾巴8000", ""),
]


@pytest.mark.parametrize(("marked", "value"), ROWS)
def test_masked_phone(marked: str, value: str) -> None:
    assert found(marked, EntityKind.MASKED_PHONE) == expected(marked, value)
