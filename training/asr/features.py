"""Whisper's log-mel features, split so that windows can be put together from pieces of speech.

`log_power` is everything up to the logarithm, frame by frame (pieces can be joined, scaled and mixed there);
`normalise` is the rest, which looks at the whole window (its loudest value decides the floor).
"""

from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from whisper.audio import HOP_LENGTH, N_FFT, mel_filters

MELS = 80
FLOOR = -10.0
"""log10 of the smallest power that is told apart from silence (whisper.audio.log_mel_spectrogram)."""

LogPower = NDArray[np.float32]
"""[frames, 80] log10 mel power."""


@lru_cache(maxsize=1)
def filters() -> torch.Tensor:
    """[80, 201] mel weights, as in openai-whisper."""
    return mel_filters("cpu", MELS)


def log_power(samples: NDArray[np.float32]) -> LogPower:
    """16 kHz samples −1 … 1 → log10 mel power, one frame per 10 ms."""
    spectrum = torch.stft(
        torch.from_numpy(samples), N_FFT, HOP_LENGTH, window=torch.hann_window(N_FFT), return_complex=True
    )
    power = filters() @ spectrum[:, :-1].abs().square()
    result: LogPower = power.clamp(min=10.0**FLOOR).log10().T.contiguous().numpy()
    return result


def normalise(window: LogPower) -> LogPower:
    """What the network hears: at most 8 decades below the window's loudest value, scaled to about −1 … 1."""
    return (np.maximum(window, window.max() - 8.0) + 4.0) / 4.0
