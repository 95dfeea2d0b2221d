"""WeChat ids: a word for WeChat, then 6–20 letters, digits, _ or - (WeChat's own rule), typed or spelled."""

import re
from collections.abc import Iterator

from service.domain.text import NormalizedText
from service.entities.account import LINK, spelled_account
from service.entities.entity import Entity, EntityKind, entity_at

CHANNELS = (
    "微信", "薇信", "威信", "维信", "围信", "卫信", "v信", "v心", "微❤", "卫❤", "微心", "weixin", "wechat",
    "绿泡泡", "绿色软件", "薇芯", "徽信",
)  # fmt: skip
"""Words for WeChat (handbook Appendix A and §2.m, evasions)."""
SHORT_CHANNELS = ("vx", "wx", "v", "微", "薇", "➕v", "+v")
"""Letters for WeChat that need a colon, 号 or 是 before the id."""
ID_LENGTH = range(6, 21)

_WORD = re.compile(rf"(?:{'|'.join(map(re.escape, CHANNELS))}){LINK}")
_SHORT_LINK = r"(?:号码|账号|号|id)?(?:是|为|:|=|我|搜|\s)[\s:]*"
_SHORT = re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, SHORT_CHANNELS))}){_SHORT_LINK}")
_NOT_AN_ID = re.compile(r"[a-z]{2,}(?:\s+[a-z]{2,})+")
"""Several English words are a sentence, not an id."""


def find_wechat_ids(text: NormalizedText) -> Iterator[Entity]:
    """The span runs from the channel to the end of the id (handbook §3.2.4: channel and number as one)."""
    folded = text.folded
    for pattern in (_WORD, _SHORT):
        for cue in pattern.finditer(folded):
            found = spelled_account(folded, cue.end())
            if found is None:
                continue
            account, end = found
            if _is_id(account) and not _NOT_AN_ID.search(folded, cue.end(), end):
                yield entity_at(text, EntityKind.WECHAT, (cue.start(), end), account)


def _is_id(account: str) -> bool:
    has_digit = any(sign.isdigit() for sign in account)
    return len(account) in ID_LENGTH and (has_digit or account[0].isalpha())
