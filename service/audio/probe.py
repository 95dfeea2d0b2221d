"""A first look at an upload before it is accepted: cheap, and enough to refuse what can never be decoded.

Runs inside a decoding process (`Decoder.probe`), since even one frame is decoded by code that may crash.
"""

from dataclasses import dataclass

import av
from av.audio.stream import AudioStream
from av.packet import Packet

from service.audio.limits import DecodeLimits
from service.audio.media import Media, nothing_decoded, open_media
from service.audio.pcm import check_form, check_length
from service.audio.problems import TOO_LONG
from service.errors import BozhengError


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What an upload is: FFmpeg's names of container and codec, Hz, channels."""

    container: str
    codec: str
    sample_rate: int
    channels: int


def probe(data: bytes, limits: DecodeLimits) -> ProbeResult:
    """Size, container by content, one decoded frame, and the length by counting packets undecoded.

    Raises BozhengError: 413 too large or too long, 415 unsupported container, 422 nothing decodable or a form
    outside the limits.
    """
    with open_media(data, limits) as media:
        found: ProbeResult | None = None
        seconds = 0.0
        tick = float(media.stream.time_base or 0)
        packets = 0
        for packet in media.packets():
            packets += 1
            if packets > limits.max_packets:
                raise BozhengError(TOO_LONG, f"the audio track has more than {limits.max_packets} packets")
            if found is None:
                found = _first_frame(media, packet, limits)
            seconds += (packet.duration or 0) * tick
            check_length(seconds, limits)
        found = found or _first_frame(media, None, limits)
        if found is None:
            raise nothing_decoded(media.codec, packets)
        return found


def _first_frame(
    media: Media, packet: "Packet[AudioStream] | None", limits: DecodeLimits
) -> ProbeResult | None:
    """What the first decoded frame says, None while the decoder yields none."""
    try:
        frames = media.stream.codec_context.decode(packet)
    except av.FFmpegError:
        return None
    for frame in frames:
        check_form(frame.sample_rate, frame.layout.nb_channels, limits)
        return ProbeResult(media.kind.value, media.codec, frame.sample_rate, frame.layout.nb_channels)
    return None
