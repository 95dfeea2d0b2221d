"""Whether an upload ends where its container says it should, told from the bytes.

FFmpeg reads up to the end of what there is and rarely says that more was promised. A container that promises
nothing (raw ADTS, FLV, live Matroska) cannot be broken here.
"""

from collections.abc import Callable

from service.audio.containers import TS_STRIDES, Container, ts_packet_length

_OGG_LAST_PAGE = 4
"""Bit of a page's type byte that marks the end of a logical stream (RFC 3533 §6)."""

_UNKNOWN_SIZES = (0, 0xFFFFFFFF)
"""Data sizes in the WAV headers of encoders that could not go back to write the true one, and of RF64."""

_EBML_ID_BYTES = 4
"""Length of the identifier of a Matroska segment (RFC 9559 §5.1)."""


def is_cut_off(kind: Container, data: bytes) -> bool:
    """Whether bytes are missing at the end of `data`."""
    check = _CHECKS.get(kind)
    return check is not None and check(data)


def _ogg(data: bytes) -> bool:
    at = data.rfind(b"OggS")
    lacing = data[at + 27 : at + 27 + data[at + 26]] if len(data) >= at + 27 else b""
    whole = len(lacing) > 0 and at + 27 + data[at + 26] + sum(lacing) <= len(data)
    return not whole or not data[at + 5] & _OGG_LAST_PAGE


def _wav(data: bytes) -> bool:
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] == b"data":
            return size not in _UNKNOWN_SIZES and at + 8 + size > len(data)
        at += 8 + size + size % 2
    return True


def _mpeg_ts(data: bytes) -> bool:
    start, length = ts_packet_length(data) or (0, TS_STRIDES[0])
    return (len(data) - start) % length != 0


def _matroska(data: bytes) -> bool:
    at = data.find(b"\x18\x53\x80\x67") + _EBML_ID_BYTES  # the segment; its size follows
    if at < _EBML_ID_BYTES or len(data) < at + 8:
        return True
    width = 9 - data[at].bit_length()  # leading zeros of the first byte tell the length (RFC 8794 §4)
    size = int.from_bytes(data[at : at + width], "big") - (1 << 7 * width)
    unknown = (1 << 7 * width) - 1  # all bits set: a live file (§6.2)
    return size != unknown and at + width + size > len(data)


_CHECKS: dict[Container, Callable[[bytes], bool]] = {
    Container.OGG: _ogg,
    Container.WAV: _wav,
    Container.MPEG_TS: _mpeg_ts,
    Container.MATROSKA: _matroska,
}
