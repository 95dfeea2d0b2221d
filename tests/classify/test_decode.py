"""Character probabilities → spans and candidates, on made-up logits."""

import numpy as np
import pytest

from service.classify.calibration import FEATURES, FIRST, Calibration, Logistic, features
from service.classify.decode import Names, candidates, spans
from service.classify.logits import Logits, sigmoid
from service.classify.scores import TextScores
from service.domain.vocabulary import ReasonSource
from service.text.fold import fold

ITEMS = "cm"
SUBTYPES = ("c.best_quality", "c.lowest_price", "m.add_private")
NAMES = Names.of(ITEMS, SUBTYPES, "model", "1")
MEAN = Logistic((1.0,) + (0.0,) * (len(FEATURES) - 1), (0.0, 0.0))
MEAN_ONLY = Calibration(MEAN, MEAN)


def logits(item: int, text: str, values: str, subtype: int = 0) -> Logits:
    """`values` has one digit per character: the probability of the item in tenths."""
    tenths = np.array([int(digit) for digit in values]) / 10
    items = np.full((len(text), 2), -9.0, np.float32)
    items[:, item] = np.log(np.clip(tenths, 0.001, 0.999) / (1 - np.clip(tenths, 0.001, 0.999)))
    subtypes = np.zeros((len(text), len(SUBTYPES)), np.float32)
    subtypes[:, subtype] = 1.0
    flat = np.zeros((len(text), 3), np.float32)  # two items and any
    peaks = np.tile(items.max(axis=0), (len(text), 1)) if text else items
    return Logits(items, subtypes, np.full(len(text), -2.0, np.float32), peaks, flat, flat)


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("一二三四五六", "008990", [(2, 5)]),
        ("一二三四五六", "000000", []),
        ("一二三四五六", "099099", [(1, 6)]),
        ("一二三四五六七八", "99000099", [(0, 2), (6, 8)]),
        ("，二三。五六", "999900", [(1, 3)]),
        ("一二三四五六", "022200", [(1, 4)]),
        ("。。", "99", []),
    ],
)
def test_spans(text: str, values: str, expected: list[tuple[int, int]]) -> None:
    assert sorted((s.start, s.end) for s in spans(text, logits(0, text, values))) == expected


def test_overlapping_items_keep_the_stronger_one_and_the_far_behind_is_dropped() -> None:
    text = "一二三四五六七八"
    both = logits(0, text, "08880000")
    both.items[2:5, 1] = 1.0
    both.peaks[:] = both.items.max(axis=0)
    assert [(s.item, s.start, s.end) for s in spans(text, both)] == [(0, 1, 4)]
    both.items[2:5, 1] = -9.0
    both.items[6, 1] = 0.0
    both.peaks[:] = both.items.max(axis=0)
    assert sorted((s.item, s.start, s.end) for s in spans(text, both)) == [(0, 1, 4), (1, 6, 7)]
    both.items[6, 1] = -3.0
    both.peaks[:] = both.items.max(axis=0)
    assert [(s.item, s.start, s.end) for s in spans(text, both)] == [(0, 1, 4)]


def test_candidates_carry_raw_spans_subtype_and_reason() -> None:
    text = fold("加\u200b我微信")
    found = logits(1, text.folded, "9999", subtype=2)
    (one,) = candidates(TextScores(text, ITEMS, found, MEAN_ONLY), NAMES, 0.05)
    assert (one.subtype, one.span, one.score) == ("m.add_private", (0, 5), 0.9)
    assert (one.reasons[0].source, one.reasons[0].id, one.reasons[0].score) == (
        ReasonSource.MODEL,
        "model",
        0.9,
    )


def test_the_subtype_belongs_to_the_item() -> None:
    text = fold("全网最低")
    found = logits(0, text.folded, "9999", subtype=2)
    (one,) = candidates(TextScores(text, ITEMS, found, MEAN_ONLY), NAMES, 0.05)
    assert one.subtype == "c.best_quality"


def test_candidates_below_the_floor_are_left_out() -> None:
    text = fold("全网最低")
    found = logits(0, text.folded, "2222")
    scores = TextScores(text, ITEMS, found, MEAN_ONLY)
    assert candidates(scores, NAMES, 0.3) == ()
    assert scores.score_span("c", (0, 4)) == 0.2
    assert scores.score_span("m", (0, 4)) < 0.001
    assert scores.score_span("c", (2, 2)) == scores.exempt((2, 2)) == 0.0
    assert scores.exempt((0, 4)) == pytest.approx(0.1192, abs=1e-4)


def test_each_feature_moves_the_probability() -> None:
    found = logits(0, "一二三", "357")
    evidence = features(found, 0, 0, 3)
    assert evidence.shape == (len(FEATURES),)
    for number, value in enumerate(evidence.tolist()):
        weights = tuple(float(number == other) for other in range(len(FEATURES)))
        assert Logistic(weights, (0.5, 0.0)).probability(0, evidence) == pytest.approx(
            float(sigmoid(np.array(value + 0.5, np.float32))), abs=1e-4
        )


def test_the_first_guess_has_its_own_function() -> None:
    certain, never = (Logistic((0.0,) * len(FEATURES), (bias, bias)) for bias in (9.0, -9.0))
    calibration = Calibration(certain, never)
    evidence = np.zeros(len(FEATURES), np.float32)
    assert calibration.probability(0, evidence) > 0.99
    evidence[-1] = FIRST * 2
    assert calibration.probability(0, evidence) < 0.01
