"""How terms, patterns and combos find words, and what conditions do to them."""

import pytest

from service.domain.context import AnalysisContext, Product
from service.domain.finding import Span
from service.domain.vocabulary import Channel, ReasonSource
from service.text.fold import fold
from tests.lexicon.folders import Folder, Matcher

TERM = "- {id: m.x.t, subtype: m.x, terms: [大麻, 转账], hit: [a]}"
PATTERN = '- {id: m.x.p, subtype: m.x, pattern: "{add_verb}{gap}{wechat}", hit: [a]}'
COMBO = '- {id: m.x.n, subtype: m.x, near: {all: ["{add_verb}", "{wechat}"], within: 4}, hit: [a]}'
ANY_ORDER = '- {id: m.x.n, subtype: m.x, near: {all: ["微信", "转账"], within: 4, ordered: false}, hit: [a]}'

FOUND = [
    (TERM, "他卖大麻", ["大麻"]),
    (TERM, "这个大麻烦", []),
    (TERM, "轉賬给我，转账", ["轉賬", "转账"]),
    (PATTERN, "加我ＶＸ领券", ["加我ＶＸ"]),
    (PATTERN, "添加一下绿泡泡", ["添加一下绿泡泡"]),
    (PATTERN, "加油。微信支付", []),
    (PATTERN, "加微信，再加微信", ["加微信", "加微信"]),
    (COMBO, "加一下我的微信", ["加一下我的微信"]),
    (COMBO, "加一个群，加微信", ["加微信"]),
    (COMBO, "加一二三四五微信", []),
    (COMBO, "加了。微信", []),
    (COMBO, "微信加", []),
    (ANY_ORDER, "转账到微信", ["转账到微信"]),
    (ANY_ORDER, "微信上转账", ["微信上转账"]),
    ('- {id: m.x.s, subtype: m.x, pattern: "去(?P<span>某宝)搜", hit: [a]}', "去某宝搜店名", ["某宝"]),
    ('- {id: m.x.o, subtype: m.x, pattern: "(?:全网)?最低价", hit: [a]}', "全网最低价", ["全网最低价"]),
    ('- {id: m.x.o, subtype: m.x, pattern: "甲.{1,2}乙", hit: [a]}', "甲一甲乙乙", ["甲一甲乙", "甲乙乙"]),
]


@pytest.mark.parametrize(("entries", "text", "expected"), FOUND)
def test_finds(match: Matcher, entries: str, text: str, expected: list[str]) -> None:
    assert match(text, entries) == expected


def entry(condition: str) -> str:
    """An entry for 最低价 under a condition."""
    return f"- {{id: m.x.low, subtype: m.x, terms: [最低价], {condition}, hit: [a]}}"


CONDITIONS = [
    ("not_in: [不是最低价]", "这不是最低价", False),
    ("not_in: [不是最低价]", "这是最低价", True),
    ("require: [链接, 拍]", "最低价快拍", True),
    ("require: [链接, 拍]", "最低价", False),
    ("require: [拍]", "最低价" + "啊" * 41 + "拍", False),
    ("forbid: [不敢说]", "不敢说最低价", False),
    ("forbid: [不敢说]", "不敢说别的，这是最低价", True),
    ("forbid: [不敢说]", "不敢说别的但是这是最低价", True),
    ("boundary: yes", "最低价快拍", True),
    ("boundary: yes", "最低价目表", False),
]


@pytest.mark.parametrize(("condition", "text", "stands"), CONDITIONS)
def test_conditions(match: Matcher, condition: str, text: str, stands: bool) -> None:
    assert bool(match(text, entry(condition))) is stands


def test_none_words_break_a_combo(match: Matcher) -> None:
    combo = "- {id: m.x.n, subtype: m.x, near: {all: [加, 微信], within: 6, none: [不要]}, hit: [a]}"
    assert match("加不要微信", combo) == []
    assert match("不要加微信", combo) == ["加微信"]


@pytest.mark.parametrize(("text", "score"), [("最低价快拍", 0.9), ("最低价", 0.5)])
def test_a_missing_preferred_word_lowers_the_tier(folder: Folder, text: str, score: float) -> None:
    folder.entries(entry("prefer: [拍], tier: strong"))
    (candidate,) = folder.load().match(fold(text), AnalysisContext(Channel.SPEECH))
    assert candidate.score == score


SCOPES = [
    ("channels: [danmu]", AnalysisContext(Channel.SPEECH), False),
    ("channels: [danmu, speech]", AnalysisContext(Channel.SPEECH), True),
    ("categories: [食品]", AnalysisContext(Channel.SPEECH), True),
    ("categories: [食品]", AnalysisContext(Channel.SPEECH, product=Product("1", category="食品")), True),
    ("categories: [食品]", AnalysisContext(Channel.SPEECH, product=Product("1", category="食品/茶叶")), True),
    ("categories: [食品]", AnalysisContext(Channel.SPEECH, product=Product("1", category="服装")), False),
]


@pytest.mark.parametrize(("scope", "context", "stands"), SCOPES)
def test_scopes(match: Matcher, scope: str, context: AnalysisContext, stands: bool) -> None:
    assert bool(match("最低价", entry(scope), context)) is stands


def test_allow_phrases_cover_shorter_hits(folder: Folder, match: Matcher) -> None:
    folder.write(
        "allow.yaml",
        """
        version: 1
        groups:
          - {id: menu, why: a name, phrases: ["最低价(?:目|签)表"]}
          - {id: other, why: another item, items: [c], phrases: [最低价套餐]}
        """,
    )
    assert match("看最低价目表", entry("boundary: no")) == []
    assert match("看最低价目", entry("boundary: no")) == ["最低价"]
    assert match("最低价套餐", entry("boundary: no")) == ["最低价"]
    assert match("看最低价目表", entry("ignore_allow: true")) == ["最低价"]


def test_a_shorter_hit_becomes_a_reason_of_the_longer(folder: Folder) -> None:
    folder.entries(
        """
        - {id: m.x.short, subtype: m.x, terms: [最低价], tier: strong, hit: [a]}
        - {id: m.x.long, subtype: m.x, terms: [全网最低价], tier: weak, hit: [a]}
        - {id: m.y.other, subtype: m.y, terms: [最低价], tier: weak, hit: [a]}
        """
    )
    found = folder.load().match(fold("全网最低价"), AnalysisContext(Channel.SPEECH))
    assert [(c.subtype, c.span, c.score) for c in found] == [("m.x", (0, 5), 0.9), ("m.y", (2, 5), 0.5)]
    assert [reason.id for reason in found[0].reasons] == ["m.x.long", "m.x.short"]


def test_a_combo_says_its_parts_and_source(folder: Folder) -> None:
    folder.entries(COMBO)
    lexicon = folder.load()
    (found,) = lexicon.match(fold("快加我的Ｖ\u200bＸ"), AnalysisContext(Channel.SPEECH))
    parts: tuple[Span, ...] = ((1, 2), (4, 7))
    assert (found.span, found.parts) == ((1, 7), parts)
    assert found.reasons[0].source is ReasonSource.COMBO
    assert found.reasons[0].version == lexicon.version
