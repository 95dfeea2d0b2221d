"""Speech is found where it is, and silence costs nothing."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from service.audio import regions
from service.audio.decoder import Decoder
from service.audio.records import Waveform
from service.audio.regions import RegionSettings, speech_regions
from service.domain.transcript import SpeechRegion

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "audio"


def waveform(samples: np.ndarray) -> Waveform:
    return Waveform(samples.astype(np.float32), "wav", "pcm_f32le")


@pytest.fixture(scope="module")
def speech(decoder: Decoder) -> Waveform:
    return decoder.decode((FIXTURES / "lowest_price.wav").read_bytes())


@pytest.fixture(scope="module")
def spoken() -> SpeechRegion:
    """First and last character of that clip."""
    characters = json.loads((FIXTURES / "gold.json").read_text("utf-8"))["lowest_price.wav"]["characters"]
    return SpeechRegion(characters[0][1], characters[-1][2])


def shifted(speech: Waveform, seconds: float) -> np.ndarray:
    return np.concatenate([np.zeros(round(seconds * 16_000), np.float32), speech.samples])


def test_speech_is_found_where_it_was_said(speech: Waveform, spoken: SpeechRegion) -> None:
    found = speech_regions(speech)
    assert found[0].start_ms == pytest.approx(spoken.start_ms, abs=200)
    assert found[-1].end_ms == pytest.approx(spoken.end_ms, abs=300)


def test_times_follow_the_sound(speech: Waveform) -> None:
    here, later = speech_regions(speech), speech_regions(waveform(shifted(speech, 2.048)))
    assert len(here) == len(later)
    assert later[0].start_ms - here[0].start_ms == pytest.approx(2_048, abs=64)


def test_sentences_apart_are_regions_apart(speech: Waveform) -> None:
    twice = waveform(np.concatenate([speech.samples, np.zeros(16_000, np.float32), speech.samples]))
    found = speech_regions(twice)
    assert len(found) >= 2
    assert all(a.start_ms < a.end_ms <= b.start_ms for a, b in pairwise(found))
    assert found[-1].end_ms <= twice.decoded_ms


NOISE = np.random.default_rng(3).standard_normal(48_000)


@pytest.mark.parametrize(
    "samples",
    [np.zeros(0), np.zeros(1), np.zeros(100), np.zeros(48_000), 1e-5 * NOISE, 0.003 * NOISE, 0.1 * NOISE],
    ids=["nothing", "one-sample", "six-ms", "digital-silence", "dither", "room", "loud-noise"],
)
def test_where_nobody_speaks_there_are_no_regions(samples: np.ndarray) -> None:
    assert speech_regions(waveform(samples)) == ()


def test_music_is_not_speech(decoder: Decoder) -> None:
    music = decoder.decode((FIXTURES / "music.wav").read_bytes())
    found = speech_regions(music)
    assert sum(r.end_ms - r.start_ms for r in found) <= 0.2 * music.decoded_ms


def test_below_the_floor_the_detector_does_not_run(speech: Waveform, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []

    def count(*_: object) -> list[dict[str, int]]:
        runs.append(1)
        return []

    monkeypatch.setattr(regions, "get_speech_timestamps", count)
    quiet = waveform(speech.samples * 10 ** (-70 / 20))
    assert speech_regions(quiet) == ()
    assert not runs
    speech_regions(speech)
    assert runs == [1]
    speech_regions(quiet, RegionSettings(floor_dbfs=-120.0))
    assert runs == [1, 1]
