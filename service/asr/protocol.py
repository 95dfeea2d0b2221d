"""What an engine is given and what it says: windows of sound in, words with times out."""

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
    """A speech engine. Nothing is carried from one window to the next.

    Batches were measured and left out: with a small model in CTranslate2 four padded windows at once took 1.3
    times the time of one by one, and word times then differed by a frame in some, so that a transcript would
    have depended on its neighbours.
    """

    @property
    def name(self) -> str: ...

    @property
    def language(self) -> str: ...

    def hear(self, samples: Samples) -> Heard:
        """Words of one window (100 ms – 30 s); their times count from its first sample."""
        ...
