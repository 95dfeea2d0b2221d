"""Measured times of spoken words → times that are ordered, inside, and honest about what was invented.

Cross-attention times come unordered, empty and beyond the sound. The order of the words is sure, so the
longest run of starts that agrees with it is believed; the others are spread over the room between their
neighbours and marked as not measured.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isfinite

SYLLABLE_MS = 180
"""Length given to a character whose own time is empty and who has room: live-commerce Mandarin runs at about
5.6 characters a second."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds [start, end) of one word with `chars` spoken characters; `measured` False where spread."""

    start: float
    end: float
    chars: int
    measured: bool = True


def repaired(timings: Sequence[Timing], low: float, high: float) -> list[Timing]:
    """Times in the same order, non-decreasing, apart, inside [low, high]; such times are left as they are."""
    if not timings:
        return []
    inside = [_clamped(timing, low, high) for timing in timings]
    believed = _longest_ordered_run(inside)
    placed = _spread_rest(inside, believed, low, high)
    shortened = [
        replace(timing, end=max(timing.start, min(timing.end, following)))
        for timing, following in zip(placed, [*(t.start for t in placed[1:]), high], strict=True)
    ]
    return _share_edges(_fill_gaps(shortened, high), low)


def _clamped(timing: Timing, low: float, high: float) -> Timing:
    if not (isfinite(timing.start) and isfinite(timing.end)):
        return replace(timing, start=low, end=low, measured=False)
    start = min(max(timing.start, low), high)
    return replace(timing, start=start, end=min(max(timing.end, start), high))


def _longest_ordered_run(timings: Sequence[Timing]) -> list[int]:
    """Indices of a longest non-decreasing subsequence of the measured starts (patience sorting)."""
    tails: list[float] = []
    at_tail: list[int] = []
    before: dict[int, int | None] = {}
    for index, timing in enumerate(timings):
        if not timing.measured:
            continue
        pile = bisect_right(tails, timing.start)
        tails[pile : pile + 1] = [timing.start]
        before[index] = at_tail[pile - 1] if pile else None
        at_tail[pile : pile + 1] = [index]
    return _walk_back(at_tail, before)


def _walk_back(at_tail: list[int], before: dict[int, int | None]) -> list[int]:
    run = []
    index = at_tail[-1] if at_tail else None
    while index is not None:
        run.append(index)
        index = before[index]
    return run[::-1]


def _spread_rest(timings: Sequence[Timing], believed: list[int], low: float, high: float) -> list[Timing]:
    """Believed times as they are; each run between two of them spread over the room that they leave."""
    placed = list(timings)
    edges = [-1, *believed, len(timings)]
    for left, right in pairwise(edges):
        run = timings[left + 1 : right]
        if not run:
            continue
        wanted = SYLLABLE_MS * sum(timing.chars for timing in run)
        end = timings[right].start if right < len(timings) else high
        start = min(timings[left].end, end) if left >= 0 else max(low, end - wanted)
        if right == len(timings) and left >= 0:
            end = min(end, start + wanted)
        if len(run) == len(timings):
            start, end = low, high
        placed[left + 1 : right] = [replace(t, measured=False) for t in _shared(run, start, end)]
    return placed


def _fill_gaps(timings: Sequence[Timing], high: float) -> list[Timing]:
    """Give an empty word what lies between it and the next, a syllable per character at most."""
    followings = [*(t.start for t in timings[1:]), high]
    return [
        timing
        if timing.end > timing.start
        else replace(timing, end=min(following, timing.start + SYLLABLE_MS * timing.chars))
        for timing, following in zip(timings, followings, strict=True)
    ]


def _share_edges(timings: Sequence[Timing], low: float) -> list[Timing]:
    """Let words that are still empty share the span of the word that starts where they stand, or the last."""
    out = list(timings)
    first = 0
    while first < len(out):
        after = first
        while after < len(out) and out[after].end <= out[after].start:
            after += 1
        if after == len(out):
            return _share_back(out, first, low)
        if after > first:
            out[first : after + 1] = _shared(out[first : after + 1], out[first].start, out[after].end)
        first = after + 1
    return out


def _share_back(timings: list[Timing], first: int, low: float) -> list[Timing]:
    """Empty words from `first` on stand at the end of the sound: take room before them."""
    if first == len(timings):
        return timings
    end = timings[first].start
    wanted = SYLLABLE_MS * sum(timing.chars for timing in timings[first:])
    previous = timings[first - 1] if first else None
    if previous is not None and previous.end >= end:
        return timings[: first - 1] + _shared(timings[first - 1 :], previous.start, end)
    start = max(previous.end if previous else low, end - wanted)
    return timings[:first] + _shared(timings[first:], start, end)


def _shared(timings: Sequence[Timing], start: float, end: float) -> list[Timing]:
    """Equal shares of [start, end) per spoken character, in order."""
    total = sum(timing.chars for timing in timings)
    out, said = [], 0
    for timing in timings:
        begin = start + (end - start) * said / total
        said += timing.chars
        out.append(replace(timing, start=begin, end=start + (end - start) * said / total))
    return out
