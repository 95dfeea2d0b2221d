"""Reading a text with its disguises undone; telling a disguised word from words that only met by chance."""

import re

from service.domain.finding import Span
from service.domain.text import OffsetMap
from service.domain.vocabulary import Evasion
from service.lexicon.reading import Reading, Unveiled
from service.lexicon.spelling import Speller
from service.text.disguises import EMOJI_WORDS
from service.text.edit import apply
from service.text.views import HARD_STOPS, squeeze_edits, unmask_edits

SPELLED_OUT = 3
"""Characters of a word that may be parted by spaces or punctuation at every joint: 加，微，信. With fewer, a
comma between two clauses would make a word."""

_LATIN = re.compile("[a-z]{2,}")
_EMOJI = re.compile("[" + re.escape("".join(EMOJI_WORDS)) + "]")


def unveil(reading: Reading, speller: Speller) -> Unveiled | None:
    """The text with emoji, split and spelled characters replaced, separators dropped; None if the same."""
    folded, offsets = reading.folded, None
    for find_edits in (unmask_edits, speller.edits, squeeze_edits, speller.edits):
        edits = find_edits(folded)
        if edits:
            folded, inner = apply(folded, edits)
            offsets = inner if offsets is None else inner.compose(offsets)
    return Unveiled(reading, folded, offsets) if offsets is not None else None


def is_disguised(span: Span, reading: Unveiled) -> bool:
    """True when the span reads otherwise than it is written, and what was dropped in it joins, not parts."""
    base = reading.base.folded
    start, end = reading.to_base(span)
    if base[start:end] == reading.folded[span[0] : span[1]]:
        return False
    gaps = _gaps(span, reading.inner, base)
    if not any(HARD_STOPS.intersection(gap) for gap in gaps):
        return True
    return all(gaps) and span[1] - span[0] >= SPELLED_OUT


def _gaps(span: Span, inner: OffsetMap, base: str) -> list[str]:
    """What stands in the text between each two neighbouring characters of the span."""
    pairs = zip(range(*span), range(span[0] + 1, span[1]), strict=False)
    return [base[inner.ends[left] : inner.starts[right]] for left, right in pairs]


def evasion_of(span: Span, reading: Unveiled) -> Evasion:
    """How the span was disguised."""
    start, end = reading.to_base(span)
    written, read = reading.base.folded[start:end], reading.folded[span[0] : span[1]]
    if _EMOJI.search(written):
        return Evasion.EMOJI
    if (
        _LATIN.search(written)
        and written != read
        and len(_LATIN.findall(written)) > len(_LATIN.findall(read))
    ):
        return Evasion.PINYIN
    return Evasion.SPLIT_CHAR
