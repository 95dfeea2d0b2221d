"""Tails and masked numbers (尾号8000, 138****8000): lawful ways to name an order or a person's number."""

import re
from collections.abc import Iterator

from service.domain.text import NormalizedText
from service.entities.digits import joined, runs
from service.entities.entity import Entity, EntityKind, entity_at

_CUE = re.compile(
    r"(?:手机|电话|订单|单号|卡)?(?:尾号|后四位|末四位|最后四位|尾数|后[三五六]位)(?:是|为|:|,)?"
)
_MASKED = re.compile(r"1[3-9]\d[*x•某]{1,4}(\d{4})")
TAIL_DIGITS = range(2, 7)
"""Digits of a tail: two to six; a whole number is a phone."""


def find_masked_phones(text: NormalizedText) -> Iterator[Entity]:
    """`value` is what is left to see of the number."""
    for mask in _MASKED.finditer(text.folded):
        yield entity_at(text, EntityKind.MASKED_PHONE, mask.span(), mask.group(1))
    cues = {cue.end(): cue.start() for cue in _CUE.finditer(text.folded)}
    if not cues:
        return
    for run in runs(text.folded):
        for index, piece in enumerate(run):
            if piece.span[0] in cues and len(piece.digits) in TAIL_DIGITS:
                digits, (_, end), _ = joined(run, index, index)
                yield entity_at(text, EntityKind.MASKED_PHONE, (cues[piece.span[0]], end), digits)
