"""Which container an upload is, told from its content alone.

FFmpeg's own guessing is never asked: it knows demuxers that open other files and sockets (concat, HLS, DASH,
SDP, image sequences). Only the names below are ever opened.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum

from service.audio import mpeg_headers


class Container(StrEnum):
    """The allowed containers; the value is the name of FFmpeg's demuxer."""

    WAV = "wav"
    FLAC = "flac"
    OGG = "ogg"
    MATROSKA = "matroska"
    FLV = "flv"
    MP4 = "mov"
    MPEG_TS = "mpegts"
    ADTS = "aac"
    MP3 = "mp3"


MP4_BOXES = frozenset(
    (b"ftyp", b"styp", b"moov", b"moof", b"sidx", b"emsg", b"prft", b"mdat", b"free", b"skip", b"wide")
)
"""Boxes that ISO/IEC 14496-12 and common practice put first in a file or media segment."""

TS_STRIDES = (188, 192, 204)
"""Packet lengths: ISO/IEC 13818-1, with a time stamp before it (M2TS), with Reed–Solomon bytes behind it."""

TS_SYNCS = 5
"""Packets in a row that must begin with the sync byte; fewer only where the upload ends."""

SYNC_WINDOW = 8_192
"""How far into the upload a raw MP3 or ADTS stream may start: a segment cut anywhere begins with at most one
partial frame, and no frame of either is longer (13 bits of length)."""


def identify(data: bytes) -> Container | None:
    """The container of `data`, or None if it is none of the allowed ones."""
    for container, recognise in _RECOGNISERS:
        if recognise(data):
            return container
    return None


def _is_wav(data: bytes) -> bool:
    return data[:4] in (b"RIFF", b"RF64", b"BW64") and data[8:12] == b"WAVE"


def _is_flac(data: bytes) -> bool:
    at = mpeg_headers.after_id3(data)
    return data[at : at + 4] == b"fLaC"


def _is_matroska(data: bytes) -> bool:
    head = data[:4096]
    return head.startswith(b"\x1a\x45\xdf\xa3") and (b"webm" in head or b"matroska" in head)


def _is_mp4(data: bytes) -> bool:
    return data[4:8] in MP4_BOXES


def ts_packet_length(data: bytes) -> tuple[int, int] | None:
    """Where the first whole transport packet starts and how long packets are, None if there are none."""
    for length in TS_STRIDES:
        for start in range(min(length, len(data))):
            syncs = data[start::length][:TS_SYNCS]
            if len(data) - start >= 2 * length and syncs == b"\x47" * len(syncs):
                return start, length
    return None


def _is_adts(data: bytes) -> bool:
    return _has_chain(data, mpeg_headers.adts_frame_length)


def _is_mp3(data: bytes) -> bool:
    return _has_chain(data, mpeg_headers.mp3_frame_length)


def _has_chain(data: bytes, frame_length: Callable[[bytes, int], int | None]) -> bool:
    start = mpeg_headers.after_id3(data)
    return any(mpeg_headers.is_chain(data, at, frame_length) for at in _sync_offsets(data, start))


def _sync_offsets(data: bytes, start: int) -> Iterator[int]:
    end = start + SYNC_WINDOW
    at = data.find(b"\xff", start, end)
    while at >= 0:
        yield at
        at = data.find(b"\xff", at + 1, end)


_RECOGNISERS: tuple[tuple[Container, Callable[[bytes], bool]], ...] = (
    (Container.WAV, _is_wav),
    (Container.FLAC, _is_flac),
    (Container.OGG, lambda data: data.startswith(b"OggS")),
    (Container.MATROSKA, _is_matroska),
    (Container.FLV, lambda data: data.startswith(b"FLV\x01")),
    (Container.MP4, _is_mp4),
    (Container.MPEG_TS, lambda data: ts_packet_length(data) is not None),
    (Container.ADTS, _is_adts),
    (Container.MP3, _is_mp3),
)
"""In this order: fixed first bytes before patterns that recur."""
