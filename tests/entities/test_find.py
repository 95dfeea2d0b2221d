"""All detectors together: no overlaps, the more specific kind wins, parts, bad input, linear work."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.entities.entity import EntityKind
from service.entities.find import find_entities
from service.entities.numerals import canonical, parse_numeral
from service.text.fold import fold
from tests.steps import interpreter_steps

NUMERALS = [
    ("一千九百九十八", "1998"),
    ("两千三", "2300"),
    ("一万二", "12000"),
    ("一万零二", "10002"),
    ("十二", "12"),
    ("一百零八", "108"),
    ("九十九点九", "99.9"),
    ("1.5万", "15000"),
    ("1,299", "1299"),
    ("半", "0.5"),
    ("二〇二六", "2026"),
    ("三亿", "300000000"),
    ("一点五万", "15000"),
    ("百", "100"),
]


@pytest.mark.parametrize(("text", "value"), NUMERALS)
def test_numerals(text: str, value: str) -> None:
    number = parse_numeral(text)
    assert number is not None
    assert canonical(number) == value


def test_parts_of_a_number_said_in_pieces() -> None:
    text = "记一下一三八嗯零零幺三然后八零零零"
    (phone,) = find_entities(fold(text))
    assert [text[slice(*part)] for part in phone.parts] == ["一三八", "零零幺三", "八零零零"]
    assert text[slice(*phone.span)] == "一三八嗯零零幺三然后八零零零"


def test_the_more_specific_kind_wins() -> None:
    kinds = [each.kind for each in find_entities(fold("vx13800138000，十斤99元，2026年11月24日，100%"))]
    assert kinds == [
        EntityKind.PHONE,
        EntityKind.QUANTITY,
        EntityKind.PRICE,
        EntityKind.DATE,
        EntityKind.PERCENT,
    ]


@given(
    st.text(alphabet="0189一三八零〇十百千万半个块元点.%年月日号微信vxqQ扣:：-, 。1️⃣①abc¥/百分之", max_size=60)
)
@settings(max_examples=300)
def test_spans_are_raw_ordered_and_apart(raw: str) -> None:
    found = find_entities(fold(raw))
    at = 0
    for entity in found:
        start, end = entity.span
        assert at <= start < end <= len(raw)
        assert entity.value
        assert all(start <= low < high <= end for low, high in entity.parts)
        at = end


@given(st.text(max_size=80))
def test_never_raises(raw: str) -> None:
    find_entities(fold(raw))


HOSTILE = [
    "1",
    "一",
    "个",
    "138 ",
    "二个二",
    "微信a",
    "qq1 ",
    "a.",
    "百分之",
    "十百",
    "http:/",
    "1,111",
    "¥a1b2c3d4",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_work_grows_with_the_length_only(unit: str) -> None:
    """Interpreter steps at four times the length stay below six times (quadratic would be sixteen)."""
    small, large = _steps(unit * (2_000 // len(unit))), _steps(unit * (8_000 // len(unit)))
    assert large < 6 * small + 2_000


def _steps(raw: str) -> int:
    text = fold(raw)
    return interpreter_steps(lambda: find_entities(text))
