"""Every detector over one text, overlaps resolved by the order of `EntityKind`."""

import re

from service.domain.text import NormalizedText
from service.entities.certificate import find_certificates
from service.entities.date import find_dates
from service.entities.entity import Entity, EntityKind
from service.entities.masked_phone import find_masked_phones
from service.entities.percent import find_percents
from service.entities.phone import find_phones
from service.entities.price import find_prices
from service.entities.qq import find_qq_numbers
from service.entities.quantity import find_quantities
from service.entities.url import find_urls
from service.entities.wechat import find_wechat_ids

DETECTORS = (
    find_urls, find_certificates, find_phones, find_masked_phones, find_wechat_ids, find_qq_numbers,
    find_dates, find_prices, find_percents, find_quantities,
)  # fmt: skip
"""One detector a file; the order has no meaning."""

_POSSIBLE = re.compile("[0-9a-z零〇一二两三四五六七八九十百千万半壹贰叁肆伍陆柒捌玖幺洞拐勾¥]")
"""A text without any of these holds no entity."""

_RANK = {kind: rank for rank, kind in enumerate(EntityKind)}


def find_entities(text: NormalizedText) -> tuple[Entity, ...]:
    """Entities in order of their raw spans, none overlapping: the more specific kind wins, then the longer.

    A masked tail never doubles as a phone, a price never as a quantity. Linear in the length of the text.
    """
    if _POSSIBLE.search(text.folded) is None:
        return ()
    found = [entity for detect in DETECTORS for entity in detect(text)]
    found.sort(key=lambda entity: (_RANK[entity.kind], entity.span[0] - entity.span[1], entity.span))
    taken = bytearray(len(text.raw))
    kept = []
    for entity in found:
        start, end = entity.span
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append(entity)
    return tuple(sorted(kept, key=lambda entity: entity.span))
