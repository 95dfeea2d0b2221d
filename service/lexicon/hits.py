"""From literal occurrences to hits: terms as they are, patterns and combos around their anchors."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from service.domain.finding import Span
from service.lexicon.compiled import Compiled
from service.lexicon.pattern import BoundedPattern
from service.lexicon.schema import Entry


@dataclass(frozen=True, slots=True)
class Hit:
    """Entry `entry` at folded `span`; `match` is all that the matcher consumed, `parts` a combo's pieces."""

    entry: int
    span: Span
    match: Span
    parts: tuple[Span, ...] = ()


@dataclass(slots=True)
class Found:
    """Hits of one reading before conditions, and the sorted (start, end, allowance) of the allow phrases."""

    hits: list[Hit] = field(default_factory=list)
    covers: list[tuple[int, int, int]] = field(default_factory=list)


def find(compiled: Compiled, folded: str) -> Found:
    """Every hit of every entry in `folded`, before conditions. Linear in the text for a given lexicon."""
    found = Found()
    anchors: dict[int, list[Span]] = defaultdict(list)
    guarded: set[int] = set()
    covers: dict[int, list[Span]] = defaultdict(list)
    for start, end, literal in compiled.literals.find(folded):
        span = (start, end)
        for index in compiled.terms[literal]:
            found.hits.append(Hit(index, span, span))
        for index in compiled.anchors[literal]:
            anchors[index].append(span)
        if compiled.guards[literal]:
            guarded.update(compiled.guards[literal])
        for allowance in compiled.covers[literal]:
            covers[allowance].append(span)
    for index, spans in anchors.items():
        entry = compiled.entries[index]
        if entry.pattern is not None and (index in guarded or not entry.pattern.guards):
            found.hits.extend(_pattern_hits(index, entry, entry.pattern, spans, folded))
    if found.hits:
        found.covers = sorted(_covers(compiled, covers, folded))
    return found


def _covers(
    compiled: Compiled, anchors: dict[int, list[Span]], folded: str
) -> Iterator[tuple[int, int, int]]:
    for allowance, spans in anchors.items():
        for match in matches(compiled.allowances[allowance].pattern, spans, folded):
            yield (*match.span(), allowance)


def matches(pattern: BoundedPattern, anchors: list[Span], folded: str) -> Iterator[re.Match[str]]:
    """One match from each start that has one, overlapping ones too, around the anchors."""
    search, width = pattern.regex.search, pattern.width
    for first, last in _starts(pattern, anchors):
        at = first
        while (match := search(folded, at, last + width)) is not None and match.start() <= last:
            yield match
            at = match.start() + 1


def _starts(pattern: BoundedPattern, anchors: list[Span]) -> Iterator[Span]:
    """First and last offsets at which a match with one of the anchors can begin, ascending, merged."""
    low, high = -1, -1
    for start, _ in sorted(anchors) if len(anchors) > 1 else anchors:
        first, last = max(0, start - pattern.most), start - pattern.fewest
        if last < 0:
            continue
        if first > high:
            if high >= 0:
                yield low, high
            low = first
        high = max(high, last)
    if high >= 0:
        yield low, high


def _pattern_hits(
    index: int, entry: Entry, pattern: BoundedPattern, anchors: list[Span], folded: str
) -> Iterator[Hit]:
    found = list(matches(pattern, anchors, folded))
    for match in _innermost(found) if entry.is_combo else _outermost(found):
        if entry.none is not None and entry.none.search(folded, match.start(), match.end()):
            continue
        yield _hit(index, match)


def _hit(index: int, match: re.Match[str]) -> Hit:
    groups = match.re.groupindex
    span = match.span("span") if "span" in groups else match.span()
    parts = tuple(match.span(name) for name in groups if name.startswith("part") and match.start(name) >= 0)
    return Hit(index, span, match.span(), parts)


def _outermost(found: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Matches that do not lie inside an earlier one: optional heads of a pattern belong to the phrase."""
    reached = -1
    for match in found:
        if match.end() > reached:
            reached = match.end()
            yield match


def _innermost(found: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Matches that hold no later one: the closest pieces of a combo belong together."""
    for match, following in zip_longest(found, found[1:]):
        if following is None or following.end() > match.end():
            yield match
