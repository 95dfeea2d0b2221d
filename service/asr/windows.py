"""Speech regions → windows that an engine hears in one go.

Neighbouring regions share a window with the silence between them, so that their times need only an offset and
the engine hears natural pauses; a region longer than a window is cut at its quietest moment.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from service.asr.protocol import SAMPLES_PER_MS, Samples
from service.domain.transcript import SpeechRegion

QUIET_FRAME_MS = 50
"""Length of the stretch whose energy decides a cut: the closure of a Mandarin stop lasts about this long."""


SHORTEST_MS = 100
"""A region shorter than a hurried Mandarin syllable holds no word; an engine asked about it invents one (and
the feature extractor fails below 20 ms)."""


@dataclass(frozen=True, slots=True)
class Window:
    """Milliseconds [start, end) of the segment, from the start of its first region to the end of its last."""

    start_ms: int
    end_ms: int
    regions: tuple[SpeechRegion, ...]

    def cut(self, samples: Samples) -> Samples:
        """The samples of this window."""
        return samples[self.start_ms * SAMPLES_PER_MS : self.end_ms * SAMPLES_PER_MS]


def plan_windows(
    samples: Samples, regions: Sequence[SpeechRegion], window_ms: int, join_gap_ms: int
) -> tuple[Window, ...]:
    """Windows of at most `window_ms`; regions at most `join_gap_ms` apart share one while they fit."""
    windows: list[Window] = []
    for region in _short_enough(samples, regions, window_ms):
        last = windows[-1] if windows else None
        near = last is not None and region.start_ms - last.end_ms <= join_gap_ms
        if last is not None and near and region.end_ms - last.start_ms <= window_ms:
            windows[-1] = Window(last.start_ms, region.end_ms, (*last.regions, region))
        else:
            windows.append(Window(region.start_ms, region.end_ms, (region,)))
    return tuple(windows)


def _short_enough(
    samples: Samples, regions: Sequence[SpeechRegion], window_ms: int
) -> Iterator[SpeechRegion]:
    """The regions inside the segment, in order, long ones cut in the last third of a window."""
    duration_ms = len(samples) // SAMPLES_PER_MS
    for region in sorted(regions, key=lambda r: r.start_ms):
        start, end = max(0, region.start_ms), min(duration_ms, region.end_ms)
        while end - start > window_ms:
            cut = _quietest(samples, start + window_ms * 2 // 3, min(start + window_ms, end - SHORTEST_MS))
            yield SpeechRegion(start, cut)
            start = cut
        if end - start >= SHORTEST_MS:
            yield SpeechRegion(start, end)


def _quietest(samples: Samples, start_ms: int, end_ms: int) -> int:
    """Middle (ms) of the quietest frame in [start, end)."""
    frames = samples[start_ms * SAMPLES_PER_MS : end_ms * SAMPLES_PER_MS]
    count = len(frames) // (QUIET_FRAME_MS * SAMPLES_PER_MS)
    energy = np.square(frames[: count * QUIET_FRAME_MS * SAMPLES_PER_MS].reshape(count, -1)).sum(axis=1)
    return start_ms + int(energy.argmin()) * QUIET_FRAME_MS + QUIET_FRAME_MS // 2
