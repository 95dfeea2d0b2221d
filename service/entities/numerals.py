"""Numbers in Arabic or Chinese writing: 1.5万, 一千九百九十八, 两千三, 九十九点九, 二〇二六."""

import re
from decimal import Decimal

DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"〇": 0, "两": 2}
DIGITS |= dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True))
SMALL_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE_UNITS = {"万": 10_000, "w": 10_000, "亿": 100_000_000}

_SIGNS = "".join(DIGITS) + "".join(SMALL_UNITS)
_CHINESE = rf"[{_SIGNS}半][{_SIGNS}万亿]{{0,15}}(?:点[{''.join(DIGITS)}]{{1,4}})?[万亿]?"
NUMERAL = (
    rf"(?:(?<![0-9.])[0-9]{{1,12}}(?:,[0-9]{{3}}){{0,3}}(?:\.[0-9]{{1,4}})?[十百千万亿]{{0,2}}|{_CHINESE})"
)
"""Regex of one number on folded text: no groups, bounded, so that searching stays linear."""
_ARABIC = re.compile(r"([0-9,]+(?:\.[0-9]+)?)([十百千万亿w]*)")


def parse_numeral(text: str) -> Decimal | None:
    """Value of one number as matched by `NUMERAL`; None when it is not one (e.g. 百百)."""
    arabic = _ARABIC.fullmatch(text)
    if arabic is not None:
        value = Decimal(arabic.group(1).replace(",", ""))
        for unit in arabic.group(2):
            value *= SMALL_UNITS.get(unit) or LARGE_UNITS[unit]
        return value
    if text == "半":
        return Decimal("0.5")
    whole, _, fraction = text.partition("点")
    scale = LARGE_UNITS.get(fraction[-1:], 1)
    decimals = "".join(str(DIGITS[sign]) for sign in fraction if sign in DIGITS)
    value_of_whole = _parse_chinese(whole)
    if value_of_whole is None or (fraction and not decimals):
        return None
    return Decimal(f"{value_of_whole}.{decimals}") * scale if decimals else Decimal(value_of_whole)


def _parse_chinese(text: str) -> int | None:
    if text and all(sign in DIGITS for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    total = section = 0
    digit: int | None = None
    last_unit = 1
    for sign in text:
        if sign in DIGITS:
            if digit and sign not in "零〇":
                return None
            digit = DIGITS[sign]
            last_unit = 1 if sign in "零〇" else last_unit
        elif sign in SMALL_UNITS:
            last_unit = SMALL_UNITS[sign]
            section += (1 if digit is None else digit) * last_unit
            digit = None
        elif sign in LARGE_UNITS:
            total = (total + section + (digit or 0)) * LARGE_UNITS[sign]
            section, digit, last_unit = 0, None, LARGE_UNITS[sign]
        else:
            return None
    # 两千三 is 2,300: a digit right after a unit of a hundred or more counts tenths of that unit.
    tail = (digit or 0) * (last_unit // 10 if last_unit >= 100 else 1)
    return total + section + tail


def canonical(value: Decimal) -> str:
    """Shortest plain decimal writing."""
    text = format(value.normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
