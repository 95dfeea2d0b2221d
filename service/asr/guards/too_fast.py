"""More words than a mouth can say in the time that was heard: a cough that became a sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.asr.guards.guard import Cut, whole
from service.asr.passage import Passage
from service.domain.spoken import is_spoken


@dataclass(frozen=True, slots=True)
class TooFast:
    """Cuts a passage with more than `max_chars_per_second` spoken characters per second of its
    window."""

    max_chars_per_second: float
    name: str = "too_fast"

    def cuts(self, passages: Sequence[Passage]) -> Iterator[Cut]:
        for number, passage in enumerate(passages):
            chars = sum(map(is_spoken, passage.text))
            seconds = (passage.window.end_ms - passage.window.start_ms) / 1000
            if chars > seconds * self.max_chars_per_second:
                yield whole(number, passage, f"{chars} characters in {seconds:.1f} s")
