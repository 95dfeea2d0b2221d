"""Music-like sound: decaying chords over a beat, so that a model learns that music says nothing."""

import numpy as np
from numpy.typing import NDArray

from training.asr.config import SAMPLE_RATE

A4_HZ = 440.0
MAJOR, MINOR = (0, 4, 7), (0, 3, 7)
HARMONICS = 6


def tune(dice: np.random.Generator, seconds: float) -> NDArray[np.float32]:
    """`seconds` of chords with a soft beat at a random tempo, loudest sample 0.5."""
    total = int(seconds * SAMPLE_RATE)
    sound = np.zeros(total, np.float32)
    step = int(SAMPLE_RATE * float(dice.uniform(0.25, 0.7)))
    decay = float(dice.uniform(1.5, 8.0))
    for start in range(0, total, step):
        root = A4_HZ * 2.0 ** (int(dice.integers(-24, 5)) / 12)
        length = min(2 * step, total - start)
        time = np.arange(length, dtype=np.float32) / SAMPLE_RATE
        shape = np.exp(-decay * time) * np.minimum(1.0, time * 100)
        for semitone in MAJOR if dice.random() < 0.6 else MINOR:
            sound[start : start + length] += shape * _note(root * 2.0 ** (semitone / 12), time, dice)
        beat = min(int(0.03 * SAMPLE_RATE), length)
        sound[start : start + beat] += dice.normal(0, 0.4, beat).astype(np.float32) * shape[:beat]
    peak = float(np.abs(sound).max())
    return (sound * (0.5 / peak)).astype(np.float32)


def _note(pitch_hz: float, time: NDArray[np.float32], dice: np.random.Generator) -> NDArray[np.float32]:
    brightness = float(dice.uniform(0.3, 0.8))
    note = np.zeros_like(time)
    for harmonic in range(1, HARMONICS + 1):
        if pitch_hz * harmonic < SAMPLE_RATE / 2:
            note += brightness**harmonic * np.sin(2 * np.pi * pitch_hz * harmonic * time, dtype=np.float32)
    return note
