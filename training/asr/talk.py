"""The demonstration talk on a time line: two anchors, silence, music, one phrase across a cut."""

import random
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from training.asr.config import Voices
from training.asr.espeak import Spoken, Voice, espeak
from training.asr.music import tune

STREAM_RATE = 48_000
"""Hz; what live platforms send."""

SEGMENT_S = 10.0
GAPS_S = (0.42, 0.55)
ROOM_TONE = 3e-4
"""Standard deviation of the noise under everything: a microphone is never digitally silent."""

SPEED = {"a": 190, "b": 176}
PITCH = 50


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence at its place: seconds in the talk, per character too."""

    anchor: str
    text: str
    expect: str
    start: float
    characters: tuple[tuple[str, float, float], ...]
    samples: NDArray[np.float32]

    @property
    def end(self) -> float:
        return self.start + len(self.samples) / STREAM_RATE


@dataclass(frozen=True, slots=True)
class Talk:
    """`samples` at STREAM_RATE, a whole number of segments; stretches: silence and music as
    (kind, start, end) seconds."""

    samples: NDArray[np.float32]
    said: tuple[Said, ...]
    stretches: tuple[tuple[str, float, float], ...]


def fixed_voice(voices: Voices, variant: str, rate: int) -> Voice:
    """A voice without chance, for what is committed."""
    return Voice(voices.language, variant, rate, PITCH, PITCH)


def to_stream_rate(spoken: Spoken) -> NDArray[np.float32]:
    """22.05 kHz int16 → 48 kHz float, loudest sample 0.5."""
    samples = resample_poly(spoken.samples.astype(np.float32), 320, 147).astype(np.float32)
    return samples * np.float32(0.5 / np.abs(samples).max())


def compose(lines: list[dict[str, Any]], voices: Voices, seed: int) -> Talk:
    """Place the lines one after the other. A sentence that a segment boundary would cut waits for the next
    segment, except the one with `cut`: there a boundary falls in the middle of that phrase."""
    dice = random.Random(seed)
    variants = dict(zip(("a", "b"), voices.talk, strict=True))
    said: list[Said] = []
    stretches: list[tuple[str, float, float]] = []
    sounds: list[tuple[float, NDArray[np.float32]]] = []
    now = 0.3
    for line in lines:
        if "text" in line:
            voice = fixed_voice(voices, variants[line["anchor"]], SPEED[line["anchor"]])
            spoken = espeak().speak(line["text"], voice)
            samples = to_stream_rate(spoken)
            start = _start(now, len(samples) / STREAM_RATE, spoken, line.get("cut"))
            said.append(_said(line, spoken, start, samples))
            sounds.append((start, samples))
            now = said[-1].end + dice.uniform(*GAPS_S)
        else:
            kind, seconds = next(iter(line.items()))
            if kind == "music":
                sounds.append((now, _music(seconds, seed)))
            stretches.append((kind, now, now + seconds))
            now += seconds + GAPS_S[0]
    return Talk(_mix(sounds, now, seed), tuple(said), tuple(stretches))


def _start(now: float, seconds: float, spoken: Spoken, phrase: str | None) -> float:
    boundary = (now // SEGMENT_S + 1) * SEGMENT_S
    if phrase is None:
        return now if now + seconds <= boundary else boundary + 0.1
    middle = spoken.text.index(phrase) + len(phrase) // 2
    inside = spoken.spans[middle][0]
    return boundary - inside if boundary - inside >= now else boundary + SEGMENT_S - inside


def _said(line: dict[str, Any], spoken: Spoken, start: float, samples: NDArray[np.float32]) -> Said:
    characters = tuple(
        (char, start + a, start + b)
        for char, (a, b) in zip(spoken.text, spoken.spans, strict=True)
        if char.isalnum()
    )
    return Said(line["anchor"], line["text"], line["expect"], start, characters, samples)


def _music(seconds: float, seed: int) -> NDArray[np.float32]:
    sound = tune(np.random.default_rng(seed), seconds)
    return resample_poly(sound, 3, 1).astype(np.float32)


def _mix(sounds: list[tuple[float, NDArray[np.float32]]], end: float, seed: int) -> NDArray[np.float32]:
    total = int(np.ceil(end / SEGMENT_S) * SEGMENT_S * STREAM_RATE)
    mixed = np.random.default_rng(seed).normal(0, ROOM_TONE, total).astype(np.float32)
    for start, samples in sounds:
        at = round(start * STREAM_RATE)
        mixed[at : at + len(samples)] += samples
    return mixed
