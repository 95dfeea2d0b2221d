"""The bundled checkpoint and the committed clips, loaded once."""

import json
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from service.asr.recognizer import Recognizer
from service.asr.settings import AsrSettings
from service.audio.records import Waveform
from service.audio.regions import speech_regions
from service.domain.transcript import SpeechRegion
from service.settings import Settings

CLIPS = Path(__file__).parents[1] / "fixtures" / "audio"


@dataclass(frozen=True, slots=True)
class Clip:
    """A committed clip with what is said in it; characters are (character, start ms, end ms)."""

    name: str
    waveform: Waveform
    regions: tuple[SpeechRegion, ...]
    text: str
    characters: list[tuple[str, int, int]]


def _clip(name: str, gold: dict[str, object]) -> Clip:
    with wave.open(str(CLIPS / name), "rb") as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
    waveform = Waveform(samples, "wav", "pcm_s16le")
    return Clip(name, waveform, speech_regions(waveform), str(gold["text"]), gold["characters"])


@pytest.fixture(scope="session")
def clips() -> dict[str, Clip]:
    """Every committed clip by its name without the ending."""
    gold = json.loads((CLIPS / "gold.json").read_text("utf-8"))
    return {name.removesuffix(".wav"): _clip(name, said) for name, said in gold.items()}


@pytest.fixture(scope="session")
def settings() -> AsrSettings:
    """The service's own settings: the bundled checkpoint, int8."""
    return AsrSettings.of(Settings())


@pytest.fixture(scope="session")
def recognizer(settings: AsrSettings) -> Recognizer:
    return Recognizer.load(settings)
