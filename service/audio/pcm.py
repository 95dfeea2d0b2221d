"""Decoded frames → one run of 16 kHz mono float32 bytes, bounded in length."""

from array import array

import av
from av.audio.frame import AudioFrame

from service.audio.limits import DecodeLimits
from service.audio.problems import RATE_UNSUPPORTED, TOO_LONG, TOO_MANY_CHANNELS
from service.errors import BozhengError

SAMPLE_RATE = 16_000
"""Hz; every Whisper model and Silero's detector hear 16 kHz mono (Radford et al. 2022, §2.2)."""

SLACK_SECONDS = 0.25
"""Codecs pad the end to whole frames and prime the start: AAC by up to 3 × 1024 samples, 0.19 s at 16 kHz."""

MIX = {"rematrix_maxval": "1.0"}
"""Mix channels by weights that sum to one. FFmpeg does so for integers only: two equal float channels would
come out 3 dB louder than either."""


def check_form(rate: int, channels: int, limits: DecodeLimits) -> None:
    """Raises BozhengError for a sampling rate (Hz) or channel count outside the limits."""
    if not limits.min_rate <= rate <= limits.max_rate:
        detail = f"the sampling rate is {rate} Hz; {limits.min_rate} to {limits.max_rate} Hz are accepted"
        raise BozhengError(RATE_UNSUPPORTED, detail)
    if not 1 <= channels <= limits.max_channels:
        detail = f"the audio has {channels} channels; 1 to {limits.max_channels} are accepted"
        raise BozhengError(TOO_MANY_CHANNELS, detail)


def check_length(seconds: float, limits: DecodeLimits) -> None:
    """Raises BozhengError once `seconds` of sound are more than one segment may hold."""
    if seconds > limits.max_seconds + SLACK_SECONDS:
        raise BozhengError(TOO_LONG, f"the audio is longer than {limits.max_seconds:g} seconds")


class PcmBuilder:
    """Collects frames in order. A change of form in mid-stream starts a new resampler."""

    def __init__(self, limits: DecodeLimits) -> None:
        self._limits = limits
        self._samples = bytearray()
        self._resampler: av.AudioResampler | None = None
        self._form: tuple[str, str, int] | None = None
        self._seconds = 0.0
        self._silence = slice(0, 0)
        """Bytes of the last silence."""

    def add(self, frame: AudioFrame) -> None:
        """Append a frame. Raises BozhengError beyond a limit."""
        check_form(frame.sample_rate, frame.layout.nb_channels, self._limits)
        self._lengthen(frame.samples / frame.sample_rate)
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        if form != self._form:
            self._flush()
            self._form = form
            self._resampler = av.AudioResampler("flt", "mono", SAMPLE_RATE, options=MIX)
        assert self._resampler is not None
        self._take(self._resampler.resample(frame))

    def add_silence(self, seconds: float) -> None:
        """Append silence. Raises BozhengError beyond the limit."""
        self._lengthen(seconds)
        self._flush()
        start = len(self._samples)
        self._samples += bytes(4 * round(seconds * SAMPLE_RATE))
        self._silence = slice(start, len(self._samples))

    def take_back_silence(self) -> None:
        """Remove the silence that was appended last."""
        self._seconds -= (self._silence.stop - self._silence.start) / 4 / SAMPLE_RATE
        del self._samples[self._silence]
        self._silence = slice(0, 0)

    def finish(self) -> "array[float]":
        """All samples."""
        self._flush()
        return array("f", bytes(self._samples))

    def _lengthen(self, seconds: float) -> None:
        self._seconds += seconds
        check_length(self._seconds, self._limits)

    def _flush(self) -> None:
        if self._resampler is not None:
            self._take(self._resampler.resample(None))
        self._resampler, self._form = None, None

    def _take(self, frames: list[AudioFrame]) -> None:
        for frame in frames:
            if frame is not None:  # what a resampler with nothing to do answers to a flush
                self._samples += memoryview(frame.planes[0])[: 4 * frame.samples]
