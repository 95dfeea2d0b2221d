"""AAC in MPEG-TS with PyAV: what a live platform sends, written in memory."""

import io

import av
import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from training.asr.config import SAMPLE_RATE

PRIMING_SAMPLES = 1024
"""An AAC encoder begins with one frame of silence that is not in the input."""


def encode_ts(samples: NDArray[np.float32], rate: int, bit_rate: int) -> bytes:
    """Mono samples −1 … 1 → an MPEG-TS file with one AAC stream."""
    target = io.BytesIO()
    # Without a delay every AAC frame gets its own PES packet, which doubles the size.
    with av.open(target, "w", format="mpegts", options={"max_delay": "700000"}) as container:
        stream = container.add_stream("aac", rate=rate, layout="mono")
        stream.bit_rate = bit_rate
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples[None, :]), format="fltp", layout="mono"
        )
        frame.sample_rate = rate
        frame.pts = 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return target.getvalue()


def decode(data: bytes, rate: int) -> NDArray[np.float32]:
    """Every sample of the first audio stream, mono at `rate`."""
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=rate)
    blocks: list[NDArray[np.float32]] = []
    with av.open(io.BytesIO(data)) as container:
        for frame in container.decode(audio=0):
            blocks.extend(out.to_ndarray()[0] for out in resampler.resample(frame))
    blocks.extend(out.to_ndarray()[0] for out in resampler.resample(None))
    return np.concatenate(blocks)


def through_aac(samples: NDArray[np.float32], bit_rate: int) -> NDArray[np.float32]:
    """16 kHz samples as they sound after a stream's 48 kHz AAC, same length, priming taken off."""
    wide = resample_poly(samples, 3, 1).astype(np.float32)
    heard = decode(encode_ts(wide, 3 * SAMPLE_RATE, bit_rate), SAMPLE_RATE)[PRIMING_SAMPLES // 3 :]
    return np.pad(heard, (0, max(0, len(samples) - len(heard))))[: len(samples)]
