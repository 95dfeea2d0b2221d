"""Calendar dates."""

import pytest

from service.entities.entity import EntityKind
from tests.entities.marked import Row, expected, found

ROWS: list[Row] = [
    ("【2026年11月24日】", "2026-11-24"),
    ("【十一月十一号】开抢", "--11-11"),
    ("有效期到【2026-11-24】", "2026-11-24"),
    ("【2026/3/8】", "2026-03-08"),
    ("【二〇二六年】", "2026"),
    ("【2025年3月】", "2025-03"),
    ("【三月八号】", "--03-08"),
    ("2月30日", ""),
    ("三百年老树", ""),
    ("一号链接", ""),
    ("1.5-2.5", ""),
]


@pytest.mark.parametrize(("marked", "value"), ROWS)
def test_date(marked: str, value: str) -> None:
    assert found(marked, EntityKind.DATE) == expected(marked, value)
