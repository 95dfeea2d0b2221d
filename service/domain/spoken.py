"""Which characters of a transcript take time to say."""

import unicodedata

_READ_ALOUD = frozenset("%‰@#&+")
"""Punctuation by Unicode category that speakers pronounce (百分之, 艾特, 井号, 和, 加)."""


def is_spoken(char: str) -> bool:
    """Whether `char` (one code point) has a length in time; punctuation, spaces and controls have none."""
    return char in _READ_ALOUD or unicodedata.category(char)[0] not in "PZC"
