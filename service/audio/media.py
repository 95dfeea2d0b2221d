"""Opening an upload with FFmpeg so that it can reach nothing but its own bytes."""

import errno
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard

from service.audio.containers import Container, identify
from service.audio.limits import DecodeLimits, check_size
from service.audio.pcm import check_form
from service.audio.problems import EMPTY, UNDECODABLE, UNSUPPORTED_CONTAINER
from service.errors import BozhengError

CODECS = (
    "aac,aac_latm,mp3,mp3float,mp2,mp2float,opus,vorbis,flac,alac,pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,"
    "pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw"
)
"""Decoders that may run, by FFmpeg's names. FFmpeg's own look at the streams obeys it too, so that no video
decoder is ever entered."""

OPTIONS = {
    "protocol_whitelist": "none",  # no URL of any kind
    "format_whitelist": ",".join(Container),
    "codec_whitelist": CODECS,
    "max_streams": "32",
    "enable_drefs": "0",  # MOV: tracks whose data lie in other files
    "use_absolute_path": "0",
    "ignore_chapters": "1",
    "skip_estimate_duration_from_pts": "1",  # MPEG-TS: nothing here believes a stated duration
}


class Media:
    """One open upload: its audio track and the packets of it."""

    def __init__(self, kind: Container, container: InputContainer, stream: AudioStream) -> None:
        self.kind = kind
        self.stream = stream
        self.cut_short = False
        """Whether reading ended in an error."""
        self._container = container

    @property
    def codec(self) -> str:
        """FFmpeg's name of the decoder."""
        return self.stream.codec_context.name

    def packets(self) -> "Iterator[Packet[AudioStream]]":
        """Packets of the audio track up to the end or to the first place that cannot be read."""
        packets = self._container.demux(self.stream)
        while True:
            try:
                packet = next(packets)
            except (StopIteration, IndexError):
                # IndexError: behind the last packet PyAV 18 flushes every track that turned up while reading,
                # and knows only those of the header
                return
            except av.FFmpegError:
                self.cut_short = True
                return
            if packet.size:
                yield packet


@contextmanager
def open_media(data: bytes, limits: DecodeLimits) -> Iterator[Media]:
    """Open `data` by what it is. Raises BozhengError for its size, its container, its form, and where it
    has no audio track that may be decoded."""
    check_size(data, limits)
    kind = identify(data)
    if kind is None:
        raise BozhengError(UNSUPPORTED_CONTAINER, "the content is none of the supported containers")
    try:
        container = av.open(
            io.BytesIO(data),
            mode="r",
            format=kind.value,
            options=OPTIONS,
            metadata_errors="replace",
            io_open=_refuse,
        )
    except (av.FFmpegError, ValueError) as error:
        raise BozhengError(UNDECODABLE, f"not readable as {kind}: {_reason(error)}") from error
    with container:
        yield Media(kind, container, _audio_track(container, limits))


def nothing_decoded(codec: str, packets: int) -> BozhengError:
    """The refusal of a track that gave no samples."""
    if not packets:
        return BozhengError(EMPTY, f"the {codec} track has no samples")
    return BozhengError(UNDECODABLE, f"none of {packets} packets of {codec} could be decoded")


def _audio_track(container: InputContainer, limits: DecodeLimits) -> AudioStream:
    """The track FFmpeg thinks best among those that may be decoded; all others are skipped when reading."""
    allowed = CODECS.split(",")
    tracks = [s for s in container.streams.audio if s.codec_context and s.codec_context.name in allowed]
    if not tracks:
        found = sorted({s.codec_context.name for s in container.streams.audio if s.codec_context})
        detail = f"no decoder for audio in {', '.join(found)}" if found else "there is no audio track"
        raise BozhengError(UNDECODABLE, detail)
    best = container.streams.best("audio")
    track = best if best in tracks else tracks[0]
    for stream in container.streams:
        stream.discard = Discard.default if stream is track else Discard.all
    track.codec_context.thread_count = 1
    context = track.codec_context
    if context.sample_rate and context.layout.nb_channels:  # else known with the first frame
        check_form(context.sample_rate, context.layout.nb_channels, limits)
    return track


def _refuse(url: str, flags: int, options: dict[str, str]) -> NoReturn:
    """What FFmpeg gets when a demuxer asks for another file."""
    raise av.error.PermissionError(errno.EACCES, "an upload may not refer to anything outside itself")


def _reason(error: Exception) -> str:
    """FFmpeg's message without its number and place."""
    return getattr(error, "strerror", None) or str(error)
