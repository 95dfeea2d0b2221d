"""Bytes → samples. Runs inside a decoding process, never in the service itself."""

from array import array
from dataclasses import dataclass

from service.audio.containers import Container
from service.audio.ending import is_cut_off
from service.audio.limits import DecodeLimits
from service.audio.media import Media, nothing_decoded, open_media
from service.audio.pcm import SAMPLE_RATE
from service.audio.priming import unmentioned_priming
from service.audio.track import Track

ROUNDING = 0.05
"""Seconds by which a stated count may miss: one MP3 frame at 24 kHz. FLAC counts samples in its first block,
MP3 counts frames in the tag that also names the priming."""


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
        track = Track(media, limits)
        track.read()
        samples = track.pcm.finish()
        if not track.frames:
            raise nothing_decoded(media.codec, track.packets)
        lead_in = round(track.priming * SAMPLE_RATE / track.first_rate)
        samples = samples[unmentioned_priming(lead_in, samples) :]
        truncated = track.lost or media.cut_short or _promises_more(data, media, track)
        return Sound(samples, truncated, media.kind.value, media.codec)


def _promises_more(data: bytes, media: Media, track: Track) -> bool:
    """Whether the container names sound that did not come, where its word is good."""
    stream = media.stream
    if is_cut_off(media.kind, data):
        return True
    if media.kind is Container.MP4:
        return track.packets < stream.frames  # entries of the sample table; 0 in fragmented files
    counted = media.kind is Container.FLAC or (media.kind is Container.MP3 and track.obeyed)
    if counted and stream.duration is not None and stream.time_base is not None:
        return track.seconds + ROUNDING < float(stream.duration * stream.time_base)
    return False
