"""How rare a string is in Chinese text, in bits: what a search for it will cost."""

from functools import lru_cache

from service.text.tables import rows

_BITS = {sign: float(bits) for bits, signs in rows("rarity.tsv") for sign in signs}
_UNSEEN = 24.0
"""A character that jieba's dictionary never counts."""
_ALPHANUMERIC, _PUNCTUATION, _SYMBOL = 13.0, 5.0, 16.0
"""One digit or Latin letter, one common mark, one emoji, as counted in the train split."""
_COMMON_MARKS = frozenset(",。!?;:、…~ \n.-()")
_ORDER = 0.71
"""Characters of a word expect each other: the bits of a two-character word over the sum of its characters',
median of the 3,645 dictionary words that the train split has five times or more."""


@lru_cache(maxsize=65536)
def bits(text: str) -> float:
    """Estimated -log2 of the share of offsets at which `text` begins."""
    return sum(map(_bits_of, text)) * (_ORDER if len(text) > 1 else 1.0)


def _bits_of(sign: str) -> float:
    if "\u4e00" <= sign <= "\u9fff":
        return _BITS.get(sign, _UNSEEN)
    if sign in _COMMON_MARKS:
        return _PUNCTUATION
    return _ALPHANUMERIC if sign.isalnum() else _SYMBOL
