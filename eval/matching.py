"""Which accusation is which mark: one to one, best overlap first, within an item."""

from collections.abc import Sequence

from eval.outcome import Said
from service.domain.finding import Span
from training.marks import Mark


def overlap(first: Span, second: Span) -> float:
    """Intersection over union of two half-open spans, 0–1."""
    common = min(first[1], second[1]) - max(first[0], second[0])
    if common <= 0:
        return 0.0
    return common / (first[1] - first[0] + second[1] - second[0] - common)


def match(marks: Sequence[Mark], said: Sequence[Said], least: float) -> list[tuple[Mark, Said]]:
    """Pairs of one item whose spans overlap by at least `least` (1.0: the same characters)."""
    ranked = sorted(
        ((overlap(mark.span, one.span), m, s) for m, mark in enumerate(marks) for s, one in enumerate(said)),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    taken_marks: set[int] = set()
    taken_said: set[int] = set()
    pairs: list[tuple[Mark, Said]] = []
    for score, m, s in ranked:
        if score < least or score <= 0 or m in taken_marks or s in taken_said:
            continue
        if marks[m].item == said[s].item:
            taken_marks.add(m)
            taken_said.add(s)
            pairs.append((marks[m], said[s]))
    return pairs
