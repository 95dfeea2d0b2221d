"""From literal occurrences to hits: terms as they are, patterns around anchors, combos from their slots."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from service.domain.finding import Span
from service.lexicon.compiled import ANCHOR, COVER, SLOT, TERM, Compiled
from service.lexicon.pattern import BoundedPattern
from service.lexicon.schema import Near


@dataclass(frozen=True, slots=True)
class Hit:
    """Entry `entry` at folded `span`; `match` is all that the matcher consumed, `parts` a combo's pieces."""

    entry: int
    span: Span
    match: Span
    parts: tuple[Span, ...] = ()


@dataclass(slots=True)
class Found:
    """Hits of one reading, and what covers shorter hits: (span, entry index or -1, allowance or -1)."""

    hits: list[Hit] = field(default_factory=list)
    covers: list[tuple[Span, int, int]] = field(default_factory=list)


def find(compiled: Compiled, folded: str) -> Found:
    """Every hit of every entry in `folded`, before conditions. Linear in the text for a given lexicon."""
    found = Found()
    anchors: dict[int, list[Span]] = defaultdict(list)
    slots: dict[int, dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
    uses = compiled.literals.uses
    for start, end, index in compiled.literals.find(folded):
        span = (start, end)
        for use in uses[index]:
            if use.kind == TERM:
                found.hits.append(Hit(use.entry, span, span))
            elif use.kind == ANCHOR:
                anchors[use.entry].append(span)
            elif use.kind == SLOT:
                slots[use.entry][use.slot].append(span)
            elif use.kind == COVER:
                found.covers.append((span, use.entry, use.allowance))
    for entry, spans in anchors.items():
        found.hits.extend(_pattern_hits(entry, compiled.patterns[entry], spans, folded))
    for entry, by_slot in slots.items():
        near = compiled.entries[entry].near
        if near is not None and len(by_slot) == len(near.slots):
            found.hits.extend(_combo_hits(entry, near, by_slot))
    return found


def _windows(spans: list[Span], width: int, length: int) -> Iterator[Span]:
    """Stretches in which a match of at most `width` characters that contains an anchor can lie, merged."""
    low, high = -1, -1
    for start, end in sorted(spans):
        left, right = max(0, end - width), min(length, start + width)
        if left > high:
            if high >= 0:
                yield low, high
            low, high = left, right
        else:
            high = max(high, right)
    if high >= 0:
        yield low, high


def _pattern_hits(entry: int, pattern: BoundedPattern, anchors: list[Span], folded: str) -> Iterator[Hit]:
    """All matches with distinct ends; one that lies inside an earlier match of the same entry is left out."""
    named = "span" in pattern.regex.groupindex
    reached = -1
    for low, high in _windows(anchors, pattern.width, len(folded)):
        at = low
        while (match := pattern.regex.search(folded, at, high)) is not None:
            if match.end() > reached:
                reached = match.end()
                yield Hit(entry, match.span("span") if named else match.span(), match.span())
            at = match.start() + 1


def _combo_hits(entry: int, near: Near, by_slot: dict[int, list[Span]]) -> Iterator[Hit]:
    """For each place of the first slot the nearest place of every other, each near its neighbour."""
    for first in by_slot[0]:
        parts = [first]
        for slot in range(1, len(near.slots)):
            nearest = _nearest(parts, by_slot[slot], near)
            if nearest is None:
                break
            parts.append(nearest)
        else:
            parts.sort()
            span = (parts[0][0], max(end for _, end in parts))
            yield Hit(entry, span, span, tuple(parts))


def _nearest(parts: list[Span], places: list[Span], near: Near) -> Span | None:
    best: tuple[int, Span] | None = None
    last = parts[-1]
    for place in places:
        gap = max(place[0] - last[1], last[0] - place[1])
        if gap < 0 or gap > near.within or (near.ordered and place[0] < last[1]):
            continue
        if any(place[0] < end and start < place[1] for start, end in parts):
            continue
        if best is None or gap < best[0]:
            best = (gap, place)
    return best[1] if best else None
