"""QQ numbers after a word for QQ."""

import pytest

from service.entities.entity import EntityKind
from tests.entities.marked import Row, expected, found

ROWS: list[Row] = [
    ("【企鹅号八个八】，晚上在线", "88888888"),
    ("【扣扣 12345】", "12345"),
    ("我【扣扣是一二三四五六七】加上", "1234567"),
    ("【🐧88997】", "88997"),
    ("【QQ群：6677-8899】", "66778899"),
    ("【企鹅 三三 四四 五五】", "334455"),
    ("企鹅公仔三十八块", ""),
    ("QQ糖1234", ""),
    ("qq音乐", ""),
    ("扣扣012345", ""),
]


@pytest.mark.parametrize(("marked", "value"), ROWS)
def test_qq(marked: str, value: str) -> None:
    assert found(marked, EntityKind.QQ) == expected(marked, value)
