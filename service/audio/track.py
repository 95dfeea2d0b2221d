"""One audio track read to its end: packets counted, frames placed by their clock, losses noted."""

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet

from service.audio.containers import Container
from service.audio.limits import DecodeLimits
from service.audio.media import Media
from service.audio.mpeg_headers import adts_frame_length, mp3_frame_length, transport_frame_length
from service.audio.pcm import PcmBuilder
from service.audio.priming import codec_priming
from service.audio.problems import TOO_LONG
from service.audio.timeline import Timeline
from service.errors import BozhengError

_FRAME_LENGTHS = {
    Container.ADTS: adts_frame_length,
    Container.MP3: mp3_frame_length,
    Container.MPEG_TS: transport_frame_length,
}


class Track:
    """Reads one track to its end: counts, places and collects its frames."""

    def __init__(self, media: Media, limits: DecodeLimits) -> None:
        self.pcm = PcmBuilder(limits)
        self.packets = 0
        self.frames = 0
        self.first_rate = 0
        self.seconds = 0.0
        self.lost = False
        self.obeyed = False
        """Whether FFmpeg itself removes the priming that the container mentions."""
        self.priming = 0
        """Samples at `first_rate` that may be lead-in and that nothing has removed."""
        self._fresh = False
        self._head = b""
        self._media = media
        self._limits = limits
        self._tick = float(media.stream.time_base or 0)
        self._timeline = Timeline(limits.max_seconds)

    def read(self) -> None:
        for packet in self._media.packets():
            self.packets += 1
            if self.packets > self._limits.max_packets:
                detail = f"the audio track has more than {self._limits.max_packets} packets"
                raise BozhengError(TOO_LONG, detail)
            self._read_packet(packet)
        self._take(self._drain())

    def _read_packet(self, packet: "Packet[AudioStream]") -> None:
        if self.packets == 1:
            self.obeyed = packet.has_sidedata("skip_samples")
            self._fresh = not self.obeyed
            self._head = _head(packet)
        self.lost |= _is_partial(self._media.kind, packet)
        try:
            frames = self._media.stream.codec_context.decode(packet)
        except av.FFmpegError:
            self._miss(packet)
            return
        self._take(frames)

    def _miss(self, packet: "Packet[AudioStream]") -> None:
        """Note a packet that could not be decoded. A cut may begin with frames that lean on missing
        ones: this upload has not lost their sound, but their time counts."""
        if self.frames:
            self.lost = True
            return
        self._fresh = False  # a fresh encode begins with a frame that stands alone
        if packet.pts is not None:
            self._timeline.start_at(packet.pts * self._tick)

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
            length = frame.samples / frame.sample_rate
            time = None if frame.pts is None else frame.pts * self._tick
            gap = self._timeline.gap_before(time, length)
            if gap > 0:
                self.pcm.add_silence(gap)
            elif gap < 0:
                self.pcm.take_back_silence()
            self.pcm.add(frame)
            if not self.frames:
                self._look_at_first(frame)
            self.frames += 1
            self.seconds += length

    def _look_at_first(self, frame: AudioFrame) -> None:
        self.first_rate = frame.sample_rate
        if self._fresh:
            self.priming = codec_priming(self._media.codec, self._head, frame.samples)


def _is_partial(kind: Container, packet: "Packet[AudioStream]") -> bool:
    """Whether bytes of the packet are missing, by its frame header or by the demuxer's word. WAV's demuxer
    says so of the last packet of every live file; there the file's header is asked instead (`ending`)."""
    frame_length = _FRAME_LENGTHS.get(kind)
    length = frame_length(_head(packet), 0) if frame_length else None
    return (length or 0) > packet.size or (packet.is_corrupt and kind is not Container.WAV)


def _head(packet: "Packet[AudioStream]") -> bytes:
    """As many bytes as a frame header has."""
    return bytes(memoryview(packet)[:8])
