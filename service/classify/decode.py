"""Character probabilities → spans: runs of characters that belong to one item, with their subtype."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from service.classify.calibration import features
from service.classify.logits import Floats, Logits, sigmoid
from service.classify.scores import DECIMALS, TextScores
from service.domain.finding import Candidate, Reason, Span
from service.domain.text import NormalizedText
from service.domain.vocabulary import ReasonSource

PEAK = 0.01
"""An item whose best character stays below this probability has no candidate in the text."""
BEHIND = 4.0
"""Nor has one whose rank is this far (in logits) behind the best span of the window: on dev fewer than one
such span in a hundred is right."""
SHARE = 0.3
"""A character belongs to a span when it reaches this share of the best probability around it, and half of one
when that is high. Chosen on dev by overlap F1 (see the model's card)."""
GAP = 2
"""Characters below the bar that do not break a span (a separator, a particle)."""
_ENDS = frozenset("\n。！？!?")
_TRIMMED = frozenset(" \n\t，。、！？；：,.!?;:~…")


@dataclass(frozen=True, slots=True)
class Names:
    """What the outputs stand for, and who says so. `of_item` lists the subtype outputs of each item."""

    items: str
    subtypes: tuple[str, ...]
    of_item: tuple[tuple[int, ...], ...]
    model: str
    version: str

    @classmethod
    def of(cls, items: str, subtypes: Sequence[str], model: str, version: str) -> Self:
        """Names of the outputs in their order."""
        groups = (tuple(i for i, slug in enumerate(subtypes) if slug[0] == item) for item in items)
        return cls(items, tuple(subtypes), tuple(groups), model, version)


@dataclass(frozen=True, slots=True)
class FoldedSpan:
    """Folded characters [start, end) of one item (by index)."""

    item: int
    start: int
    end: int


def candidates(scores: TextScores, names: Names, floor: float) -> tuple[Candidate, ...]:
    """Candidates whose calibrated probability reaches `floor`, by place and then by item."""
    found = []
    for span in spans(scores.text.folded, scores.logits):
        evidence = features(scores.logits, span.item, span.start, span.end)
        probability = round(scores.calibration.probability(span.item, evidence), DECIMALS)
        if probability >= floor:
            found.append(_candidate(scores.text, scores.logits, span, names, probability))
    return tuple(sorted(found, key=lambda candidate: (candidate.span, candidate.subtype)))


def spans(folded: str, logits: Logits) -> list[FoldedSpan]:
    """Runs of characters of one item, without punctuation at their ends. Where runs of several items overlap
    only the one of highest rank is kept: a phrase has one primary label (handbook §1.7)."""
    ranked = sorted(_ranked(folded, logits), key=lambda row: (-row[0], row[1].start, row[1].item))
    kept: list[FoldedSpan] = []
    for _, span in ranked:
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return kept


def _ranked(folded: str, logits: Logits) -> Iterator[tuple[float, FoldedSpan]]:
    probabilities = sigmoid(logits.items)
    for item in np.flatnonzero(probabilities.max(axis=0, initial=0.0) >= PEAK).tolist():
        for run in _runs(probabilities[:, item]):
            trimmed = _trim(folded, *_within_sentence(folded, probabilities[:, item], *run))
            if trimmed is None:
                continue
            rank = logits.rank(item, *trimmed)
            if logits.best_rank(*trimmed) - rank <= BEHIND:
                yield rank, FoldedSpan(item, *trimmed)


def _within_sentence(folded: str, probability: Floats, start: int, end: int) -> Span:
    """The part of a run in the sentence of its peak: a claim does not go on across a full stop or a break."""
    peak = start + int(probability[start:end].argmax())
    first = max((at + 1 for at in range(start, peak) if folded[at] in _ENDS), default=start)
    last = min((at for at in range(peak, end) if folded[at] in _ENDS), default=end)
    return first, max(last, first)


def _trim(folded: str, start: int, end: int) -> Span | None:
    """The span without punctuation at its ends, None where nothing else is in it."""
    inside = [at for at in range(start, end) if folded[at] not in _TRIMMED]
    return (inside[0], inside[-1] + 1) if inside else None


def _runs(probability: Floats) -> Iterator[tuple[int, int]]:
    """Grow runs from peaks, highest first, so that a weak span next to a strong one keeps its own bar."""
    free = probability.copy()
    while free.size and (peak := float(free.max())) >= PEAK:
        bar = min(peak * SHARE, 0.5)
        centre = int(free.argmax())
        start, end = _grow(free, centre, bar)
        yield start, end
        free[max(0, start - GAP) : end + GAP] = 0.0


def _grow(probability: Floats, centre: int, bar: float) -> tuple[int, int]:
    above = np.flatnonzero(probability >= bar)
    at = int(np.searchsorted(above, centre))
    first = last = at
    while first > 0 and above[first] - above[first - 1] <= GAP + 1:
        first -= 1
    while last + 1 < len(above) and above[last + 1] - above[last] <= GAP + 1:
        last += 1
    return int(above[first]), int(above[last]) + 1


def _candidate(
    text: NormalizedText, logits: Logits, span: FoldedSpan, names: Names, probability: float
) -> Candidate:
    """The subtype is the likeliest one of the span's item, summed over its characters."""
    mine = names.of_item[span.item]
    total = logits.subtypes[span.start : span.end, mine].sum(axis=0)
    reason = Reason(ReasonSource.MODEL, names.model, names.version, score=probability)
    return Candidate(
        subtype=names.subtypes[mine[int(total.argmax())]],
        span=text.offsets.to_raw(span.start, span.end),
        score=probability,
        reasons=(reason,),
    )
