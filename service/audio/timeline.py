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
    _left: tuple[float, float] | None = field(default=None, init=False)
    """The clock before the last jump: its origin, and the silence that the jump was given."""

    def start_at(self, time: float | None) -> None:
        """Let the segment begin at `time`, unless it has begun."""
        if self._origin is None:
            self._origin = time

    def gap_before(self, time: float | None, length: float) -> float:
        """Seconds of silence due before a frame of `length` seconds stamped `time`; negative: the silence
        given last is to be taken back.

        A clock that steps back, or forward beyond the limit, was set anew: the sound goes on without a hole.
        One that then returns to where it would have been had jumped by mistake (a damaged stamp).
        """
        self.start_at(time)
        gap = 0.0
        if time is not None and self._origin is not None:
            ahead = time - self._origin - self._length
            if abs(ahead) > GAP_SECONDS:
                gap = self._jump(time, self._origin, ahead)
        self._length += gap + length
        return gap

    def _jump(self, time: float, origin: float, ahead: float) -> float:
        if self._left is not None:
            before, given = self._left
            if abs(time - before - (self._length - given)) <= GAP_SECONDS:
                self._origin, self._left = before, None
                return -given
        if ahead > 0 and self._length + ahead <= self.limit:
            self._left = origin, ahead
            return ahead
        self._left = origin, 0.0
        self._origin = origin + ahead
        return 0.0
