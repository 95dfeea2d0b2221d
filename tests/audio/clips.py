"""Sound with marks at known times, in every container, built by PyAV."""

import io
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.packet import Packet
from numpy.typing import NDArray

Samples = NDArray[np.float32]

MARKS = (0.05, 0.4, 0.95, 1.5, 2.3)
"""Seconds at which a chirp begins."""

CHIRP_SECONDS = 0.04
SECONDS = 2.6


def chirp(rate: int) -> Samples:
    """A rising tone that no shift of itself resembles, 300 → 3,300 Hz, with soft ends."""
    time = np.arange(round(CHIRP_SECONDS * rate)) / rate
    phase = 2 * np.pi * (300 * time + 3000 / CHIRP_SECONDS * time**2 / 2)
    return (0.6 * np.sin(phase) * np.hanning(len(time)) ** 0.5).astype(np.float32)


def marked(rate: int, seconds: float = SECONDS, marks: Iterable[float] = MARKS) -> Samples:
    """Faint noise with a chirp at every mark."""
    samples = 0.001 * np.random.default_rng(7).standard_normal(round(seconds * rate)).astype(np.float32)
    one = chirp(rate)
    for mark in marks:
        at = round(mark * rate)
        samples[at : at + len(one)] += one
    return samples


def found_marks(samples: Samples, rate: int = 16_000, near: Iterable[float] = MARKS) -> list[float]:
    """Where the chirps came out: for each time in `near`, the best match within 60 ms, seconds."""
    one = chirp(rate)
    reach = round(0.06 * rate)
    times = []
    for mark in near:
        start = max(0, round(mark * rate) - reach)
        window = samples[start : round(mark * rate) + len(one) + reach]
        score = np.correlate(window, one)
        level = np.sqrt(np.correlate(window**2, np.ones_like(one)).clip(1e-12) * float(one @ one))
        assert (score / level)[score.argmax()] > 0.8, f"no chirp near {mark} s"
        times.append((start + int(score.argmax())) / rate)
    return times


@dataclass(frozen=True)
class Form:
    """A container, codec and rate, with muxer and encoder options."""

    container: str
    codec: str
    rate: int
    options: dict[str, str] = field(default_factory=dict)
    layout: str = "mono"
    encoder: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        extra = "".join(f"-{key}" for key in self.options)
        return f"{self.container}-{self.codec}-{self.rate}-{self.layout}{extra}"


def encode(samples: Samples, form: Form) -> bytes:
    """The file that holds `samples` (at the form's rate)."""
    with tempfile.TemporaryDirectory() as folder:  # some muxers read back what they wrote
        path = Path(folder) / "clip"
        _write(path, samples, form)
        return path.read_bytes()


def _write(path: Path, samples: Samples, form: Form) -> None:
    with av.open(str(path), "w", format=form.container, options=form.options) as container:
        stream = container.add_stream(form.codec, rate=form.rate, layout=form.layout, options=form.encoder)
        context = stream.codec_context
        resampler = av.AudioResampler(format=context.format, layout=context.layout, rate=form.rate)
        for frame in (*frames(samples, form.rate), None):
            for piece in resampler.resample(frame):
                if piece is not None:
                    container.mux(stream.encode(piece))
        container.mux(stream.encode(None))


def frames(samples: Samples, rate: int) -> Iterator[av.AudioFrame]:
    """`samples` as PyAV frames of 1,024."""
    for start in range(0, len(samples), 1024):
        block = np.ascontiguousarray(samples[None, start : start + 1024])
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        yield frame


def remux(data: bytes, container: str, keep: Iterable[int] | None = None, shift: float = 0.0) -> bytes:
    """The packets of `data` copied into another container: all or those numbered in `keep`, `shift` seconds
    later."""
    wanted = None if keep is None else set(keep)
    file = io.BytesIO()
    with av.open(io.BytesIO(data)) as source, av.open(file, "w", format=container) as target:
        track = source.streams.audio[0]
        copy = target.add_stream_from_template(track)
        for number, packet in enumerate(_whole(source.demux(track))):
            if wanted is not None and number not in wanted:
                continue
            assert packet.pts is not None
            packet.pts += round(shift / packet.time_base)
            packet.dts = packet.pts
            packet.stream = copy
            target.mux(packet)
    return file.getvalue()


def _whole(packets: Iterable[Packet]) -> Iterator[Packet]:
    return (packet for packet in packets if packet.size)
