"""Hits of one subtype that lie inside a longer one become reasons of the longer one."""

from collections import defaultdict
from dataclasses import replace

from service.domain.finding import Candidate


def merge(candidates: list[Candidate]) -> list[Candidate]:
    """Candidates in order of their spans; one inside another of its subtype adds its reasons to it."""
    by_subtype: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in sorted(candidates, key=_outer_first):
        kept = by_subtype[candidate.subtype]
        # Starts ascend, so only the last kept one, which reaches farthest, can hold this one.
        if kept and candidate.span[1] <= kept[-1].span[1]:
            kept[-1] = _absorb(kept[-1], candidate)
        else:
            kept.append(candidate)
    merged = [candidate for kept in by_subtype.values() for candidate in kept]
    return sorted(merged, key=lambda candidate: (candidate.span, candidate.subtype))


def _outer_first(candidate: Candidate) -> tuple[int, int, float, str]:
    start, end = candidate.span
    return (start, -end, -candidate.score, candidate.reasons[0].id)


def _absorb(outer: Candidate, inner: Candidate) -> Candidate:
    known = {reason.id for reason in outer.reasons}
    added = tuple(reason for reason in inner.reasons if reason.id not in known)
    return replace(outer, reasons=outer.reasons + added, score=max(outer.score, inner.score))
