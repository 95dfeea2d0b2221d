"""Utterances → windows as the service cuts them: several sentences, any cut, pads, gain, noise, music.

Everything is done on log-mel power, where a gain is an addition and a second sound adds its power, so that
the same utterance is heard differently each time without synthesis.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from training.asr.config import HOP_S
from training.asr.features import FLOOR, MELS, LogPower, filters, normalise
from training.asr.shards import Utterance
from training.asr.vocabulary import COMMA

FULL_FRAMES = 3000
FULL_SPEECH_S = 28.5
VAD_PAD_S = 0.1
GAPS_S = (0.05, 1.2)
MUSIC_DB = (-30.0, -12.0)
SCRIPT_SHARE = 0.25
"""Sentences of the demonstration talk, on top of those among the utterances: these have to be heard well."""

NOISE_DB = (-45.0, -15.0)
"""Against the loudest speech."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A character of the transcript (a comma for a pause) and its seconds in the window."""

    character: str
    start: float
    end: float
    sentence: int


@dataclass(slots=True)
class Window:
    """`features` [frames, 80] normalised as the network hears them; phonemes are (start second, name)."""

    features: LogPower
    heard: list[Heard] = field(default_factory=list)
    phonemes: list[tuple[float, str]] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return len(self.features) * HOP_S

    @property
    def text(self) -> str:
        return "".join(h.character for h in self.heard)


