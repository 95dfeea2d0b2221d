"""What was heard in one window, in the segment's own time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from service.asr.protocol import Heard, Word
from service.asr.windows import Window


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one window with times in milliseconds of the segment, as measured; guards thin them out."""

    window: Window
    words: tuple[Word, ...]
    avg_logprob: float
    no_speech_prob: float
    timed: bool

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)

    @property
    def speech_ms(self) -> int:
        """Milliseconds of speech in the window."""
        return sum(region.end_ms - region.start_ms for region in self.window.regions)

    def without(self, start: int, end: int) -> "Passage":
        """The passage less its characters [start, end); a word that is cut keeps its share of its time."""
        kept: list[Word] = []
        for word, at in self.placed():
            kept += _pieces(word, max(start - at, 0), max(end - at, 0))
        return replace(self, words=tuple(kept))

    def placed(self) -> Iterator[tuple[Word, int]]:
        """Every word with the place of its first character in the text."""
        at = 0
        for word in self.words:
            yield word, at
            at += len(word.text)


def place(window: Window, heard: Heard) -> Passage:
    """Shift what an engine heard from the window's time to the segment's."""
    shift = window.start_ms
    words = (Word(w.text, w.start_ms + shift, w.end_ms + shift, w.probability) for w in heard.words if w.text)
    return Passage(window, tuple(words), heard.avg_logprob, heard.no_speech_prob, heard.timed)


def _pieces(word: Word, start: int, end: int) -> list[Word]:
    """What is left of `word` without its characters [start, end)."""
    length = len(word.text)
    start, end = min(start, length), min(end, length)
    if start == end:
        return [word]
    per_char = (word.end_ms - word.start_ms) / length
    pieces = []
    if start:
        pieces.append(replace(word, text=word.text[:start], end_ms=word.start_ms + start * per_char))
    if end < length:
        pieces.append(replace(word, text=word.text[end:], start_ms=word.start_ms + end * per_char))
    return pieces
