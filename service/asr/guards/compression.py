"""A window whose text says too little for its length: a loop with small variations."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.asr.guards.guard import Cut
from service.asr.passage import Passage


@dataclass(frozen=True, slots=True)
class Compression:
    """Cuts the end of a passage that zlib shrinks more than `ratio` times (Whisper's own measure).

    A decoder that loops does not find its way back, so what it heard before stays: the longest beginning that
    shrinks no more than `ordinary_ratio`.
    """

    ratio: float
    ordinary_ratio: float
    name: str = "compression"

    def cuts(self, passages: Sequence[Passage]) -> Iterator[Cut]:
        for number, passage in enumerate(passages):
            text = passage.text
            ratio = compression_ratio(text)
            if ratio > self.ratio:
                ends = (end for end in range(len(text), -1, -1) if self._ordinary(text[:end]))
                yield Cut(number, next(ends), len(text), f"compression ratio {ratio:.2f} > {self.ratio}")

    def _ordinary(self, text: str) -> bool:
        return compression_ratio(text) <= self.ordinary_ratio


def compression_ratio(text: str) -> float:
    """UTF-8 bytes of the text by bytes after zlib, as Whisper counts."""
    raw = text.encode("utf-8", "surrogatepass")
    return len(raw) / len(zlib.compress(raw))
