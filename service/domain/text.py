"""Text records: what a fold did, and the way back to the raw characters."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each folded character came from.

    `starts[i]`, `ends[i]` is the raw half-open span (Unicode code points) of folded character i; both are
    monotone non-decreasing. `raw_length` is the number of raw code points. Characters that a fold dropped
    belong to no folded character; characters that it expanded share one raw span.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    raw_length: int

    def __len__(self) -> int:
        return len(self.starts)

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Raw span of the folded span [start, end); an empty span maps to an empty span."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else self.raw_length
            return at, at
        return self.starts[start], self.ends[end - 1]

    def to_folded(self, start: int, end: int) -> tuple[int, int]:
        """Smallest folded span whose raw span covers what is left of raw [start, end)."""
        inside = [i for i in range(len(self.starts)) if self.starts[i] < end and self.ends[i] > start]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def compose(self, inner: "OffsetMap") -> "OffsetMap":
        """Map of `self` applied after `inner`: folded-by-self → raw-of-inner."""
        spans = [inner.to_raw(s, e) for s, e in zip(self.starts, self.ends, strict=True)]
        return OffsetMap([s for s, _ in spans], [e for _, e in spans], inner.raw_length)


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """Raw text, its folded form, and the way back."""

    raw: str
    folded: str
    offsets: OffsetMap
