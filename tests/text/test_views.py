"""Views that undo disguises, and their way back to raw."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.text import OffsetMap
from service.text.edit import apply
from service.text.fold import fold
from service.text.views import squeeze, unmask

SQUEEZED = [
    ("加-微-信", "加微信"),
    ("加…那个…微…信", "加微信"),
    ("加那个微那个信", "加微信"),
    ("加 微 信", "加微信"),
    ("加，微，信", "加微信"),
    ("加_微*信", "加微信"),
    ("加🌸微🌸信", "加微信"),
    ("最最最最低价", "最低价"),
    ("加…微信", "加微信"),
    ("他说（加）微信", "他说加微信"),
    ("那是今日），你看", "那是今日),你看"),
    ("晚自习…………到十点", "晚自习…到十点"),
    ("想加，微信支付也行", "想加,微信支付也行"),
    ("全网 最低价", "全网 最低价"),
    ("三点五 3.5 138-0013", "三点五 3.5 138-0013"),
    ("谢谢宝宝", "谢谢宝宝"),
]


@pytest.mark.parametrize(("raw", "expected"), SQUEEZED)
def test_squeeze(raw: str, expected: str) -> None:
    assert squeeze(fold(raw)).folded == expected


UNMASKED = [
    ("➕V", "加v"),
    ("🐧号", "企鹅号"),
    ("曰取好", "最好"),
    ("微亻言", "微信"),
    ("女子用的", "女子用的"),
    ("没有表情", "没有表情"),
]


@pytest.mark.parametrize(("raw", "expected"), UNMASKED)
def test_unmask(raw: str, expected: str) -> None:
    assert unmask(fold(raw)).folded == expected


def test_a_word_from_an_emoji_spans_the_emoji() -> None:
    text = squeeze(unmask(fold("加-🐧-八个八")))
    at = text.folded.index("企鹅")
    assert text.raw[slice(*text.offsets.to_raw(at, at + 2))] == "🐧"


@given(st.text(alphabet="加微信最-…，那个 🐧➕曰取vV1\u200b", max_size=40))
def test_views_map_monotonely_into_raw(raw: str) -> None:
    for text in (squeeze(fold(raw)), unmask(fold(raw)), squeeze(unmask(fold(raw)))):
        starts, ends = list(text.offsets.starts), list(text.offsets.ends)
        assert starts == sorted(starts)
        assert ends == sorted(ends)
        assert len(starts) == len(ends) == len(text.folded)
        assert all(0 <= s < e <= len(raw) for s, e in zip(starts, ends, strict=True))


@given(st.text(alphabet="abc-", max_size=20), st.data())
def test_edits_compose(first: str, data: st.DataObject) -> None:
    def some_edits(folded: str) -> list[tuple[int, int, str]]:
        cuts = sorted(data.draw(st.sets(st.integers(0, len(folded)), max_size=4)))
        pairs = zip(cuts[::2], cuts[1::2], strict=False)
        return [(low, high, data.draw(st.text(alphabet="xy", max_size=3))) for low, high in pairs]

    second, outer = apply(first, some_edits(first))
    third, inner = apply(second, some_edits(second))
    composed: OffsetMap = inner.compose(outer)
    assert len(composed) == len(third)
    for index in range(len(third)):
        low, high = inner.to_raw(index, index + 1)
        assert composed.to_raw(index, index + 1) == outer.to_raw(low, high)
