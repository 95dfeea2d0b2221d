"""Numbers with a unit of measure or count: 三天, 十斤, 250ml, 一米六, 身高一三八到一四五."""

import re
from collections.abc import Iterator
from decimal import Decimal

from service.domain.text import NormalizedText
from service.entities.entity import Entity, EntityKind, entity_at
from service.entities.numerals import DIGITS, NUMERAL, canonical, parse_numeral

UNITS = (
    "毫升", "千克", "公斤", "厘米", "毫米", "公分", "平方米", "平米", "小时", "分钟", "星期", "礼拜",
    "疗程", "个月", "斤", "克", "升", "米", "两", "天", "周", "月", "年", "秒", "岁", "片", "粒", "盒",
    "瓶", "袋", "包", "支", "条", "件", "套", "双", "台", "单", "人", "次", "倍", "折", "码", "度", "瓦",
    "寸", "层", "颗", "款", "ml", "kg", "cm", "mm", "mg", "g", "l", "w", "℃", "㎡",
)  # fmt: skip
"""Units, longest first where one begins another."""

_MEASURE = re.compile(rf"(?<!第)(?P<amount>{NUMERAL})(?P<unit>{'|'.join(UNITS)})(?![a-z])")
_METRES = re.compile(
    rf"(?P<amount>{NUMERAL})米(?P<tenths>[0-9{''.join(DIGITS)}]{{1,2}})(?![0-9{''.join(DIGITS)}])"
)
_BODY = re.compile(
    r"(?P<of>身高|体重|胸围|腰围|臀围|肩宽|衣长|裤长|脚长|尺码|码数)(?:是|在|穿|:)?(?P<amount>[0-9零〇一二三四五六七八九百十]{1,5})"
    r"(?:(?:到|至|-|~)(?P<upto>[0-9零〇一二三四五六七八九百十]{1,5}))?"
)


def find_quantities(text: NormalizedText) -> Iterator[Entity]:
    """`value` is number and unit (3天), or the body measure with its one or two numbers (身高138-145)."""
    for match in _BODY.finditer(text.folded):
        numbers = [parse_numeral(each) for each in (match["amount"], match["upto"]) if each]
        known = [canonical(number) for number in numbers if number is not None]
        if len(known) == len(numbers):
            yield entity_at(text, EntityKind.QUANTITY, match.span(), match["of"] + "-".join(known))
    for match in _METRES.finditer(text.folded):
        amount = parse_numeral(match["amount"])
        if amount is not None:
            tenths = "".join(str(DIGITS.get(sign, sign)) for sign in match["tenths"])
            value = amount + Decimal(f"0.{tenths}")
            yield entity_at(text, EntityKind.QUANTITY, match.span(), canonical(value) + "米")
    for match in _MEASURE.finditer(text.folded):
        amount = parse_numeral(match["amount"])
        if amount is not None:
            yield entity_at(text, EntityKind.QUANTITY, match.span(), canonical(amount) + match["unit"])
