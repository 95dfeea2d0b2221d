"""Mobile, landline and service numbers, said whole or in pieces; never heights, sizes or prices."""

import re
from collections.abc import Iterator

from service.domain.text import NormalizedText
from service.entities.digits import Piece, joined, runs
from service.entities.entity import Entity, EntityKind, entity_at

MAX_PIECES = 11
"""A number may be said digit by digit."""

_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
_SERVICE = re.compile(r"[48]00\d{7}")
_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})[2-8]\d{6,7}")
_CALL_CUES = re.compile("电话|座机|热线|打给|拨打|致电|固话|联系")
_CUE_REACH = 12
_NUMBER_GOES_ON = re.compile(r"[0-9a-z百千万亿]|点[0-9零一二三四五六七八九]")


def find_phones(text: NormalizedText) -> Iterator[Entity]:
    """Numbers of 11 digits from 1[3-9], 400/800 numbers, and landlines that are split or called a phone."""
    for run in runs(text.folded):
        first = 0
        while first < len(run):
            last = _number_from(run, first, text.folded)
            if last is None:
                first += 1
                continue
            digits, span, parts = joined(run, first, last)
            yield entity_at(text, EntityKind.PHONE, span, digits.removeprefix("86"), parts)
            first = last + 1


def _number_from(run: list[Piece], first: int, folded: str) -> int | None:
    """Index of the last piece of a phone number that starts with piece `first`, if any."""
    digits = ""
    for last in range(first, min(first + MAX_PIECES, len(run))):
        digits += run[last].digits
        if len(digits) > 13:
            return None
        if _is_number(digits, last > first, run[first].span[0], folded) and not _NUMBER_GOES_ON.match(
            folded, run[last].span[1]
        ):
            return last
    return None


def _is_number(digits: str, split: bool, start: int, folded: str) -> bool:
    if _MOBILE.fullmatch(digits):
        return True
    called = _CALL_CUES.search(folded, max(0, start - _CUE_REACH), start) is not None
    return (split or called) and bool(_SERVICE.fullmatch(digits) or _LANDLINE.fullmatch(digits))
