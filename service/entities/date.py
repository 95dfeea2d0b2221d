"""Calendar dates: 2026年11月24日, 十一月十一号, 2026-11-24, 二〇二六年."""

import re
from collections.abc import Iterator

from service.domain.text import NormalizedText
from service.entities.entity import Entity, EntityKind, entity_at
from service.entities.numerals import parse_numeral

_YEAR = r"(?P<year>(?:19|20)[0-9]{2}|[一二]?[零〇九]?[零〇一二三四五六七八九]{2,4})年"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?"
_DAY = r"(?P<day>3[01]|[12][0-9]|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:日|号)"
_SPELLED = re.compile(rf"(?:{_YEAR})?{_MONTH}{_DAY}")
_YEAR_MONTH = re.compile(rf"{_YEAR}(?:{_MONTH})?")
_NUMERIC = re.compile(
    r"(?<![0-9.\-/])(?P<year>(?:19|20)[0-9]{2})([-./])(?P<month>1[0-2]|0?[1-9])\2(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9])"
)
LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of each month; 29 February is accepted in any year, as the year is often unsaid."""


def find_dates(text: NormalizedText) -> Iterator[Entity]:
    """`value` is ISO 8601 as far as known: 2026-11-24, --11-11, 2026-11, 2026."""
    for pattern in (_NUMERIC, _SPELLED, _YEAR_MONTH):
        for match in pattern.finditer(text.folded):
            value = _iso(match.groupdict())
            if value:
                yield entity_at(text, EntityKind.DATE, match.span(), value)


def _iso(fields: dict[str, str | None]) -> str:
    year = _number(fields.get("year"))
    month, day = _number(fields.get("month")), _number(fields.get("day"))
    if year is not None and not 1900 <= year <= 2099:
        return ""
    if month is None:
        return f"{year:04d}" if year else ""
    if day is None:
        return f"{year:04d}-{month:02d}" if year else ""
    if day > LONGEST_MONTH[month - 1]:
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"


def _number(text: str | None) -> int | None:
    value = parse_numeral(text) if text else None
    return int(value) if value is not None else None
