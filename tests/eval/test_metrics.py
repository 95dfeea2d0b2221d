"""Metrics on cases counted by hand."""

from collections.abc import Sequence

import pytest

from eval import metrics
from eval.matching import match, overlap
from eval.metrics import Ratio
from eval.outcome import Outcome, Said
from service.domain.vocabulary import Verdict
from training.data import Line, load_labels
from training.marks import parse


def outcome(line: str, *said: tuple[str, int, int, str], pair: str | None = None) -> Outcome:
    parsed = parse(line, load_labels())
    made = Line("x", 1, parsed.channel, parsed.kind, parsed.text, parsed.marks, pair)
    return Outcome(made, tuple(Said(s[0][0], s[0], Verdict(s[3]), (s[1], s[2]), 0.9) for s in said))


FOUND = outcome("speech|plain|一〖c.lowest_price:二三四五〗六", ("c.lowest_price", 1, 4, "violation"))
OTHER_ITEM = outcome("speech|plain|一〖c.lowest_price:二三四五〗六", ("n.education", 1, 5, "violation"))
MISSED = outcome("danmu|paraphrase|〖m.private_group?:二三四五〗")
DENIED = outcome("speech|exempt|不是〖c.lowest_price=SA_NEG:最低〗", ("c.lowest_price", 2, 4, "exempt"))
PROOF = outcome("speech|exempt|〖c.rank_first=EX6_6_FACT:第一〗", ("c.rank_first", 0, 2, "needs_evidence"))
ACCUSED = outcome("speech|clean|一二三四", ("c.rank_first", 0, 2, "suspected"))
CORRECTED = outcome("speech|exempt|〖c.rank_first=SA_CORR:第一〗错了", ("c.rank_first", 0, 2, "suspected"))
ALL = (FOUND, OTHER_ITEM, MISSED, DENIED, PROOF, ACCUSED, CORRECTED)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [((0, 4), (0, 4), 1.0), ((0, 4), (2, 6), 1 / 3), ((0, 4), (4, 6), 0.0), ((0, 4), (1, 3), 0.5)],
)
def test_overlap(first: tuple[int, int], second: tuple[int, int], expected: float) -> None:
    assert overlap(first, second) == overlap(second, first) == pytest.approx(expected)


def test_best_overlap_is_matched_first() -> None:
    one = outcome(
        "speech|plain|〖c.lowest_price:一二三四〗〖c.best_quality:五六七八〗",
        ("c.best_quality", 0, 8, "violation"),
        ("c.lowest_price", 0, 4, "violation"),
    )
    pairs = match(one.wanted, one.said, 0.5)
    assert [(mark.span, said.span) for mark, said in pairs] == [((0, 4), (0, 4)), ((4, 8), (0, 8))]


@pytest.mark.parametrize(
    ("least", "precision", "recall", "f1"), [(0.5, 1 / 3, 1 / 3, 1 / 3), (1.0, 0.0, 0.0, 0.0)]
)
def test_spans(least: float, precision: float, recall: float, f1: float) -> None:
    scores = metrics.span_scores(ALL, least=least)
    assert scores["precision"].value == pytest.approx(precision)
    assert scores["recall"].value == pytest.approx(recall)
    assert scores["f1"].value == pytest.approx(f1)


def test_spans_of_one_item() -> None:
    assert metrics.span_scores(ALL, "m")["recall"].value == 0.0
    assert metrics.span_scores(ALL, "m")["precision"].value is None
    assert metrics.span_scores(ALL, "c")["recall"].value == pytest.approx(1 / 2)
    assert metrics.span_scores(ALL, "c")["precision"].value == pytest.approx(1 / 2)


def test_lines() -> None:
    assert metrics.line_scores(ALL)["recall"].value == pytest.approx(2 / 3)
    assert metrics.line_scores(ALL)["precision"].value == pytest.approx(2 / 3)
    assert metrics.line_scores(ALL, "c")["recall"].value == pytest.approx(1 / 2)
    assert metrics.kind_recall(ALL, FOUND.line.kind).value == 1.0
    assert metrics.kind_recall(ALL, MISSED.line.kind).value == 0.0


def test_lawful_lines_in_both_readings() -> None:
    assert metrics.lawful_pass(ALL).value == pytest.approx(2 / 3)
    assert metrics.lawful_pass(ALL, strict=True).value == pytest.approx(1 / 3)
    assert metrics.lawful_pass(ALL, DENIED.line.kind).value == 1.0
    assert metrics.lawful_pass(ALL, ACCUSED.line.kind).value == 0.0


def test_verdict_and_subtype_of_found_spans() -> None:
    wrong = outcome("speech|plain|〖c.lowest_price:一二三四〗", ("c.best_quality", 0, 4, "suspected"))
    assert metrics.verdict_accuracy((FOUND, wrong)).value == 0.5
    assert metrics.subtype_accuracy((FOUND, wrong)).value == 0.5


@pytest.mark.parametrize(("lawful", "expected"), [("speech|clean|一二三四", 1.0), (None, 0.0)])
def test_pairs_need_both_lines(lawful: str | None, expected: float) -> None:
    accusing = outcome(
        "speech|plain|一〖c.lowest_price:二三四五〗", ("c.lowest_price", 1, 5, "violation"), pair="p"
    )
    other = outcome(lawful or "speech|clean|一二", *(() if lawful else FOUND_CLEAN), pair="p")
    assert metrics.pair_accuracy((accusing, other)).value == expected


FOUND_CLEAN: Sequence[tuple[str, int, int, str]] = (("c.lowest_price", 0, 2, "suspected"),)


def test_alarms_per_thousand() -> None:
    assert metrics.false_alarms([True, False, False, False]).value == 250.0


def test_interval_holds_the_value_and_narrows() -> None:
    few, many = (Ratio.of([(1, 1), (0, 1)] * n) for n in (10, 1000))
    low, high = few.interval() or (0.0, 0.0)
    closer, far = many.interval() or (0.0, 0.0)
    assert low < 0.5 < high
    assert high - low > 3 * (far - closer)
    assert few.interval() == few.interval()
    assert Ratio.of([]).value is None
    assert Ratio.of([(0, 0)]).interval() is None
