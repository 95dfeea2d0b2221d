"""Rewriting a folded text piece by piece with the way back."""

from collections.abc import Iterable

from service.domain.text import NormalizedText, OffsetMap

Edit = tuple[int, int, str]
"""Replace folded [start, end) by a text; '' deletes it."""


def apply(folded: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """Apply edits, which are in order and do not overlap. New characters share the span of what they replace.

    The map leads to `folded`; compose it with the fold's own map for raw spans.
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, text in (*edits, (len(folded), len(folded), "")):
        pieces += (folded[at:start], text)
        starts += (*range(at, start), *[start] * len(text))
        ends += (*range(at + 1, start + 1), *[end] * len(text))
        at = end
    return "".join(pieces), OffsetMap(starts, ends, len(folded))


def view(text: NormalizedText, edits: Iterable[Edit]) -> NormalizedText:
    """The text with edits applied, mapped to raw."""
    folded, offsets = apply(text.folded, edits)
    return NormalizedText(text.raw, folded, offsets.compose(text.offsets))
