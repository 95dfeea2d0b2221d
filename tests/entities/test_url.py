"""Addresses, short links, share codes."""

import pytest

from service.entities.entity import EntityKind
from tests.entities.marked import Row, expected, found

ROWS: list[Row] = [
    ("打开【https://t.cn/AbC123】看", "https://t.cn/abc123"),
    ("上【www.baidu.com】", "www.baidu.com"),
    ("搜【meimei点com】", "meimei.com"),
    ("【t.cn/abc】。", "t.cn/abc"),
    ("复制【￥abcd1234XY￥】打开", "¥abcd1234xy¥"),
    ("3.5cm", ""),
    ("店名点击", ""),
    ("v1.0版", ""),
    ("a.b", ""),
]


@pytest.mark.parametrize(("marked", "value"), ROWS)
def test_url(marked: str, value: str) -> None:
    assert found(marked, EntityKind.URL) == expected(marked, value)
