"""Web addresses, short links and share codes of other shops."""

import re
from collections.abc import Iterator

from service.domain.text import NormalizedText
from service.entities.entity import Entity, EntityKind, entity_at

TOP_LEVEL = (
    "com",
    "cn",
    "net",
    "org",
    "cc",
    "top",
    "vip",
    "shop",
    "xyz",
    "link",
    "me",
    "io",
    "tv",
    "co",
    "app",
    "club",
)
"""Top-level domains that Chinese shops and short links use."""

_PATH = r"(?:[/?#][a-z0-9\-._~:/?#@!$&'()*+,;=%]*)?"
_ADDRESS = re.compile(
    r"https?:/{1,2}[a-z0-9\-._~:/?#@!$&'()*+,;=%]{3,}"
    rf"|(?<![a-z0-9@.])(?:[a-z0-9][a-z0-9\-]{{0,40}}(?:\.|点|dot)){{1,3}}(?:{'|'.join(TOP_LEVEL)})(?![a-z0-9]){_PATH}"
)
_SCHEME = re.compile("(?<=:)//?")
"""The fold writes doubled separators once."""
_SHARE_CODE = re.compile(r"(?P<mark>[¥$€₤₳])[a-z0-9]{8,14}(?P=mark)")


def find_urls(text: NormalizedText) -> Iterator[Entity]:
    """`value` is the address in lower case, with 点 written as a dot."""
    for pattern in (_ADDRESS, _SHARE_CODE):
        for match in pattern.finditer(text.folded):
            address = match.group().rstrip(".,;:!?)'")
            value = _SCHEME.sub("//", address).replace("点", ".")
            yield entity_at(text, EntityKind.URL, (match.start(), match.start() + len(address)), value)
