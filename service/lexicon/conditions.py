"""Whether a hit stands: scope, covering phrases, word boundaries, required and forbidden words."""

from service.domain.context import AnalysisContext
from service.domain.finding import Span
from service.lexicon.compiled import Compiled
from service.lexicon.hits import Found, Hit
from service.lexicon.reading import Reading
from service.lexicon.schema import Allowance, Boundary, Entry
from service.text.clauses import span_around

REQUIRE_REACH = 40
"""Characters on either side of a hit in which a required word counts, within the sentence."""
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


def stands(hit: Hit, entry: Entry, compiled: Compiled, found: Found, reading: Reading) -> bool:
    """True when no covering phrase, boundary or context word speaks against the hit."""
    return (
        not _covered(hit, entry, compiled.allowances, found)
        and _on_boundaries(hit, entry, reading)
        and _context_allows(hit, entry, reading)
    )


def _covered(hit: Hit, entry: Entry, allowances: tuple[Allowance, ...], found: Found) -> bool:
    start, end = hit.span
    for (low, high), owner, allowance in found.covers:
        if low <= start and end <= high:
            if owner >= 0:
                if owner == hit.entry:
                    return True
            elif high - low > end - start and _applies(allowances[allowance], entry):
                return True
    return False


def _applies(allowance: Allowance, entry: Entry) -> bool:
    names = (entry.subtype, entry.subtype[0], entry.family, entry.id)
    return not allowance.scope or any(name in allowance.scope for name in names)


def _on_boundaries(hit: Hit, entry: Entry, reading: Reading) -> bool:
    short_term = bool(entry.terms) and hit.span[1] - hit.span[0] <= SHORT_TERM
    if entry.boundary is Boundary.NO or (entry.boundary is Boundary.AUTO and not short_term):
        return True
    ends = reading.boundaries
    return all(start in ends and end in ends for start, end in hit.parts or (hit.span,))


def _context_allows(hit: Hit, entry: Entry, reading: Reading) -> bool:
    if entry.require and not _has_word(entry.require, reading.folded, _sentence(hit.match, reading)):
        return False
    forbidden = entry.forbid + (entry.near.none if entry.near else ())
    return not forbidden or not _has_word(forbidden, reading.folded, span_around(reading.clauses, *hit.match))


def _sentence(match: Span, reading: Reading) -> Span:
    low, high = span_around(reading.sentences, *match)
    return max(low, match[0] - REQUIRE_REACH), min(high, match[1] + REQUIRE_REACH)


def _has_word(words: tuple[str, ...], folded: str, window: Span) -> bool:
    low, high = window
    return any(folded.find(word, low, high) >= 0 for word in words)
