"""Reading a text with its disguises undone; telling a disguised word from words that only met by chance."""

import re

from service.domain.finding import Span
from service.domain.vocabulary import Evasion
from service.lexicon.reading import Reading, Unveiled
from service.lexicon.spelling import Speller
from service.text.disguises import EMOJI_WORDS
from service.text.edit import apply
from service.text.views import squeeze_edits, unmask_edits

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
    """True when the span reads otherwise than it is written."""
    start, end = reading.to_base(span)
    return reading.base.folded[start:end] != reading.folded[span[0] : span[1]]


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
