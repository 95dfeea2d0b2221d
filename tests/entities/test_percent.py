"""Shares in any writing."""

import pytest

from service.entities.entity import EntityKind
from tests.entities.marked import Row, expected, found

ROWS: list[Row] = [
    ("【百分之九十九】", "99"),
    ("【99.9%】有效", "99.9"),
    ("【九成】新", "90"),
    ("抽【三个点】", "3"),
    ("【百分百】有效", "100"),
    ("七成熟", ""),
    ("一成不变", ""),
    ("三点开播", ""),
    ("五个点赞", ""),
]


@pytest.mark.parametrize(("marked", "value"), ROWS)
def test_percent(marked: str, value: str) -> None:
    assert found(marked, EntityKind.PERCENT) == expected(marked, value)
