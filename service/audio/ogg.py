"""The end of an OGG stream (RFC 3533)."""

LAST_PAGE = 4
"""Bit of the page header's type byte that marks the end of a logical stream (§6)."""


def is_unfinished(data: bytes) -> bool:
    """Whether the last page is cut off or is not marked as the last."""
    at = data.rfind(b"OggS")
    if at < 0 or len(data) < at + 27:
        return True
    lacing = data[at + 27 : at + 27 + data[at + 26]]
    whole = len(lacing) == data[at + 26] and len(data) >= at + 27 + len(lacing) + sum(lacing)
    return not whole or not data[at + 5] & LAST_PAGE
