"""Whether a hit stands: scope, covering phrases, word boundaries, required and forbidden words."""

import re
from bisect import bisect_left
from itertools import islice

from service.domain.context import AnalysisContext
from service.domain.finding import Span
from service.lexicon.compiled import Compiled
from service.lexicon.hits import Found, Hit
from service.lexicon.pattern import MAX_WIDTH
from service.lexicon.reading import Reading
from service.lexicon.schema import Boundary, Entry, Tier
from service.text.clauses import span_around

CONTEXT_REACH = 40
"""Characters on either side of a hit in which context words count: two spoken sentences."""
SHORT_TERM = 2
"""Terms up to this length are checked against word boundaries by default: 大麻 in 大麻烦."""


def in_scope(entry: Entry, context: AnalysisContext) -> bool:
    """Channel and category scope. With an unknown category the entry stays: missing facts clear nothing."""
    if entry.channels and context.channel not in entry.channels:
        return False
    category = context.product.category if context.product else None
    if not entry.categories or not category:
        return True
    return any(scope == category or scope in category.split("/") for scope in entry.categories)


def stands(hit: Hit, compiled: Compiled, found: Found, reading: Reading) -> bool:
    """True when no context word, covering phrase or boundary speaks against the hit."""
    entry = compiled.entries[hit.entry]
    return (
        _context_allows(hit, entry, reading)
        and not _covered(hit.span, entry.not_in, reading.folded)
        and not _allowed(hit, entry, compiled, found)
        and _on_boundaries(hit, entry, reading)
    )


def tier_of(hit: Hit, entry: Entry, reading: Reading) -> Tier:
    """The entry's tier, lowered to weak where a preferred word is missing."""
    return Tier.WEAK if entry.prefer is not None and not _nearby(entry.prefer, hit, reading) else entry.tier


def _nearby(words: re.Pattern[str], hit: Hit, reading: Reading) -> bool:
    start, end = reading.to_base(hit.match)
    return words.search(reading.base.folded, max(0, start - CONTEXT_REACH), end + CONTEXT_REACH) is not None


def _context_allows(hit: Hit, entry: Entry, reading: Reading) -> bool:
    if entry.require is not None and not _nearby(entry.require, hit, reading):
        return False
    if entry.forbid is None:
        return True
    start, end = reading.to_base(hit.match)
    low, high = span_around(reading.base.clauses, start, end)
    low, high = max(low, start - CONTEXT_REACH), min(high, end + CONTEXT_REACH)
    return entry.forbid.search(reading.base.folded, low, high) is None


def _covered(span: Span, phrase: re.Pattern[str] | None, folded: str) -> bool:
    """True when a match of `phrase` holds `span`."""
    if phrase is None:
        return False
    start, end = span
    at = max(0, end - MAX_WIDTH)
    while at <= start and (match := phrase.search(folded, at, start + MAX_WIDTH)) is not None:
        if match.start() <= start and end <= match.end():
            return True
        at = match.start() + 1
    return False


def _allowed(hit: Hit, entry: Entry, compiled: Compiled, found: Found) -> bool:
    """True when a match of an allow phrase in scope holds the hit."""
    start, end = hit.span
    first = bisect_left(found.covers, (max(0, end - MAX_WIDTH), 0, 0))
    for low, high, allowance in islice(found.covers, first, None):
        if low > start:
            return False
        if end <= high and compiled.allowances[allowance].applies_to(entry):
            return True
    return False


def _on_boundaries(hit: Hit, entry: Entry, reading: Reading) -> bool:
    short_term = bool(entry.terms) and hit.span[1] - hit.span[0] <= SHORT_TERM
    if entry.boundary is Boundary.NO or (entry.boundary is Boundary.AUTO and not short_term):
        return True
    ends = reading.boundaries
    return all(start in ends and end in ends for start, end in hit.parts or (hit.span,))
