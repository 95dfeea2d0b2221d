"""Scores → probabilities, and thresholds: both fitted on the development lines, kept in the manifest."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from service.classify.calibration import FEATURES, Calibration, Logistic, features, is_first
from service.classify.decode import FoldedSpan, spans
from service.classify.logits import Logits
from service.domain.finding import Span
from service.text.fold import fold
from training.data import Line
from training.samples import Role, role

OVERLAP = 0.1
"""Intersection over union from which a candidate speaks of the marked span. Low: the probability is to say
whether these words violate, not how well their ends were found."""
ITEM_PENALTY = 4.0
"""An item's own bias is shrunk towards the common one: dev has only some twenty marked spans an item."""
STEPS = 200
"""Thresholds are looked for on this many quantiles."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A development line and the network's outputs for it."""

    line: Line
    logits: Logits


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate on a development line: its evidence, whether the labels agree, whether they leave it open
    (`silent`), and whether the line is lawful."""

    line: int
    span: FoldedSpan
    evidence: np.ndarray
    right: bool
    silent: bool
    lawful: bool


def candidates(scored: Sequence[Scored], items: str) -> list[Found]:
    """Everything that the decoder proposes, compared with the marks."""
    found: list[Found] = []
    for number, one in enumerate(scored):
        text = fold(one.line.text)
        for span in spans(text.folded, one.logits):
            raw = text.offsets.to_raw(span.start, span.end)
            roles = [role(mark, one.line.lawful) for mark in _matching(one.line, items[span.item], raw)]
            evidence = features(one.logits, span.item, span.start, span.end)
            silent = Role.SILENT in roles and Role.ACCUSES not in roles
            found.append(Found(number, span, evidence, Role.ACCUSES in roles, silent, one.line.lawful))
    return found


def fit_calibration(found: Sequence[Found], items: int) -> Calibration:
    """Both functions. A first guess that is wrong in a violating line is left out of the first fit: with it
    the function learns to tell items apart, and of 100 violating dev lines 60 instead of 67 are found at the
    same price in lawful ones."""
    heard = [one for one in found if not one.silent]
    first = [one for one in heard if is_first(one.evidence) and (one.right or one.lawful)]
    return Calibration(_fit(first, items), _fit([one for one in heard if not is_first(one.evidence)], items))


def _fit(found: Sequence[Found], items: int) -> Logistic:
    """Logistic regression over the evidence with an item bias shrunk towards none. Where all candidates agree
    there is nothing to fit, and the smoothed rate stands for all of them."""
    right = sum(one.right for one in found)
    if right in (0, len(found)):
        rate = (right + 0.5) / (len(found) + 1)
        return Logistic((0.0,) * len(FEATURES), (round(math.log(rate / (1 - rate)), 5),) * items)
    evidence = np.stack([one.evidence for one in found])
    own = np.zeros((len(found), items), np.float32)
    own[np.arange(len(found)), [one.span.item for one in found]] = 1 / ITEM_PENALTY
    model = LogisticRegression(C=1.0, max_iter=3000)
    model.fit(np.hstack([evidence, own]), [one.right for one in found])
    weights = model.coef_[0]
    biases = model.intercept_[0] + weights[len(FEATURES) :] / ITEM_PENALTY
    return Logistic(
        tuple(round(float(weight), 5) for weight in weights[: len(FEATURES)]),
        tuple(round(float(bias), 5) for bias in biases),
    )


def line_scores(found: Sequence[Found], calibration: Calibration, lines: int, items: int) -> np.ndarray:
    """Highest candidate probability of each line and item, shape (lines, items); 0 without a candidate."""
    scores = np.zeros((lines, items))
    for one in found:
        probability = calibration.probability(one.span.item, one.evidence)
        scores[one.line, one.span.item] = max(scores[one.line, one.span.item], probability)
    return scores


LOWEST = 0.9
"""How far below the common cut-off that of an item may go. Deeper ones gained 3 points of recall on dev and
cost 5 alarms per 1,000 lines of ordinary talk, which dev does not hold."""


def common_threshold(scores: np.ndarray, lawful: np.ndarray, passed: float) -> float:
    """Lowest cut-off at which at least the share `passed` of the lawful lines has no score above it."""
    highest = np.sort(scores[lawful].max(axis=1))
    return float(highest[min(len(highest) - 1, int(np.ceil(passed * len(highest))))])


def item_thresholds(
    scores: np.ndarray, accused: np.ndarray, lawful: np.ndarray, passed: float
) -> tuple[float, ...]:
    """Threshold per item: moved around the common one where that finds more lines at the same price.

    `scores` (lines, items), `accused` (lines, items) true marks, `lawful` (lines). Greedy exchange: starting
    at the common cut-off, each item in turn takes the quantile that finds most right lines while the share of
    lawful lines that pass stays at `passed`; a move must gain two lines, so that noise moves nothing.
    """
    common = common_threshold(scores, lawful, passed)
    chosen = np.full(scores.shape[1], common)
    grid = np.quantile(scores[scores > 0], np.linspace(0, 1, STEPS))
    for item in _by_errors(scores, lawful, common):
        best = _hits(scores, accused, chosen)
        for cut in grid[(grid > common * LOWEST) & (grid < min(0.95, common * 2.5))]:
            trial = chosen.copy()
            trial[item] = cut
            if _passing(scores, lawful, trial) >= passed and _hits(scores, accused, trial) >= best + 2:
                chosen, best = trial, _hits(scores, accused, trial)
    return tuple(round(float(cut), 4) for cut in chosen)


def _matching(line: Line, item: str, span: Span) -> Iterator:
    for mark in line.marks:
        if mark.item == item and overlap(mark.span, span) >= OVERLAP:
            yield mark


def overlap(first: Span, second: Span) -> float:
    """Intersection over union of two half-open spans, 0–1."""
    common = min(first[1], second[1]) - max(first[0], second[0])
    if common <= 0:
        return 0.0
    return common / (first[1] - first[0] + second[1] - second[0] - common)


def _by_errors(scores: np.ndarray, lawful: np.ndarray, common: float) -> list[int]:
    """Items that accuse most lawful lines first: raising their bar makes room for the others."""
    return np.argsort(-(scores[lawful] >= common).sum(axis=0), kind="stable").tolist()


def _hits(scores: np.ndarray, accused: np.ndarray, cuts: np.ndarray) -> int:
    return int(((scores >= cuts) & accused).any(axis=1).sum())


def _passing(scores: np.ndarray, lawful: np.ndarray, cuts: np.ndarray) -> float:
    return float((~(scores[lawful] >= cuts).any(axis=1)).mean())
