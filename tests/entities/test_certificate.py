"""Approval, filing, patent and licence numbers."""

import pytest

from service.entities.entity import EntityKind
from tests.entities.marked import Row, expected, found

ROWS: list[Row] = [
    ("【国药准字H20201234】", "国药准字H20201234"),
    ("【国药准字z二零二零一二三四】", "国药准字Z20201234"),
    ("专利号【ZL202310123456.7】", "ZL202310123456.7"),
    ("【食健备G202337001234】", "食健备G202337001234"),
    ("【国食健字G20110123】", "国食健字G20110123"),
    ("【国妆特字G20191234】", "国妆特字G20191234"),
    ("【粤G妆网备字2023123456】", "粤G妆网备字2023123456"),
    ("【SC10644030512345】", "SC10644030512345"),
    ("执行【GB/T 23347-2021】", "GB/T23347-2021"),
    ("国药准字号产品", ""),
    ("scan一下", ""),
]


@pytest.mark.parametrize(("marked", "value"), ROWS)
def test_certificate(marked: str, value: str) -> None:
    assert found(marked, EntityKind.CERTIFICATE) == expected(marked, value)
