"""Syllables: equal to pypinyin, as long as the text, and confusable ones folded together."""

from pathlib import Path

import pytest
from pypinyin import lazy_pinyin

from service.text import build_tables
from service.text.fold import fold
from service.text.pinyin import CODES, FIRST, SYLLABLES, fuzzy, spell, syllables


def names(folded: str) -> list[str]:
    """Syllable names of a folded text; other characters as they are."""
    return [
        SYLLABLES[ord(c) - FIRST] if ord(c) - FIRST in range(len(SYLLABLES)) else c for c in syllables(folded)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("微信", "wei xin"),
        ("重庆银行", "chong qing yin hang"),
        ("绿色", "lv se"),
        ("加v吧", "jia v ba"),
        ("朝阳", "zhao yang"),
    ],
)
def test_reads(text: str, expected: str) -> None:
    assert names(text) == expected.split()


def test_equals_pypinyin_on_talk(talk: list[str]) -> None:
    different = 0
    lines = [fold(line).folded for line in talk[:400]]
    hanzi = ["".join(c for c in line if "\u4e00" <= c <= "\u9fff") for line in lines]
    for line in hanzi:
        different += sum(ours != theirs for ours, theirs in zip(names(line), lazy_pinyin(line), strict=True))
    assert different / sum(map(len, hanzi)) < 0.001


def test_keeps_the_length(talk: list[str]) -> None:
    for line in talk:
        folded = fold(line).folded
        assert len(syllables(folded)) == len(folded)


@pytest.mark.parametrize(
    ("left", "right"), [("微信", "微星"), ("智能", "自能"), ("牛奶", "流来"), ("花", "发")]
)
def test_fuzzy_folds_what_speech_confuses(left: str, right: str) -> None:
    assert syllables(left) != syllables(right)
    assert fuzzy(syllables(left)) == fuzzy(syllables(right))


def test_fuzzy_keeps_what_differs() -> None:
    assert fuzzy(syllables("最好")) != fuzzy(syllables("最高"))


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("zuihao", ("zui", "hao")),
        ("weixin", ("wei", "xin")),
        ("xian", ("xian",)),
        ("hello", None),
        ("v", None),
    ],
)
def test_spells(letters: str, expected: tuple[str, ...] | None) -> None:
    assert spell(letters) == expected


def test_every_syllable_has_its_own_code() -> None:
    assert len(set(CODES.values())) == len(SYLLABLES) < 0xF8FF - FIRST


@pytest.mark.parametrize("name", ["simplified.txt", "syllables.tsv", "phrases.tsv", "rarity.tsv"])
def test_committed_tables_are_what_the_builder_writes(name: str, built: dict[str, str]) -> None:
    committed = Path(build_tables.__file__).parent / "data" / name
    assert committed.read_text(encoding="utf-8") == built[name]


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    return build_tables.tables()
