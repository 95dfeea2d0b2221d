"""The encoder's lead-in that a container does not mention.

MP4 edit lists, Opus pre-skip, Matroska codec delay and LAME tags are obeyed by FFmpeg itself. MPEG-TS, FLV,
raw ADTS and some fragmented MP4 say nothing. There the same first samples are one of two things:

* the lead-in of a fresh encode: silence that was never in the sound, to be removed;
* the first frame of a piece cut out of a running encode: sound of which only half can be rebuilt, since its
  predecessor is missing. It keeps its place, or all that follows would come early.

They are told apart by level. Measured with FFmpeg's AAC encoder on seven recordings, noises and tones (128
fresh starts, 128 cuts): a fresh lead-in is at least 10 dB below what follows it, a cut one is above −8 dB in
91 %. What is as silent as the rest counts as lead-in.
"""

from array import array

CODEC_PRIMING = {"aac": 1024, "aac_latm": 1024, "mp3": 1105, "mp3float": 1105, "mp2float": 481, "opus": 312}
"""Samples at the codec's rate: one AAC frame (ISO/IEC 14496-3), 576 of LAME and 529 of every MP3 decoder, the
filter bank of MP2, libopus's 6.5 ms at 48 kHz."""

QUIETER = 10 ** (-8 / 10)
"""Power of a lead-in over that of the sound behind it, at most."""


def unmentioned_priming(codec: str, rate: int, samples: "array[float]", sample_rate: int) -> int:
    """How many of `samples` (at `sample_rate` Hz) are lead-in of a `codec` stream of `rate` Hz."""
    length = round(CODEC_PRIMING.get(codec, 0) * sample_rate / rate)
    lead_in, sound = _energy(samples[:length]), _energy(samples[length : 2 * length])
    return length if lead_in <= sound * QUIETER else 0


def _energy(samples: "array[float]") -> float:
    return sum(sample * sample for sample in samples)
