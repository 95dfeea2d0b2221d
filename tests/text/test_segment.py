"""Word boundaries: the same cuts as jieba, and our own words known."""

import jieba
import pytest

from service.text.fold import fold
from service.text.segment import Segmenter


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


def test_cuts_as_jieba_does(segmenter: Segmenter, talk: list[str]) -> None:
    jieba.setLogLevel("WARNING")
    lines = [fold(line).folded for line in talk[:300]]
    assert [segmenter.cut(line) for line in lines] == [list(jieba.cut(line)) for line in lines]


@pytest.mark.parametrize(
    ("text", "word", "whole"),
    [
        ("这个大麻烦", "大麻", False),
        ("他卖大麻", "大麻", True),
        ("最近降温", "最", False),
        ("补充微量元素", "微", False),
    ],
)
def test_a_word_inside_a_word_is_no_word(segmenter: Segmenter, text: str, word: str, whole: bool) -> None:
    start = text.index(word)
    ends = segmenter.boundaries(text)
    assert (start in ends and start + len(word) in ends) is whole


def test_own_words_are_kept_together() -> None:
    """jieba's dictionary is older than 微信."""
    assert Segmenter().cut("加微信聊") == ["加微", "信聊"]
    assert Segmenter(["微信"]).cut("加微信聊") == ["加", "微信", "聊"]


def test_boundaries_hold_both_ends(segmenter: Segmenter) -> None:
    assert segmenter.boundaries("") == {0}
    assert {0, 4} <= segmenter.boundaries("加我微信")
