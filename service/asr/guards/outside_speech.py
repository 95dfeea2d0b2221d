"""Words whose time lies in silence or music between and beyond the speech regions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite

from service.asr.guards.guard import Cut
from service.asr.passage import Passage
from service.asr.protocol import Word


@dataclass(frozen=True, slots=True)
class OutsideSpeech:
    """Cuts words that lie at least `outside_ms` from all speech of their window.

    Attention times are off by 273 ms in one of ten characters (measured on synthetic speech), so a word near
    speech is never cut for its time.
    """

    outside_ms: int
    name: str = "outside_speech"

    def cuts(self, passages: Sequence[Passage]) -> Iterator[Cut]:
        for number, passage in enumerate(passages):
            if not passage.timed:
                continue
            for far, run in groupby(passage.placed(), key=lambda placed: self._far(placed[0], passage)):
                if far:
                    words = list(run)
                    end = words[-1][1] + len(words[-1][0].text)
                    yield Cut(number, words[0][1], end, f"at least {self.outside_ms} ms from any speech")

    def _far(self, word: Word, passage: Passage) -> bool:
        if not (isfinite(word.start_ms) and isfinite(word.end_ms)):
            return False
        return all(
            word.start_ms - region.end_ms >= self.outside_ms
            or region.start_ms - word.end_ms >= self.outside_ms
            for region in passage.window.regions
        )
