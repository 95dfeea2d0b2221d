"""WeChat ids, typed or spelled; words about WeChat that give none."""

import pytest

from service.entities.entity import EntityKind
from tests.entities.marked import Row, expected, found

ROWS: list[Row] = [
    ("【vx: abc123】", "abc123"),
    ("【微信号是a b c 一二三 x】", "abc123x"),
    ("加我【微信 lulu_6688】", "lulu_6688"),
    ("【薇信搜meimei-88】", "meimei-88"),
    ("【威信号：下划线】", ""),
    ("【绿泡泡qwe8899】", "qwe8899"),
    ("【vx搜：meimei888】", "meimei888"),
    ("【微信13900139】", "13900139"),
    ("【v我 abc12345】", "abc12345"),
    ("微信支付宝都行", ""),
    ("用微信pay付", ""),
    ("下载wechat app from store now", ""),
    ("vivo手机abc123", ""),
    ("微信群里88块", ""),
]


@pytest.mark.parametrize(("marked", "value"), ROWS)
def test_wechat(marked: str, value: str) -> None:
    assert found(marked, EntityKind.WECHAT) == expected(marked, value)
