"""Which label of the same words is the primary one (handbook §1.7): a written total order.

Only the primary label counts towards clause 7.2.3; the others are kept beside it as secondary labels.
"""

from service.domain.finding import Judged
from service.domain.vocabulary import ReasonSource, Verdict

# (winner, loser) pairs of handbook §1.7, by subtype or by item; the first that applies decides.
_PREFERENCES: tuple[tuple[str, str], ...] = (
    ("n", "i"),  # 1: category rules before general falsehood
    ("c.lowest_price", "i.false_price"),  # 2
    ("c.lowest_price", "c.best_quality"),  # 2: a superlative about the price
    ("c.lowest_price", "c.top_grade"),
    ("f.property_scam", "m"),  # handbook m: severity and action
    ("f.privacy_leak", "k"),  # 4
    ("h", "j.confusion"),  # 6
    ("l", "i.false_sales"),  # 7
)
_YIELDING = {"o": 1, "p": 2}  # 8: o and p give way to any more specific item


def _matches(subtype: str, label: str) -> bool:
    return subtype == label or subtype[0] == label


def _preferred(first: str, second: str) -> bool | None:
    """True if `first` beats `second` by §1.7, False if it loses, None if §1.7 is silent."""
    for winner, loser in _PREFERENCES:
        if _matches(first, winner) and _matches(second, loser):
            return True
        if _matches(second, winner) and _matches(first, loser):
            return False
    return None


def order_key(judged: Judged) -> tuple[object, ...]:
    """Total order between labels where §1.7 is silent: what yields last; what the model alone saw behind
    what a rule named (on dev a rule's subtype is right in 90 of 100 found spans, the model's in 40); then the
    weightier verdict, the greater confidence, the longer span, the earlier one, the letter. No two different
    candidates tie."""
    start, end = judged.candidate.span
    rank = -1 if judged.verdict is None else judged.verdict.rank
    return (
        _YIELDING.get(judged.candidate.item, 0),
        all(reason.source is ReasonSource.MODEL for reason in judged.candidate.reasons),
        -rank,
        -judged.confidence,
        -judged.candidate.score,
        start - end,
        start,
        judged.candidate.subtype,
    )


def primary_of(rivals: list[Judged]) -> Judged:
    """The primary label among judged candidates that speak of the same words.

    An exempt label never displaces one that accuses. Among the rest the first in total order that no other
    beats by §1.7 wins; §1.7's pairs form no cycle, so there always is one.
    """
    accusing = [j for j in rivals if j.verdict is not None and j.verdict is not Verdict.EXEMPT]
    pool = sorted(accusing or rivals, key=order_key)
    for candidate in pool:
        subtype = candidate.candidate.subtype
        if not any(_preferred(other.candidate.subtype, subtype) for other in pool if other is not candidate):
            return candidate
    return pool[0]
