"""Bytes → samples. Runs inside a decoding process, never in the service itself."""

from array import array
from dataclasses import dataclass
from fractions import Fraction

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet

from service.audio.containers import Container
from service.audio.limits import DecodeLimits
from service.audio.media import Media, nothing_decoded, open_media
from service.audio.ogg import is_unfinished
from service.audio.pcm import SAMPLE_RATE, PcmBuilder
from service.audio.priming import codec_priming, unmentioned_priming
from service.audio.problems import TOO_LONG
from service.audio.timeline import Timeline
from service.errors import BozhengError

EXACT_LENGTH = (Container.WAV, Container.FLAC)
"""Containers whose stated length is that of the samples; elsewhere headers of live segments are wrong."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Decoded `samples` at SAMPLE_RATE, whether something was lost, and FFmpeg's names of what it was."""

    samples: "array[float]"
    truncated: bool
    container: str
    codec: str


def decode(data: bytes, limits: DecodeLimits) -> Sound:
    """Decode the audio track of `data`. Raises BozhengError."""
    with open_media(data, limits) as media:
        track = _Track(media, limits)
        track.read()
        samples = track.pcm.finish()
        if not track.frames:
            raise nothing_decoded(media.codec, track.packets)
        lead_in = round(track.priming * SAMPLE_RATE / track.first_rate)
        samples = samples[unmentioned_priming(lead_in, samples) :]
        truncated = track.lost or media.cut_short or _promises_more(data, media, track)
        return Sound(samples, truncated, media.kind.value, media.codec)


class _Track:
    """Reads one track to its end: counts, places and collects its frames."""

    def __init__(self, media: Media, limits: DecodeLimits) -> None:
        self.pcm = PcmBuilder(limits)
        self.packets = 0
        self.frames = 0
        self.first_rate = 0
        self.seconds = Fraction(0)
        self.lost = False
        self.priming = 0
        self._media = media
        self._limits = limits
        self._timeline = Timeline(Fraction(limits.max_seconds))

    def read(self) -> None:
        for packet in self._media.packets():
            self.packets += 1
            if self.packets > self._limits.max_packets:
                detail = f"the audio track has more than {self._limits.max_packets} packets"
                raise BozhengError(TOO_LONG, detail)
            self._read_packet(packet)
        self._take(self._drain())

    def _read_packet(self, packet: "Packet[AudioStream]") -> None:
        if self.packets == 1 and not packet.has_sidedata("skip_samples"):
            self.priming = codec_priming(self._media.codec, bytes(packet))
        self.lost |= packet.is_corrupt
        try:
            frames = self._media.stream.codec_context.decode(packet)
        except av.FFmpegError:
            self._miss(packet)
            return
        self._take(frames)

    def _miss(self, packet: "Packet[AudioStream]") -> None:
        """Note a packet that could not be decoded. A cut may begin with frames that lean on missing ones: their
        sound is not lost with this upload, and their time counts."""
        if self.frames:
            self.lost = True
            return
        self.priming = 0  # a fresh encode begins with a frame that stands alone
        if packet.pts is not None:
            self._timeline.start_at(packet.pts * packet.time_base)

    def _drain(self) -> list[AudioFrame]:
        try:
            return self._media.stream.codec_context.decode(None)
        except av.FFmpegError:
            self.lost = True
            return []

    def _take(self, frames: list[AudioFrame]) -> None:
        for frame in frames:
            if not frame.samples:
                continue
            length = Fraction(frame.samples, frame.sample_rate)
            time = frame.pts * frame.time_base if frame.pts is not None and frame.time_base else None
            gap = self._timeline.gap_before(time, length)
            if gap:
                self.pcm.add_silence(float(gap))
            self.pcm.add(frame)
            self.first_rate = self.first_rate or frame.sample_rate
            self.frames += 1
            self.seconds += length


def _promises_more(data: bytes, media: Media, track: _Track) -> bool:
    """Whether the container names sound that did not come, where its word is good."""
    stream = media.stream
    if media.kind is Container.OGG:
        return is_unfinished(data)
    if media.kind is Container.MP4:
        return track.packets < stream.frames  # entries of the sample table; 0 in fragmented files
    if media.kind in EXACT_LENGTH and stream.duration is not None and stream.time_base is not None:
        return track.seconds < stream.duration * stream.time_base
    return False
