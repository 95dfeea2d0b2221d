"""Words whose time lies in silence or music between and beyond the speech regions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from service.asr.guards.guard import Cut
from service.asr.passage import Passage
from service.asr.protocol import Word


@dataclass(frozen=True, slots=True)
class OutsideSpeech:
    """Cuts phrases (words less than `outside_ms` apart) whose every word lies at least `outside_ms` from all
    speech of the window.

    Attention times are off by 273 ms in one of ten characters (measured on synthetic speech) and quiet
    words in mid-sentence escape the speech detector, so neither a word near speech nor one that runs on
    from it is cut."""

    outside_ms: int
    name: str = "outside_speech"

    def cuts(self, passages: Sequence[Passage]) -> Iterator[Cut]:
        for number, passage in enumerate(passages):
            if not passage.timed:
                continue
            for phrase in self._phrases(passage):
                if all(self._far(word, passage) for word, _ in phrase):
                    last, at = phrase[-1]
                    detail = f"at least {self.outside_ms} ms from any speech"
                    yield Cut(number, phrase[0][1], at + len(last.text), detail)

    def _phrases(self, passage: Passage) -> Iterator[list[tuple[Word, int]]]:
        phrase: list[tuple[Word, int]] = []
        for word, at in passage.placed():
            if phrase and word.start_ms - phrase[-1][0].end_ms >= self.outside_ms:
                yield phrase
                phrase = []
            phrase.append((word, at))
        if phrase:
            yield phrase

    def _far(self, word: Word, passage: Passage) -> bool:
        """False also for a word without usable times: nothing is known against it."""
        if not (isfinite(word.start_ms) and isfinite(word.end_ms)):
            return False
        return all(
            word.start_ms - region.end_ms >= self.outside_ms
            or region.start_ms - word.end_ms >= self.outside_ms
            for region in passage.window.regions
        )
