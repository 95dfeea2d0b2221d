"""The account that follows a word for a channel, in letters and digits, typed or spelled."""

import re

from service.entities.digits import DIGIT_VALUES

_DIGIT = "|".join(sorted(DIGIT_VALUES, key=len, reverse=True))
_SPELLED = re.compile(
    rf"(?P<times>[2-9二两三四五六七八九])个(?P<repeated>{_DIGIT}|[a-z])|(?P<digit>{_DIGIT})|(?P<letter>[a-z])"
    r"|(?P<joint>下划线|杠|_|-)"
)
_JOINT_VALUES = {"下划线": "_", "_": "_", "杠": "-", "-": "-"}
_BETWEEN = re.compile(r"(?:[\s,、.·…]|小写|大写|字母|数字|然后|那个|嗯|啊|呃){0,3}")
LINK = r"(?:号码|账号|号|id)?(?:还)?(?:就)?(?:是|为|叫|搜|加|:|=)?[\s,:]*"
"""What may stand between the channel and the account: 微信号是, vx:, 扣扣加."""


def spelled_account(folded: str, start: int, limit: int = 20) -> tuple[str, int] | None:
    """Account of up to `limit` signs that begins at `start`, as (account, end); None for no sign."""
    account, at, end = "", start, start
    while len(account) < limit:
        token = _SPELLED.match(folded, at)
        if token is None:
            break
        account += _value(token)
        end = token.end()
        gap = _BETWEEN.match(folded, end)
        at = gap.end() if gap else end
    return (account[:limit], end) if account else None


def _value(token: re.Match[str]) -> str:
    if token["letter"]:
        return token["letter"]
    if token["joint"]:
        return _JOINT_VALUES[token["joint"]]
    if token["digit"]:
        return str(DIGIT_VALUES[token["digit"]])
    repeated = token["repeated"]
    return str(DIGIT_VALUES.get(repeated, repeated)) * DIGIT_VALUES[token["times"]]
