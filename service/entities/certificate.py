"""Approval, filing, patent and licence numbers (国药准字H…, 国妆特字G…, 食健备G…, ZL…, SC…, GB/T …)."""

import re
from collections.abc import Iterator

from service.domain.text import NormalizedText
from service.entities.digits import DIGIT_VALUES
from service.entities.entity import Entity, EntityKind, entity_at

_D = r"[0-9零〇一二三四五六七八九幺]"
PATTERNS = (
    rf"国药准字\s?[hzsjbtf]?\s?{_D}{{8}}",  # 药品注册管理办法第一百二十三条: letter, year, serial
    rf"[卫国]妆(?:准|特|备|特进|备进)字?(?:\(?\d{{4}}\)?第?|[gj])?\s?{_D}{{4,10}}号?",
    rf"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新]g?妆网备字\s?{_D}{{8,12}}",
    rf"(?:国食健字|国食健注|卫食健字)\s?[gj]?\s?(?:\(?{_D}{{4}}\)?)?第?{_D}{{4,10}}号?",
    rf"食健备[gj]?\s?{_D}{{8,12}}",
    rf"[\u4e00-\u9fff]{{1,4}}械[注备](?:准|进|许)?\s?{_D}{{8,12}}号?",
    rf"(?:国|[\u4e00-\u9fff])?卫消证字\(?{_D}{{4}}\)?第?{_D}{{4}}号?",
    rf"zl\s?{_D}{{12,13}}(?:\.[0-9x])?",  # 专利号: 申请号 with check digit
    rf"(?<![a-z])sc\s?{_D}{{14}}",  # 食品生产许可管理办法第二十八条: SC and fourteen digits
    r"xk\d{2}-\d{3}-\d{5}",
    r"(?:gb|qb|ny|sn|db\d{2})(?:/t)?\s?\d{3,6}(?:\.\d{1,2})?(?:-\d{4})?",
)  # fmt: skip
"""Forms of the numbers, on folded text."""

_ANY = re.compile("|".join(PATTERNS))


def find_certificates(text: NormalizedText) -> Iterator[Entity]:
    """`value` is upper case, without spaces, spoken digits as digits."""
    for match in _ANY.finditer(text.folded):
        signs = (str(DIGIT_VALUES[sign]) if sign in DIGIT_VALUES else sign for sign in match.group())
        value = "".join(sign for sign in signs if not sign.isspace()).upper()
        yield entity_at(text, EntityKind.CERTIFICATE, match.span(), value)
