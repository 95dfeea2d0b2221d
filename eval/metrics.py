"""Metrics of handbook §3.5, each a ratio of sums over lines, so that an interval comes from resampling lines.

Span metrics ask for the item and the place; line metrics ask whether a line was accused at all. A lawful line
passes when nothing accuses it: in the wide reading `needs_evidence` is no accusation, in the strict it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eval.matching import match
from eval.outcome import Outcome
from training.marks import Kind

IOU = 0.5
"""Overlap from which a span counts as found (handbook §3.5)."""
ROUNDS = 1000
SEED = 20261124


@dataclass(frozen=True, slots=True)
class Ratio:
    """Numerators and denominators per line, shape (lines, 2)."""

    parts: npt.NDArray[np.float64]

    @classmethod
    def of(cls, parts: Iterable[tuple[float, float]]) -> "Ratio":
        """From one pair per line."""
        return cls(np.array(list(parts), np.float64).reshape(-1, 2))

    @property
    def count(self) -> int:
        """The whole denominator."""
        return round(float(self.parts[:, 1].sum()))

    @property
    def value(self) -> float | None:
        """The ratio; None where there is nothing to divide by."""
        top, bottom = self.parts.sum(axis=0)
        return float(top / bottom) if bottom else None

    def interval(self, rounds: int = ROUNDS, seed: int = SEED) -> tuple[float, float] | None:
        """95 % bootstrap interval over lines (percentile, seeded); None where the value is None."""
        used = self.parts[self.parts.any(axis=1)]
        if not used[:, 1].sum():
            return None
        rng = np.random.default_rng(seed)
        draws = rng.multinomial(len(used), np.full(len(used), 1 / len(used)), rounds) @ used
        ratios = draws[draws[:, 1] > 0]
        low, high = np.percentile(ratios[:, 0] / ratios[:, 1], [2.5, 97.5])
        return float(low), float(high)


def span_scores(outcomes: Sequence[Outcome], item: str | None = None, least: float = IOU) -> dict[str, Ratio]:
    """Precision, recall and F1 of spans, of one item or all."""
    hits, wanted, counted = [], [], []
    for outcome in outcomes:
        marks = [mark for mark in outcome.wanted if item in (None, mark.item)]
        said = [one for one in outcome.counted if item in (None, one.item)]
        hits.append(len(match(marks, said, least)))
        wanted.append(len(marks))
        counted.append(len(said))
    return {
        "precision": Ratio.of(zip(hits, counted, strict=True)),
        "recall": Ratio.of(zip(hits, wanted, strict=True)),
        "f1": Ratio.of((2 * h, w + c) for h, w, c in zip(hits, wanted, counted, strict=True)),
    }


def line_scores(outcomes: Sequence[Outcome], item: str | None = None) -> dict[str, Ratio]:
    """Precision and recall of lines: a line is accused when anything (of the item) accuses it."""
    truth = [any(item in (None, mark.item) for mark in outcome.wanted) for outcome in outcomes]
    accused = [any(item in (None, one.item) for one in outcome.counted) for outcome in outcomes]
    both = [t and a for t, a in zip(truth, accused, strict=True)]
    return {
        "precision": Ratio.of(zip(both, accused, strict=True)),
        "recall": Ratio.of(zip(both, truth, strict=True)),
    }


def kind_recall(outcomes: Sequence[Outcome], kind: Kind) -> Ratio:
    """Share of the violating lines of a kind that are accused of anything."""
    return Ratio.of((bool(o.counted), True) if o.line.kind is kind else (0, 0) for o in outcomes)


def lawful_pass(outcomes: Sequence[Outcome], kind: Kind | None = None, strict: bool = False) -> Ratio:
    """Share of lawful lines that nothing accuses. Lines in which the speaker takes words back are left out:
    they are recorded and downgraded, neither lawful nor not (handbook §1.6)."""

    def row(outcome: Outcome) -> tuple[bool, bool]:
        line = outcome.line
        if not line.lawful or line.corrected or kind not in (None, line.kind):
            return False, False
        accused = any(one.accuses for one in outcome.said) if strict else bool(outcome.counted)
        return not accused, True

    return Ratio.of(map(row, outcomes))


def verdict_accuracy(outcomes: Sequence[Outcome], least: float = IOU) -> Ratio:
    """Share of the found spans that got the labelled verdict."""
    return Ratio.of(_right_of(outcome, least, "verdict") for outcome in outcomes)


def subtype_accuracy(outcomes: Sequence[Outcome], least: float = IOU) -> Ratio:
    """Share of the found spans that got the labelled subtype."""
    return Ratio.of(_right_of(outcome, least, "subtype") for outcome in outcomes)


def pair_accuracy(outcomes: Sequence[Outcome]) -> Ratio:
    """Share of the contrast pairs of which both lines are judged rightly."""
    pairs: dict[str, list[bool]] = {}
    for outcome in outcomes:
        if outcome.line.pair is not None:
            pairs.setdefault(outcome.line.pair, []).append(bool(outcome.counted) is not outcome.line.lawful)
    return Ratio.of((all(right), True) for right in pairs.values() if len(right) == 2)


def false_alarms(accused: Sequence[bool]) -> Ratio:
    """Alarms per 1,000 ordinary lines; `accused` says of each line whether anything accuses it."""
    return Ratio.of((1000.0 * alarm, 1) for alarm in accused)


def _right_of(outcome: Outcome, least: float, attribute: str) -> tuple[int, int]:
    pairs = match(outcome.wanted, outcome.counted, least)
    return sum(getattr(mark, attribute) == getattr(one, attribute) for mark, one in pairs), len(pairs)
