"""The committed talk shows what the demonstration needs, and its gold is true to the audio."""

import json
from itertools import pairwise

import numpy as np

from training.asr.aac import PRIMING_SAMPLES, decode
from training.asr.config import ROOT, SAMPLE_RATE
from training.asr.fixtures import CLIPS, DEMO

TALK = json.loads((DEMO / "talk.json").read_text("utf-8"))
FIXTURES_LIMIT = 5_000_000
"""Bytes of committed audio in all, so that a clone stays small."""


def _samples() -> np.ndarray:
    """The whole talk at 16 kHz."""
    parts = []
    for segment in TALK["segments"]:
        heard = decode((DEMO / segment["file"]).read_bytes(), SAMPLE_RATE)
        size = segment["duration_ms"] * SAMPLE_RATE // 1000
        heard = heard[PRIMING_SAMPLES // 3 :][:size]
        parts.append(np.pad(heard, (0, size - len(heard))))
    return np.concatenate(parts)


def test_segments_follow_one_another() -> None:
    assert 80_000 <= TALK["segments"][-1]["offset_ms"] + 10_000 <= 100_000
    for before, after in pairwise(TALK["segments"]):
        assert after["offset_ms"] == before["offset_ms"] + before["duration_ms"]


def test_one_boundary_falls_inside_the_phrase_between_two_syllables() -> None:
    (cut,) = [s for s in TALK["sentences"] if s["expect"] == "c.lowest_price"]
    at = cut["text"].replace("，", "").index("全网最低价")
    phrase = cut["characters"][at : at + 5]
    inside = [c for c in phrase if c[2] % 10_000 == 0]
    assert [c[0] for c in inside] == ["网"]


def test_no_other_sentence_is_cut() -> None:
    for sentence in TALK["sentences"]:
        if sentence["expect"] != "c.lowest_price":
            assert sentence["start_ms"] // 10_000 == sentence["end_ms"] // 10_000


def test_sentences_are_apart_and_there_is_silence_and_music() -> None:
    for before, after in pairwise(TALK["sentences"]):
        assert after["start_ms"] - before["end_ms"] >= 400
    kinds = {stretch["kind"]: stretch["end_ms"] - stretch["start_ms"] for stretch in TALK["stretches"]}
    assert kinds["silence"] >= 4000
    assert kinds["music"] >= 4000


def test_gold_times_point_at_sound_and_the_gaps_are_quiet() -> None:
    samples = _samples()
    loud = [_level(samples, s["start_ms"], s["end_ms"]) for s in TALK["sentences"]]
    quiet = [
        _level(samples, a["end_ms"] + 150, b["start_ms"] - 100)
        for a, b in pairwise(TALK["sentences"])
        if not any(a["end_ms"] < s["end_ms"] and s["start_ms"] < b["start_ms"] for s in TALK["stretches"])
    ]
    assert min(loud) > 20 * max(quiet)


def test_committed_audio_is_small() -> None:
    files = [*CLIPS.iterdir(), *DEMO.iterdir()]
    assert sum(file.stat().st_size for file in files) < FIXTURES_LIMIT
    assert ROOT in DEMO.parents


def _level(samples: np.ndarray, start_ms: int, end_ms: int) -> float:
    part = samples[start_ms * SAMPLE_RATE // 1000 : end_ms * SAMPLE_RATE // 1000]
    return float(np.sqrt(np.square(part).mean()))