class WindowMaker:
    """Draws windows from a list of utterances, which may grow while training runs."""

    def __init__(
        self,
        utterances: Sequence[Utterance],
        script: Sequence[Utterance],
        music: Sequence[Utterance],
        seed: int,
    ) -> None:
        self._utterances = utterances
        self._script = script
        self._music = music
        self._dice = random.Random(seed)
        self._noise = np.random.default_rng(seed)

    def easy(self, seconds: float) -> Window:
        """One sentence of at most `seconds`, one in three cut out of a longer one: the first lessons."""
        window = self._joined(1, FULL_SPEECH_S)
        while window.seconds > seconds and self._dice.random() < 0.9:
            window = self._joined(1, FULL_SPEECH_S)
        if window.seconds > seconds:
            start = self._dice.uniform(0, window.seconds - seconds)
            window = cut(window, start, start + seconds)
        return self._finished(window)

    def natural(self) -> Window:
        """One to four sentences, one window in three cut anywhere, one in 25 without speech."""
        if self._dice.random() < 0.04:
            return self._finished(self._speechless())
        window = self._joined(self._dice.choices((1, 2, 3, 4), (50, 26, 14, 10))[0], FULL_SPEECH_S)
        if self._dice.random() < 0.35:
            start, end = sorted(self._dice.uniform(0, window.seconds) for _ in range(2))
            start, end = (0.0, end) if self._dice.random() < 0.3 else (start, end)
            window = cut(window, start, min(window.seconds, max(end, start + 1.0)))
        return self._finished(window)

    def full(self) -> Window:
        """What the engines make of any audio: 30 s, the part after the speech filled with zeros."""
        most = self._dice.choices((1, 2, 4, 9), (20, 30, 30, 20))[0]
        window = self._finished(self._joined(most, FULL_SPEECH_S))
        pad = np.zeros((FULL_FRAMES - len(window.features), MELS), np.float32)
        window.features = np.concatenate([window.features, pad])
        return window

    def _joined(self, sentences: int, most_s: float) -> Window:
        """Sentences one after the other with pauses, as log power."""
        lead = self._dice.choice((0.0, VAD_PAD_S, VAD_PAD_S, VAD_PAD_S, self._dice.uniform(0, 0.8)))
        window = Window(_silence(lead))
        for number in range(sentences):
            scripted = self._script and self._dice.random() < SCRIPT_SHARE
            said = self._dice.choice(self._script if scripted else self._utterances)
            if number and window.seconds + said.frames * HOP_S > most_s:
                break
            if number:
                gap = _silence(self._dice.uniform(*GAPS_S))
                window.features = np.concatenate([window.features, gap])
                window.heard.append(Heard(COMMA, window.heard[-1].end, window.seconds, number - 1))
            _append(window, said, number, self._dice.uniform(-0.4, 0.2))
        tail = self._dice.choice((0.0, VAD_PAD_S, VAD_PAD_S, self._dice.uniform(0, 0.8)))
        window.features = np.concatenate([window.features, _silence(tail)])
        return window

    def _speechless(self) -> Window:
        if self._dice.random() < 0.5:
            return Window(np.array(self._dice.choice(self._music).features, np.float32))
        return Window(_silence(self._dice.uniform(0.5, 10.0)))

    def _finished(self, window: Window) -> Window:
        """Music, noise, a narrower band, a gain; then normalised."""
        power = window.features
        loudest = float(power.max())
        if window.heard and self._dice.random() < 0.08:
            power = _add(power, self._stretch(len(power)) + self._dice.uniform(*MUSIC_DB) / 10)
        if self._dice.random() < 0.6 or loudest <= FLOOR:
            level = max(loudest, -1.0) + self._dice.uniform(*NOISE_DB) / 10
            power = _add(power, self._hiss(len(power)) + level)
        if self._dice.random() < 0.15:
            power = power + self._narrow()
        power = np.maximum(power + self._dice.uniform(-2.2, 0.5), FLOOR)
        window.features = normalise(power.astype(np.float32))
        return window

    def _stretch(self, frames: int) -> LogPower:
        music = np.asarray(self._dice.choice(self._music).features, np.float32)
        return np.tile(music, (frames // len(music) + 1, 1))[:frames]

    def _hiss(self, frames: int) -> LogPower:
        """Noise of a random tilt, 0 at its loudest band on average."""
        bands = filters().sum(1).numpy()
        tilt = np.linspace(0, self._dice.uniform(-1.5, 0.5), MELS)
        shape = np.log10(bands / bands.max()) + tilt
        grain = np.log10(self._noise.gamma(2.0, 0.5, (frames, MELS)) + 1e-6)
        return (grain + shape).astype(np.float32)

    def _narrow(self) -> LogPower:
        """Attenuation per band of a narrower microphone or codec."""
        loss = np.zeros(MELS, np.float32)
        if self._dice.random() < 0.7:
            top = self._dice.randint(58, 76)
            loss[top:] = -np.linspace(0.5, 4.0, MELS - top)
        else:
            loss[: self._dice.randint(2, 6)] = -self._dice.uniform(0.5, 2.0)
        return loss[None, :]


def cut(window: Window, start: float, end: float) -> Window:
    """The part [start, end) seconds; a character stays where most of it lies inside."""
    first, last = int(start / HOP_S), int(end / HOP_S)
    start, length = first * HOP_S, (last - first) * HOP_S
    kept = [
        Heard(h.character, max(0.0, h.start - start), min(length, h.end - start), h.sentence)
        for h in window.heard
        if 2 * (min(h.end, start + length) - max(h.start, start)) > h.end - h.start
    ]
    while kept and kept[0].character == COMMA:
        kept.pop(0)
    while kept and kept[-1].character == COMMA:
        kept.pop()
    phonemes = [(at - start, name) for at, name in window.phonemes if at < start + length]
    before = [name for at, name in phonemes if at <= 0]
    phonemes = ([(0.0, before[-1])] if before else []) + [(at, name) for at, name in phonemes if at > 0]
    return Window(window.features[first:last], kept, phonemes)


def _append(window: Window, said: Utterance, number: int, gain: float) -> None:
    at = window.seconds
    window.features = np.concatenate([window.features, np.asarray(said.features, np.float32) + gain])
    for character, (start, end) in zip(said.text, said.spans, strict=True):
        shown = character if character.isalnum() else COMMA
        window.heard.append(Heard(shown, at + start, at + end, number))
    window.phonemes.extend((at + start, name) for start, name in said.phonemes)


def _silence(seconds: float) -> LogPower:
    return np.full((round(seconds / HOP_S), MELS), FLOOR, np.float32)


def _add(first: LogPower, second: LogPower) -> LogPower:
    """Sum of two powers, both as log10."""
    return np.logaddexp(first * np.float32(np.log(10)), second * np.float32(np.log(10))) / np.float32(
        np.log(10)
    )
