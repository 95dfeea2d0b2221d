"""Sums of money: 九十九块九, 99.9元, ¥99, 一千九百九十八 after a price word, and 米, r, w as money slang."""

import re
from collections.abc import Iterator
from decimal import Decimal

from service.domain.text import NormalizedText
from service.entities.entity import Entity, EntityKind, entity_at
from service.entities.numerals import DIGITS, NUMERAL, canonical, parse_numeral

_TENTHS = rf"(?P<tenths>[0-9{''.join(DIGITS)}])"
_UNIT = r"(?:元|块钱|块|圆|rmb|人民币|大洋|刀乐|💰)"
_COUNTED = r"[斤两个只件盒瓶袋包条双套支片粒台单份米克天年次人]"
_WITH_UNIT = re.compile(
    rf"(?P<sign>¥)?(?P<amount>{NUMERAL})多?"
    rf"(?:(?:元|块|圆){_TENTHS}(?:毛|角|分)?(?![0-9百千万]|{_COUNTED})钱?|{_UNIT}钱?)"
)
_WITH_SIGN = re.compile(rf"¥\s?(?P<amount>{NUMERAL})")
_SLANG = re.compile(rf"(?P<amount>{NUMERAL})(?P<unit>个?米|个?w|r)(?![a-z])")
PRICE_CUES = (
    "原价", "现价", "售价", "卖价", "价格", "标价", "到手价", "到手", "秒杀价", "直播价", "专柜价",
    "吊牌价", "市场价", "活动价", "成本价", "底价", "优惠价", "只要", "仅需", "才卖", "只卖", "卖", "立减",
    "券后", "花了", "便宜", "砍到", "降到", "补贴", "返", "定金", "尾款", "押金",
)  # fmt: skip
"""Words after which a bare number, or a number with slang for yuan, is a price."""
_AFTER_CUE = re.compile(rf"(?:{'|'.join(PRICE_CUES)})(?:是|为|:|就|都|要|了|您|你)?\s?(?P<amount>{NUMERAL})")
_CUE = re.compile("|".join(PRICE_CUES))
CUE_REACH = 12
"""Folded characters before a slang unit in which a price word must stand: 米 is also a metre."""
_NOT_MONEY = re.compile(
    r"[个只条件盒瓶斤克片粒天年月日号点岁套双台单人次倍级折%件分毫厘公升]|ml|kg|cm|mm|g|米"
)
MIN_BARE = Decimal(5)
"""A bare number below five after a price word is a count (卖两件), not a price."""


def find_prices(text: NormalizedText) -> Iterator[Entity]:
    """`value` is in yuan."""
    folded = text.folded
    for match in _WITH_UNIT.finditer(folded):
        yield from _entity(text, match, match["tenths"])
    for match in _WITH_SIGN.finditer(folded):
        yield from _entity(text, match, None)
    for match in _SLANG.finditer(folded):
        if _CUE.search(folded, max(0, match.start() - CUE_REACH), match.start()):
            yield from _entity(text, match, None)
    for match in _AFTER_CUE.finditer(folded):
        amount = parse_numeral(match["amount"])
        if amount is not None and amount >= MIN_BARE and not _NOT_MONEY.match(folded, match.end()):
            yield entity_at(text, EntityKind.PRICE, match.span("amount"), canonical(amount))


def _entity(text: NormalizedText, match: re.Match[str], tenths: str | None) -> Iterator[Entity]:
    amount = parse_numeral(match["amount"])
    if amount is None:
        return
    unit = match.groupdict().get("unit") or ""
    if unit.endswith("w"):
        amount *= 10_000
    if tenths:
        amount += Decimal(DIGITS.get(tenths, tenths)) / 10
    yield entity_at(text, EntityKind.PRICE, match.span(), canonical(amount))
