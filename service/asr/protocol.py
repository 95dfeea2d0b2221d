"""What an engine is given and what it says: windows of sound in, words with times out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
"""Hz; every Whisper model hears 16 kHz mono (Radford et al. 2022, §2.2)."""

SAMPLES_PER_MS = SAMPLE_RATE // 1000

Samples = NDArray[np.float32]
"""Mono samples at 16 kHz, −1 … 1."""


class Waveform(Protocol):
    """The part of a decoded segment that recognition needs."""

    @property
    def samples(self) -> Samples: ...


@dataclass(frozen=True, slots=True)
class Word:
    """An engine's smallest timed piece of text, usually one Chinese character. Milliseconds, as the engine
    measured them: not yet ordered, bounded or repaired. `probability` 0–1."""

    text: str
    start_ms: float
    end_ms: float
    probability: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What an engine heard in one window; the text is the concatenation of the words.

    `timed` is False when the engine gave no word times: then the words carry the window's own.
    `avg_logprob` is the mean natural log-probability of the tokens, `no_speech_prob` the probability of
    Whisper's no-speech token at the first step.
    """

    words: tuple[Word, ...]
    avg_logprob: float
    no_speech_prob: float
    timed: bool = True

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)


class Engine(Protocol):
    """A speech engine. Each window (≤ 30 s of samples) is heard for itself: nothing is carried from one to
    the next, and no window's words depend on its neighbours in the list. Word times count from the window's
    first sample."""

    @property
    def name(self) -> str: ...

    @property
    def language(self) -> str: ...

    def hear(self, windows: Sequence[Samples]) -> list[Heard]: ...
