"""Whatever the text: raw spans, the words found in the fold of the raw slice, determinism, linear work."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.lexicon.match import Lexicon
from service.text.fold import fold
from tests.lexicon.folders import SPEECH, Folder
from tests.steps import interpreter_steps

ENTRIES = """
- {id: m.x.terms, subtype: m.x, terms: [最低价, 加微信, 大麻, vx], phonetic: true, hit: [a]}
- {id: m.y.pattern, subtype: m.y, pattern: "{add_verb}{gap}(?P<span>{wechat})", hit: [a], forbid: [不]}
- {id: m.z.combo, subtype: m.z, near: {all: [最, 价], within: 6, ordered: false}, hit: [a], require: [拍]}
"""

PIECES = (
    "最低价", "加", "微信", "Ｖ", "x", "V", "zui", "低", "罪", "家", "➕", "-", "，", "。", " ",
    "那个", "麻烦", "大麻", "\u200b", "\0", "\ud800", "最最最", "國", "曰取", "不", "拍", "🌸",
    "1️⃣", "…", "𝐕", "ﬁ", "e\u0301",
)  # fmt: skip
TEXT = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@pytest.fixture
def lexicon(folder: Folder) -> Lexicon:
    folder.entries(ENTRIES)
    return folder.load()


@given(raw=st.one_of(TEXT, st.text(max_size=60)))
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_candidates_lead_back_to_the_words(lexicon: Lexicon, raw: str) -> None:
    for found in lexicon.match(fold(raw), SPEECH):
        start, end = found.span
        assert 0 <= start < end <= len(raw)
        assert all(start <= low < high <= end for low, high in found.parts)
        if found.evasion == "none":
            assert found.reasons[0].detail.strip() in fold(raw[start:end]).folded
        assert fold(raw[start:end]).folded


@given(raw=TEXT)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_matching_is_deterministic_and_ordered(lexicon: Lexicon, raw: str) -> None:
    found = lexicon.match(fold(raw), SPEECH)
    assert found == lexicon.match(fold(raw), SPEECH)
    assert found == sorted(found, key=lambda each: (each.span, each.subtype))


HOSTILE = [
    "1",
    "最",
    "加微信",
    "微 信 ",
    "大麻烦",
    "zui",
    "jia微信",
    "➕",
    "罪低价",
    "，",
    "加 ",
    "价最",
    "不加vx拍",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_work_grows_with_the_length_only(lexicon: Lexicon, unit: str) -> None:
    """Interpreter steps at four times the length stay below six times (quadratic would be sixteen)."""
    small, large = _steps(lexicon, unit, 1_000), _steps(lexicon, unit, 4_000)
    assert large < 6 * small + 2_000


def _steps(lexicon: Lexicon, unit: str, length: int) -> int:
    text = fold(unit * (length // len(unit)))
    return interpreter_steps(lambda: lexicon.match(text, SPEECH))
