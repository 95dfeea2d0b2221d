"""Amounts with units and body measures."""

import pytest

from service.entities.entity import EntityKind
from tests.entities.marked import Row, expected, found

ROWS: list[Row] = [
    ("瘦【十斤】", "10斤"),
    ("【三天】见效", "3天"),
    ("【250ml】的", "250ml"),
    ("【身高一三八到一四五】穿中码", "身高138-145"),
    ("【半个月】见效", "0.5个月"),
    ("坚持【三个月】", "3个月"),
    ("【一米六】的个子", "1.6米"),
    ("没有数字", ""),
    ("第二瓶半价", ""),
]


@pytest.mark.parametrize(("marked", "value"), ROWS)
def test_quantity(marked: str, value: str) -> None:
    assert found(marked, EntityKind.QUANTITY) == expected(marked, value)
