"""A first look at an upload before it is accepted: cheap, and enough to refuse what can never be decoded.

Runs inside a decoding process (`Decoder.probe`), since even one frame is decoded by code that may crash.
"""

from dataclasses import dataclass

import av
from av.audio.frame import AudioFrame
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
    outside the limits. Refuses nothing that `decode` would take.
    """
    with open_media(data, limits) as media:
        first: AudioFrame | None = None
        tick = float(media.stream.time_base or 0)
        packets, stated = 0, 0.0
        for packet in media.packets():
            packets += 1
            if packets > limits.max_packets:
                raise BozhengError(TOO_LONG, f"the audio track has more than {limits.max_packets} packets")
            first = first or _decoded(media, packet)
            stated += (packet.duration or 0) * tick
            counted = packets * first.samples / first.sample_rate if first else 0.0
            check_length(min(stated, counted), limits)  # either may err, and then decoding will tell
        first = first or _decoded(media, None)
        if first is None:
            raise nothing_decoded(media.codec, packets)
        channels = first.layout.nb_channels
        check_form(first.sample_rate, channels, limits)
        return ProbeResult(media.kind.value, media.codec, first.sample_rate, channels)


def _decoded(media: Media, packet: "Packet[AudioStream] | None") -> AudioFrame | None:
    """The first frame in the packet, None while the decoder yields none."""
    try:
        frames = media.stream.codec_context.decode(packet)
    except av.FFmpegError:
        return None
    return next((frame for frame in frames if frame.samples), None)
