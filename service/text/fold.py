"""The one canonical fold: texts, lexicon terms and model input all pass here (architecture §2)."""

import re
import unicodedata

from service.domain.text import NormalizedText, OffsetMap
from service.text.fold_table import IRREGULAR, FoldTable

_TABLE = FoldTable()
_REPEATED = re.compile(r"([^\w\s])\1+|\s{2,}")


def identity_map(length: int) -> OffsetMap:
    """Map of a text that was not changed in length: folded i ↔ raw [i, i + 1)."""
    return OffsetMap(range(length), range(1, length + 1), length)


def fold_term(term: str) -> str:
    """Fold of a lexicon term: like `fold`, without the way back."""
    return fold(term).folded


def fold(raw: str) -> NormalizedText:
    """Fold any string; never raises. `folded` has no control characters, upper case or doubled separators.

    Most lines keep their length: one `str.translate` and an identity map. The others are rebuilt character by
    character. Linear in the number of code points.
    """
    folded = raw.translate(_TABLE)
    if IRREGULAR not in folded and _REPEATED.search(folded) is None:
        return NormalizedText(raw, folded, identity_map(len(raw)))
    return _rebuild(raw)


def _rebuild(raw: str) -> NormalizedText:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    folds = _TABLE.folds
    for index, character in enumerate(raw):
        if ends and not folds[character] and unicodedata.category(character) in ("Mn", "Me"):
            ends[-1] = index + 1  # the marks of a keycap belong to its digit
        for piece in folds[character]:
            if pieces and _repeats(pieces[-1], piece):
                pieces[-1] = "\n" if "\n" in (pieces[-1], piece) else pieces[-1]
                ends[-1] = index + 1
                continue
            pieces.append(piece)
            starts.append(index)
            ends.append(index + 1)
    return NormalizedText(raw, "".join(pieces), OffsetMap(starts, ends, len(raw)))


def _repeats(previous: str, piece: str) -> bool:
    """True for a second separator of the same kind in a row: whitespace, or one punctuation mark doubled."""
    if previous.isspace():
        return piece.isspace()
    return previous == piece and not piece.isalnum() and piece != "_"
