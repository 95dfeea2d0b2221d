"""The container's clock inside one segment: where silence is missing between frames."""

from dataclasses import dataclass, field

GAP_SECONDS = 0.015
"""Smallest hole that is filled. A lost AAC, MP3 or Opus frame is 20–26 ms; FLV and Matroska round to 1 ms and
live encoders jitter by a few."""


@dataclass(slots=True)
class Timeline:
    """Follows the time stamps of one track, in seconds. `limit` bounds what a jump may ask to be filled."""

    limit: float
    _origin: float | None = field(default=None, init=False)
    _length: float = field(default=0.0, init=False)

    def start_at(self, time: float | None) -> None:
        """Let the segment begin at `time`, unless it has begun."""
        if self._origin is None:
            self._origin = time

    def gap_before(self, time: float | None, length: float) -> float:
        """Seconds of silence due before a frame of `length` seconds stamped `time`.

        A clock that steps back, or forward beyond the limit, was set anew: the sound goes on without a hole.
        """
        self.start_at(time)
        gap = 0.0
        if time is not None and self._origin is not None:
            ahead = time - self._origin - self._length
            if ahead > GAP_SECONDS and self._length + ahead <= self.limit:
                gap = ahead
            elif abs(ahead) > GAP_SECONDS:
                self._origin += ahead
        self._length += gap + length
        return gap
