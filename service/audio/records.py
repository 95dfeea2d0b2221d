"""What the sound room hands on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.audio.limits import DecodeLimits
from service.audio.pcm import SAMPLE_RATE
from service.audio.probe import ProbeResult

__all__ = ["DecodeLimits", "ProbeResult", "Waveform"]


@dataclass(frozen=True, slots=True)
class Waveform:
    """One decoded segment: `samples` (n,) float32 mono, −1 … 1, at `sample_rate` Hz.

    Sample 0 is the first audio sample of the segment, codec priming removed; holes in the container's clock
    are filled with silence. `truncated` says that part of what the file held or promised could not be decoded
    (the notice `audio.truncated`). `container` and `codec` are FFmpeg's names.
    """

    samples: NDArray[np.float32]
    container: str
    codec: str
    truncated: bool = False
    sample_rate: int = SAMPLE_RATE

    @property
    def decoded_ms(self) -> int:
        """Length in milliseconds."""
        return len(self.samples) * 1000 // self.sample_rate
