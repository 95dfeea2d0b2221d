"""The labelled line format: what it means, and what it refuses."""

import pytest

from service.domain.vocabulary import Channel, Verdict
from training.data import load_labels
from training.marks import Kind, parse, render


@pytest.mark.parametrize(
    ("line", "text", "subtype", "verdict", "code", "words"),
    [
        (
            "speech|plain|这是〖c.lowest_price:全网最低价〗啊",
            "这是全网最低价啊",
            "c.lowest_price",
            "violation",
            None,
            "全网最低价",
        ),
        ("danmu|evasion|加〖m.private_group?:V群〗", "加V群", "m.private_group", "suspected", None, "V群"),
        (
            "title|plain|〖n.health_food~:有助睡眠〗的茶",
            "有助睡眠的茶",
            "n.health_food",
            "needs_evidence",
            None,
            "有助睡眠",
        ),
        (
            "speech|exempt|〖c.rank_first=QUANT_LIMIT:最多〗两件",
            "最多两件",
            "c.rank_first",
            "exempt",
            "QUANT_LIMIT",
            "最多",
        ),
        (
            "speech|exempt|〖c.rank_first=EX6_5_AWARD:一等奖〗",
            "一等奖",
            "c.rank_first",
            "needs_evidence",
            "EX6_5_AWARD",
            "一等奖",
        ),
        (
            "speech|exempt|〖c.rank_first=SA_CORR:第一〗说错了",
            "第一说错了",
            "c.rank_first",
            "suspected",
            "SA_CORR",
            "第一",
        ),
    ],
)
def test_reads_marks(line: str, text: str, subtype: str, verdict: str, code: str | None, words: str) -> None:
    parsed = parse(line, load_labels())
    (mark,) = parsed.marks
    assert parsed.text == text
    assert (mark.subtype, mark.verdict, mark.code) == (subtype, Verdict(verdict), code)
    assert parsed.text[slice(*mark.span)] == words
    assert render(parsed) == line


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("speech|plain", "expected channel|kind|text, found 2 fields"),
        ("radio|clean|你好", "unknown channel 'radio': one of speech, danmu, comment, title"),
        ("speech|odd|你好", "unknown kind 'odd'"),
        ("speech|clean|  ", "the text is empty"),
        ("speech|plain|〖c.lowest_price:最低", "a bracket 〖 〗 is not closed"),
        ("speech|plain|〖c.lowest_price:〗", "the span of c.lowest_price is empty"),
        ("speech|plain|〖c.cheapest:最低〗", "unknown subtype 'c.cheapest'"),
        ("speech|exempt|〖c.rank_first=WHY_NOT:最低〗", "unknown code 'WHY_NOT'"),
        ("speech|plain|〖最低:最低〗", "cannot read the label '最低'"),
        ("speech|clean|〖c.lowest_price:最低〗", "a clean line carries a mark"),
        ("speech|plain|最低", "a plain line carries no mark that accuses"),
        ("speech|exempt|〖c.lowest_price:最低〗", "an exempt line carries no lawful mark"),
    ],
)
def test_refuses_broken_lines(line: str, complaint: str) -> None:
    with pytest.raises(ValueError, match="^" + complaint.replace("|", r"\|")):
        parse(line, load_labels())


def test_kinds_know_what_is_lawful() -> None:
    assert {kind for kind in Kind if kind.lawful} == {Kind.EXEMPT, Kind.CLEAN}
    assert Channel("danmu") is Channel.DANMU
