"""Which judged candidates speak of the same words.

Two candidates of one item that touch are one finding: labels of one item may not cross (handbook §3.3). Two
of different items are rivals when their spans agree by half (IoU ≥ 0.5, the agreement of handbook §3.5); a
short claim nested in a long one stays a finding of its own.
"""

from service.domain.finding import Judged, Span

SAME_WORDS_IOU = 0.5


def overlap(a: Span, b: Span) -> int:
    """Number of shared characters."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def iou(a: Span, b: Span) -> float:
    """Intersection over union of two spans, 0–1."""
    shared = overlap(a, b)
    union = (a[1] - a[0]) + (b[1] - b[0]) - shared
    return shared / union if union else 0.0


def same_finding(a: Judged, b: Judged) -> bool:
    """Whether two judged candidates belong to one finding."""
    if a.candidate.item == b.candidate.item:
        return overlap(a.candidate.span, b.candidate.span) > 0
    return iou(a.candidate.span, b.candidate.span) >= SAME_WORDS_IOU


def clusters(judged: list[Judged]) -> list[list[Judged]]:
    """Connected groups under `same_finding`, in text order, whatever the order of arrival."""
    ordered = sorted(judged, key=lambda j: (j.candidate.span, j.candidate.subtype, -j.confidence))
    groups: list[list[Judged]] = []
    for one in ordered:
        joined = [g for g in groups if any(same_finding(one, other) for other in g)]
        merged = [j for g in joined for j in g] + [one]
        groups = [g for g in groups if g not in joined] + [merged]
    return sorted(groups, key=lambda g: min(j.candidate.span for j in g))
