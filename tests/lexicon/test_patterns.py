"""Anchors of patterns: a literal that every match contains, and how far into the match it can stand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.lexicon.classes import fold_pattern
from service.lexicon.hits import matches
from service.lexicon.pattern import PatternError, bound

ANCHORS = [
    ("微信", ["微信"], 0, 0),
    ("最(?:好|优质)的?", ["最优质", "最好"], 0, 0),
    ("(?:全网|全国)?最低", ["最低"], 0, 2),
    (".{0,4}微信.{0,4}", ["微信"], 0, 4),
    ("[加➕]我?(?:微信|绿泡泡)", ["微信", "绿泡泡"], 1, 2),
    ("[甲乙]丙|丁戊.", ["丁戊", "乙丙", "甲丙"], 0, 0),
    ("(?:甲.|.乙)丙丁", ["丙丁"], 2, 2),
    ("甲{2}乙", ["乙"], 2, 2),
    ("[a-c]x", ["ax", "bx", "cx"], 0, 0),
]


@pytest.mark.parametrize(("text", "words", "fewest", "most"), ANCHORS)
def test_anchors(text: str, words: list[str], fewest: int, most: int) -> None:
    pattern = bound(text)
    assert (sorted(pattern.anchors), pattern.fewest, pattern.most) == (words, fewest, most)


ATOMS = st.sampled_from(
    ["甲", "乙", "[甲丙]", "(?:甲乙|丙)", ".", ".{0,2}", "(?:乙丙)?", "(?:甲|乙.){1,2}", "丙{2}"]
)


@given(st.lists(ATOMS, min_size=1, max_size=5).map("".join), st.text(alphabet="甲乙丙丁", max_size=24))
def test_anchored_search_misses_nothing(text: str, folded: str) -> None:
    """Around its anchors a pattern finds exactly what it finds when tried at every offset."""
    try:
        pattern = bound(text)
    except PatternError:
        return
    everywhere = re.compile(text)
    spans = [(m.start(), m.end()) for word in pattern.anchors for m in re.finditer(f"(?={word})", folded)]
    near = {match.span() for match in matches(pattern, spans, folded)}
    tried = (everywhere.match(folded, at) for at in range(len(folded)))
    assert near == {match.span() for match in tried if match}


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＶＸ？", "vx\\?"),
        ("加Ｖ|國家", "加v|国家"),
        (r"\d{2}\S", r"\d{2}\S"),
        ("(?P<span>Ｖ)", "(?P<span>v)"),
        ("（加）", r"\(加\)"),
    ],
)
def test_literals_of_patterns_are_folded(written: str, folded: str) -> None:
    assert fold_pattern(written) == folded
