"""The canonical fold: what it changes, and that it always leads back to the raw characters."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.text.fold import fold, fold_term

FOLDED = [
    ("全网最低价", "全网最低价"),
    ("ＶＸ１２３，！", "vx123,!"),
    ("國家級絕對", "国家级绝对"),
    ("①③⑧ ❶❷ ➀➊ ⑩ 🔟", "138 12 11 10 10"),
    ("1️⃣3️⃣8️⃣", "138"),
    ("🅥🅧 🅐 🅰", "vx a a"),
    ("𝐕𝒘 ⅴ ⓥⓧ", "vw v vx"),
    ("zuì hǎo LÜ", "zui hao lu"),
    ("νх ѕех", "vx sex"),
    ("微❤️信", "微❤信"),
    ("微\u200b信\u00ad群\ufeff", "微信群"),
    ("微\0信\x07", "微信"),
    ("微̶信̶", "微信"),
    ("好！！！好，，，好   好", "好!好,好 好"),
    ("好…… 好", "好… 好"),
    ("第一行\r\n第二行\u2028三", "第一行\n第二行\n三"),
    ("25℃ 90㎡ ㎏", "25℃ 90㎡ kg"),
    ("\ud800好\udfff", "�好�"),
    ("\ue000好", "�好"),
    ("🇨🇳", "🇨🇳"),
    ("", ""),
]


@pytest.mark.parametrize(("raw", "expected"), FOLDED)
def test_folds(raw: str, expected: str) -> None:
    assert fold(raw).folded == expected


MARKED = [  # what stands between the brackets is the raw slice of the folded words
    ("加我【ＶＸ】吧", "vx"),
    ("打【1️⃣3️⃣8️⃣】吧", "138"),
    ("说【國\u200b家\u200b級】的", "国家级"),
    ("共【㎏】装", "kg"),
    ("\0\0【微\0信】\0", "微信"),
]


@pytest.mark.parametrize(("marked", "words"), MARKED)
def test_leads_back_to_the_raw_words(marked: str, words: str) -> None:
    start, end = marked.index("【"), marked.index("】") - 1
    text = fold(marked.replace("【", "").replace("】", ""))
    at = text.folded.index(words)
    assert text.offsets.to_raw(at, at + len(words)) == (start, end)


ANY_TEXT = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("最微信国國①１️⃣🐧❤️，。 …\0\u200b\ud800加VxzÙù\n--")),
    max_size=60,
)


@given(ANY_TEXT)
@settings(max_examples=300)
def test_never_raises_and_maps_monotonely(raw: str) -> None:
    text = fold(raw)
    offsets = text.offsets
    assert len(offsets) == len(text.folded)
    assert offsets.raw_length == len(raw)
    assert list(offsets.starts) == sorted(offsets.starts)
    assert list(offsets.ends) == sorted(offsets.ends)
    assert all(0 <= s < e <= len(raw) for s, e in zip(offsets.starts, offsets.ends, strict=True))


@given(ANY_TEXT)
@settings(max_examples=300)
def test_leaves_nothing_to_fold(raw: str) -> None:
    folded = fold(raw).folded
    assert fold(folded).folded == folded
    assert not any(unicodedata.category(c) in ("Cs", "Co") for c in folded)
    assert not any(unicodedata.category(c) == "Cc" for c in folded.replace("\n", ""))


@given(ANY_TEXT, st.data())
@settings(max_examples=300)
def test_folding_a_raw_slice_gives_the_folded_words(raw: str, data: st.DataObject) -> None:
    text = fold(raw)
    if not text.folded:
        return
    start = data.draw(st.integers(0, len(text.folded) - 1))
    end = data.draw(st.integers(start + 1, len(text.folded)))
    words = text.folded[start:end].strip()
    low, high = text.offsets.to_raw(start, end)
    assert words in fold(raw[low:high]).folded


def test_terms_and_texts_fold_alike() -> None:
    assert fold_term("加Ｖ") == fold("加Ｖ").folded
