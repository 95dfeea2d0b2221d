"""QQ numbers: a word for QQ, then 5–11 digits in any writing (企鹅号八个八, 扣扣 12345)."""

import re
from collections.abc import Iterator

from service.domain.text import NormalizedText
from service.entities.account import LINK
from service.entities.digits import joined, runs
from service.entities.entity import Entity, EntityKind, entity_at

CHANNELS = ("qq", "扣扣", "企鹅", "🐧", "球球", "叩叩", "抠抠", "q群", "q号", "秋秋")
"""Words for QQ (handbook Appendix A)."""
NUMBER_LENGTH = range(5, 12)
MAX_PIECES = 11

_CUE = re.compile(rf"(?:{'|'.join(CHANNELS)})(?:群|群号)?{LINK}")


def find_qq_numbers(text: NormalizedText) -> Iterator[Entity]:
    """The span runs from the channel to the last digit; parts hold the pieces of the number."""
    cues = {cue.end(): cue.start() for cue in _CUE.finditer(text.folded)}
    if not cues:
        return
    for run in runs(text.folded):
        for first, piece in enumerate(run):
            if piece.span[0] not in cues:
                continue
            for last in range(min(len(run), first + MAX_PIECES) - 1, first - 1, -1):
                digits, (_, end), parts = joined(run, first, last)
                if len(digits) in NUMBER_LENGTH and digits[0] != "0":
                    yield entity_at(text, EntityKind.QQ, (cues[piece.span[0]], end), digits, parts)
                    break
