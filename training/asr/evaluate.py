"""How well the exported model hears, through the service's own engine: character errors, character times.

Sets, all spoken anew with seeds that training never used. script: the sentences of demonstration and tests in
their voices, whole and cut anywhere; seen: new draws of the training texts' sources; unseen: clauses of the
development split, in training voices and in voices that were never heard.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from service.asr.engines.faster_whisper import FasterWhisperEngine
from service.asr.settings import AsrSettings
from training.asr.config import SAMPLE_RATE, Config
from training.asr.espeak import NotSpokenError, Voice, espeak
from training.asr.synth import draw_voice, to_16k
from training.asr.texts import Material, TextSource, fit, script_texts
from training.asr.verbalise import clauses
from training.data import load

RESAMPLES = 2000
NOISE = 1e-3
PAD_S = 0.1
CUT_GAPS_S = (0.1, 0.6)
Times = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Clip:
    """16 kHz samples and each character in them with its start and end second."""

    samples: NDArray[np.float32]
    characters: tuple[tuple[str, float, float], ...]

    @property
    def text(self) -> str:
        return "".join(char for char, _, _ in self.characters)


@dataclass(frozen=True, slots=True)
class Figures:
    """`cer` with its 95 % bootstrap interval over clips; start errors (ms) of the characters heard right."""

    clips: int
    characters: int
    cer: float
    cer_low: float
    cer_high: float
    start_median_ms: float
    start_p90_ms: float


def spoken_clip(text: str, voice: Voice, noise: np.random.Generator) -> Clip:
    """A text as one speech region: 100 ms around it, a little noise."""
    spoken = espeak().speak(text, voice)
    samples = np.pad(to_16k(spoken), int(PAD_S * SAMPLE_RATE))
    samples = samples + noise.normal(0, NOISE, len(samples)).astype(np.float32)
    timed = zip(text, spoken.spans, strict=True)
    return Clip(samples, tuple((c, PAD_S + start, PAD_S + end) for c, (start, end) in timed if c.isalnum()))


def cut_clip(clips: Sequence[Clip], dice: random.Random) -> Clip:
    """Clips joined, then cut at two random moments; a character counts where most of it lies inside."""
    sounds: list[NDArray[np.float32]] = []
    characters: list[tuple[str, float, float]] = []
    total = 0.0
    for clip in clips:
        pause = np.zeros(int(dice.uniform(*CUT_GAPS_S) * SAMPLE_RATE), np.float32)
        characters += [(char, total + start, total + end) for char, start, end in clip.characters]
        sounds += [clip.samples, pause]
        total += (len(clip.samples) + len(pause)) / SAMPLE_RATE
    first, last = dice.uniform(0, total / 3), dice.uniform(total * 2 / 3, total)
    inside = [
        (char, start - first, end - first)
        for char, start, end in characters
        if 2 * (min(end, last) - max(start, first)) > end - start
    ]
    return Clip(np.concatenate(sounds)[int(first * SAMPLE_RATE) : int(last * SAMPLE_RATE)], tuple(inside))


class Sets:
    """The clips of each set, made once from seeds of their own."""

    def __init__(self, config: Config, seed: int) -> None:
        self._config = config
        self._dice = random.Random(seed)
        self._noise = np.random.default_rng(seed)
        self._seed = seed

    def build(self, size: int) -> dict[str, list[Clip]]:
        """About `size` clips of each set (the script: twice each sentence)."""
        voices = self._config.voices
        unseen = self._unseen_texts(size)
        script = self._speak(script_texts() * 2, lambda: self._voice(voices.talk))
        self._dice.shuffle(script)
        return {
            "script": script,
            "script, cut anywhere": [
                cut_clip(script[i : i + 3], self._dice) for i in range(0, len(script), 3)
            ],
            "seen": self._speak(self._seen_texts(size), lambda: draw_voice(voices, self._dice)),
            "unseen": self._speak(unseen, lambda: draw_voice(voices, self._dice)),
            "unseen, talk voices": self._speak(unseen, lambda: self._voice(voices.talk)),
            "unseen, new voices": self._speak(unseen[: size // 2], lambda: self._voice(voices.unseen)),
        }

    def _voice(self, variants: tuple[str, ...]) -> Voice:
        drawn = draw_voice(self._config.voices, self._dice)
        return Voice(drawn.language, self._dice.choice(variants), drawn.rate, drawn.pitch, drawn.range)

    def _speak(self, texts: Sequence[str], voice: Callable[[], Voice]) -> list[Clip]:
        clips = []
        for text in texts:
            try:
                clips.append(spoken_clip(text, voice(), self._noise))
            except NotSpokenError:
                continue
        return clips

    def _seen_texts(self, size: int) -> list[str]:
        material = Material.gather(self._config.texts)
        return list(islice(TextSource(self._config.texts, self._seed, material), size))

    def _unseen_texts(self, size: int) -> list[str]:
        lines = load("dev")
        self._dice.shuffle(lines)
        return list(islice(self._runs(line.text for line in lines), size))

    def _runs(self, texts: Iterator[str]) -> Iterator[str]:
        for text in texts:
            parts = clauses(text)
            if parts:
                start = self._dice.randrange(len(parts))
                yield fit(parts[start : start + 3], self._config.texts.max_chars, self._dice)


def listen(engine: FasterWhisperEngine, samples: NDArray[np.float32]) -> Times:
    """Characters heard, with their start seconds; words of several characters are split evenly."""
    heard: Times = []
    for word in engine.hear(samples).words:
        chars = [char for char in word.text if char.isalnum()]
        step = (word.end_ms - word.start_ms) / max(1, len(chars))
        heard.extend((char, (word.start_ms + index * step) / 1000) for index, char in enumerate(chars))
    return heard


def measure(engine: FasterWhisperEngine, clips: Sequence[Clip], seed: int) -> Figures:
    """Figures of one set."""
    edits, lengths, offsets = [], [], []
    for clip in clips:
        heard = listen(engine, clip.samples)
        said = "".join(char for char, _ in heard)
        steps = Levenshtein.editops(clip.text, said)
        edits.append(len(steps))
        lengths.append(len(clip.text))
        for block in steps.as_matching_blocks():
            for index in range(block.size):
                offsets.append(abs(heard[block.b + index][1] - clip.characters[block.a + index][1]))
    low, high = _interval(np.array(edits), np.array(lengths), seed)
    late = 1000 * np.array(offsets or [0.0])
    return Figures(
        len(clips), sum(lengths), round(sum(edits) / sum(lengths), 4), low, high,
        round(float(np.median(late)), 1), round(float(np.quantile(late, 0.9)), 1),
    )  # fmt: skip


def _interval(edits: NDArray[np.int64], lengths: NDArray[np.int64], seed: int) -> tuple[float, float]:
    picks = np.random.default_rng(seed).integers(0, len(edits), (RESAMPLES, len(edits)))
    rates = edits[picks].sum(1) / lengths[picks].sum(1)
    low, high = np.quantile(rates, (0.025, 0.975))
    return round(float(low), 4), round(float(high), 4)


def evaluate(config: Config, folder: Path, size: int, seed: int = 20_261) -> dict[str, dict[str, float]]:
    """Every set through the CTranslate2 model in `folder` as it is served: int8, greedy, filled to 30 s."""
    engine = FasterWhisperEngine(folder, AsrSettings(model_dir=folder, outros=folder))
    figures = {}
    for name, clips in Sets(config, seed).build(size).items():
        figures[name] = asdict(measure(engine, clips, seed))
        print(name, figures[name], flush=True)
    return figures
