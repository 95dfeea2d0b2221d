"""The encoder's lead-in that a container does not mention.

MP4 edit lists, Opus pre-skip, Matroska codec delay and LAME tags are obeyed by FFmpeg itself. MPEG-TS, FLV,
raw ADTS and some fragmented MP4 say nothing. There the same first samples are one of two things:

* the lead-in of a fresh encode: silence that was never in the sound, to be removed;
* the first frame of a piece cut out of a running encode: sound of which only half can be rebuilt, since its
  predecessor is missing. It keeps its place, or all that follows would come early.

They are told apart by level. Measured with FFmpeg's AAC, LAME's MP3 and FFmpeg's MP2 encoder on seven
recordings, noises and tones (370 fresh starts, 370 cuts): at −8 dB every fresh start is seen, and 91 % of the
cuts of AAC, 98 % of MP2 and 76 % of MP3 (whose first frames often lack their bit reservoir and are silent)
are left in place. What is as silent as the rest counts as lead-in.
"""

from array import array

from service.audio.mpeg_headers import is_layer_two

_ONE_FRAME = ("aac", "aac_latm")
"""The transform overlaps with the frame before, which the first frame lacks (ISO/IEC 14496-3 §4.6.11)."""

_SAMPLES = {"mp3": 1105, "mp3float": 1105, "opus": 312}
"""At the codec's rate: 576 of LAME and 529 of every MP3 decoder; libopus's 6.5 ms at 48 kHz."""

_LAYER_TWO_SAMPLES = 481
"""Encoder's and decoder's filter banks (ISO/IEC 11172-3 §C.1.3)."""

_QUIETER = 10 ** (-8 / 10)
"""Power of a lead-in over that of the sound behind it, at most."""


def codec_priming(codec: str, first_packet: bytes, first_frame: int) -> int:
    """Samples of lead-in that encoders add for FFmpeg's decoder `codec`, whose first frame has `first_frame`
    samples (AAC: 1024, with SBR 2048). MPEG-TS calls MP2 and MP3 by one name; the packet tells."""
    if codec in _ONE_FRAME:
        return first_frame
    if codec.startswith(("mp2", "mp3")) and is_layer_two(first_packet):
        return _LAYER_TWO_SAMPLES
    return _SAMPLES.get(codec, 0)


def unmentioned_priming(length: int, samples: "array[float]") -> int:
    """How many of the first `length` samples are lead-in: all or none. There is sound behind a lead-in."""
    if len(samples) <= length:
        return 0
    lead_in, sound = _energy(samples[:length]), _energy(samples[length : 2 * length])
    return length if lead_in <= sound * _QUIETER else 0


def _energy(samples: "array[float]") -> float:
    return sum(sample * sample for sample in samples)
