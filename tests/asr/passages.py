"""Passages for the tests of guards and tokens."""

from service.asr.passage import Passage
from service.asr.protocol import Word
from service.asr.windows import Window
from service.domain.transcript import SpeechRegion

SYLLABLE_MS = 200


def passage(
    text: str,
    start_ms: int = 0,
    *,
    per_char_ms: float = SYLLABLE_MS,
    regions: tuple[tuple[int, int], ...] = (),
    avg_logprob: float = -0.2,
    no_speech_prob: float = 0.01,
    timed: bool = True,
) -> Passage:
    """One word per character, evenly spaced, in one region that just holds them unless others are given."""
    words = tuple(
        Word(char, start_ms + i * per_char_ms, start_ms + (i + 1) * per_char_ms, 0.9)
        for i, char in enumerate(text)
    )
    spans = regions or ((start_ms, start_ms + round(len(text) * per_char_ms)),)
    window = Window(spans[0][0], spans[-1][1], tuple(SpeechRegion(*span) for span in spans))
    return Passage(window, words, avg_logprob, no_speech_prob, timed)
