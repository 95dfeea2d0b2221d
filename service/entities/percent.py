"""Shares: 百分之九十, 99%, 九成, 三个点."""

import re
from collections.abc import Iterator

from service.domain.text import NormalizedText
from service.entities.entity import Entity, EntityKind, entity_at
from service.entities.numerals import NUMERAL, canonical, parse_numeral

_SPOKEN = re.compile(rf"百分之?(?P<amount>{NUMERAL})")
_SIGNED = re.compile(rf"(?P<amount>{NUMERAL})%")
_TENTHS = re.compile(r"(?P<amount>[一二三四五六七八九1-9])成(?![了为立员就功都交本人套份分熟不])")
_POINTS = re.compile(rf"(?P<amount>{NUMERAL})个(?:百分)?点(?!赞|位|子)")
_SCALES = ((_SPOKEN, 1), (_SIGNED, 1), (_TENTHS, 10), (_POINTS, 1))


def find_percents(text: NormalizedText) -> Iterator[Entity]:
    """`value` is in hundredths: 九成 is 90."""
    for pattern, scale in _SCALES:
        for match in pattern.finditer(text.folded):
            amount = parse_numeral(match["amount"])
            if amount is not None:
                yield entity_at(text, EntityKind.PERCENT, match.span(), canonical(amount * scale))
