"""Which judged candidates speak of the same words.

Two candidates of one item that touch are one finding: labels of one item may not cross (handbook §3.3). Two
of different items are rivals when their spans agree by half (IoU ≥ 0.5, the agreement of handbook §3.5); a
short claim nested in a long one stays a finding of its own.
"""

from collections.abc import Iterable

from service.domain.finding import Judged, Span
from service.domain.vocabulary import Verdict
from service.fuse.precedence import order_key

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


def clusters(judged: Iterable[Judged]) -> list[list[Judged]]:
    """Groups that speak of the same words as their head, in text order, whatever the order of `judged`.

    Heads are taken in order: what accuses, then what is exempt, then what is undecided, each by `order_key`.
    Only the head ties a group together. A guess that spans two claims joins one of them and never makes one
    of both: chained through it, the second claim of a sentence would vanish behind the first.
    """
    groups: list[list[Judged]] = []
    for one in sorted(judged, key=lambda j: (_tier(j), *order_key(j))):
        home = next((group for group in groups if _joins(one, group[0])), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return sorted(groups, key=lambda group: (group[0].candidate.span, order_key(group[0])))


def _tier(one: Judged) -> int:
    if one.verdict is None:
        return 2
    return 1 if one.verdict is Verdict.EXEMPT else 0


def _joins(one: Judged, head: Judged) -> bool:
    """An exempt hit is explained by an accusation of its item that holds at least half of it; beside one it
    stays visible on its own."""
    if _tier(one) == 1 and _tier(head) == 0:
        start, end = one.candidate.span
        inside = 2 * overlap(one.candidate.span, head.candidate.span) >= end - start
        return one.candidate.item == head.candidate.item and inside
    return same_finding(one, head)
