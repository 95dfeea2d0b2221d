"""Frame headers of raw ADTS and MPEG audio, and the ID3v2 tag before them."""

from collections.abc import Callable

FRAMES_IN_A_ROW = 3
"""Consecutive frame headers that make a stream of it: one header's pattern turns up by chance in any file."""

_MPEG1_LAYER_KBPS = {
    3: (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    2: (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
}
"""ISO/IEC 11172-3 §2.4.2.3, by layer code: 3 is layer I, 1 is layer III."""

_MPEG2_LAYER_KBPS = {
    3: (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    1: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""ISO/IEC 13818-3 §2.4.2.3, half sampling rates."""

_MPEG1_RATES = (44_100, 48_000, 32_000)


def after_id3(data: bytes) -> int:
    """Offset behind an ID3v2 tag (HLS packed audio and many MP3 files begin with one), 0 without."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    size = 0
    for byte in data[6:10]:  # four times seven bits (ID3v2.4 §6.2)
        size = size << 7 | byte & 0x7F
    return 10 + size


def adts_frame_length(data: bytes, at: int) -> int | None:
    """Bytes of the ADTS frame at `at` (ISO/IEC 13818-7 §6.2), None if there is no header."""
    if len(data) < at + 7 or data[at] != 0xFF or data[at + 1] & 0xF6 != 0xF0:
        return None
    if data[at + 2] >> 2 & 0xF > 12:  # reserved sampling rates
        return None
    length = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
    return length if length > 7 else None


def mp3_frame_length(data: bytes, at: int) -> int | None:
    """Bytes of the MPEG audio frame of any layer at `at`, None if there is no header or a free bit rate."""
    if len(data) < at + 4 or data[at] != 0xFF or data[at + 1] & 0xE0 != 0xE0:
        return None
    version, layer = data[at + 1] >> 3 & 3, data[at + 1] >> 1 & 3
    bit_rate, rate = data[at + 2] >> 4, data[at + 2] >> 2 & 3
    if version == 1 or layer == 0 or bit_rate in (0, 15) or rate == 3:
        return None
    mpeg1 = version == 3
    bits_per_second = (_MPEG1_LAYER_KBPS if mpeg1 else _MPEG2_LAYER_KBPS)[layer][bit_rate] * 1000
    hertz = _MPEG1_RATES[rate] >> (0 if mpeg1 else 1 if version == 2 else 2)
    padding = data[at + 2] >> 1 & 1
    if layer == 3:
        return (12 * bits_per_second // hertz + padding) * 4
    slots = 72 if layer == 1 and not mpeg1 else 144
    return slots * bits_per_second // hertz + padding


def transport_frame_length(data: bytes, at: int) -> int | None:
    """Bytes of the frame of either kind at `at`: a transport stream carries both."""
    return adts_frame_length(data, at) or mp3_frame_length(data, at)


def is_layer_two(packet: bytes) -> bool:
    """Whether a packet of MPEG audio is of layer II (MP2), which some containers call by the name of MP3."""
    return len(packet) > 1 and packet[1] >> 1 & 3 == 2


def is_chain(data: bytes, at: int, frame_length: Callable[[bytes, int], int | None]) -> bool:
    """Whether frames follow one another from `at` on: three headers, or fewer where the data end: one frame
    up to the very end, two of which the second is cut off."""
    for found in range(FRAMES_IN_A_ROW):
        if (found and at == len(data)) or (found > 1 and at > len(data)):
            return True
        length = frame_length(data, at)
        if length is None:
            return False
        at += length
    return True
