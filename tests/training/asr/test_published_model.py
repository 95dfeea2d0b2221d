"""The committed speech model: whole, loadable by both engines, and able to hear what demo and tests say."""

import json
import wave

import numpy as np
import pytest
import whisper
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from tokenizers import Tokenizer

from service.asr.engines.faster_whisper import FasterWhisperEngine
from service.asr.protocol import Heard
from service.asr.settings import AsrSettings
from service.model_store import load_manifest, verify
from training.asr.config import MODEL_DIR, ROOT
from training.asr.publish import CT2_FOLDER, OPENAI_FILE
from training.asr.texts import script_texts
from training.asr.vocabulary import tokenizer

CLIPS = ROOT / "tests" / "fixtures" / "audio"
GOLD = json.loads((CLIPS / "gold.json").read_text("utf-8"))
SPOKEN = sorted(name for name, clip in GOLD.items() if clip["text"])
FOLDER_LIMIT = 37_000_000
"""Bytes: all models together stay below 45 MB, 8 MB of them for the text classifier."""


def _samples(name: str) -> NDArray[np.float32]:
    with wave.open(str(CLIPS / name), "rb") as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768


def _characters(heard: Heard) -> list[tuple[str, float]]:
    found = []
    for word in heard.words:
        chars = [char for char in word.text if char.isalnum()]
        step = (word.end_ms - word.start_ms) / max(1, len(chars))
        found += [(char, word.start_ms + index * step) for index, char in enumerate(chars)]
    return found


@pytest.fixture(scope="module")
def engine() -> FasterWhisperEngine:
    folder = MODEL_DIR / CT2_FOLDER
    return FasterWhisperEngine(folder, AsrSettings(model_dir=MODEL_DIR, outros=folder))


@pytest.fixture(scope="module")
def reference() -> whisper.Whisper:
    return whisper.load_model(str(MODEL_DIR / OPENAI_FILE), device="cpu")


def test_every_file_is_the_one_its_manifest_names() -> None:
    manifest = verify(MODEL_DIR)
    assert manifest.demo_only
    present = {p.relative_to(MODEL_DIR).as_posix() for p in MODEL_DIR.rglob("*") if p.is_file()}
    assert present - {"manifest.json", "CARD.md"} == set(manifest.files)


def test_the_folder_stays_small() -> None:
    assert sum(path.stat().st_size for path in MODEL_DIR.rglob("*") if path.is_file()) < FOLDER_LIMIT


def test_the_card_states_the_limits_and_the_figures() -> None:
    card = (MODEL_DIR / "CARD.md").read_text("utf-8")
    assert "understands only the synthetic voices" in card
    figures = load_manifest(MODEL_DIR).details["figures"]
    assert figures["script"]["cer"] <= 0.05
    for name in figures:
        assert f"| {name} |" in card


@pytest.mark.parametrize("text", [*script_texts(), "龘靐齉 hello 世界", "今天这款面膜只要99元！"])
def test_tokenizer_ids_are_openais(text: str) -> None:
    built = Tokenizer.from_file(str(MODEL_DIR / CT2_FOLDER / "tokenizer.json"))
    assert built.encode(text, add_special_tokens=False).ids == tokenizer().encode(text)


def test_every_character_of_the_script_can_be_said(reference: whisper.Whisper) -> None:
    """A token that training never saw has the constant row of unused ones."""
    rows = reference.decoder.token_embedding.weight
    tokens = {token for text in script_texts() for token in tokenizer().encode(text.replace("，", ","))}
    assert all(rows[token, -1] == 0 for token in tokens)
    assert rows[tokenizer().encode(" hello")[0], -1] < -39


@pytest.mark.parametrize("name", SPOKEN)
def test_clips_are_heard_through_faster_whisper(engine: FasterWhisperEngine, name: str) -> None:
    heard = engine.hear(_samples(name))
    text = "".join(char for char, _ in _characters(heard))
    gold = "".join(char for char, *_ in GOLD[name]["characters"])
    assert Levenshtein.distance(gold, text) <= 0.1 * len(gold), text


def test_characters_are_timed_to_within_a_syllable(engine: FasterWhisperEngine) -> None:
    errors: list[float] = []
    for name in SPOKEN:
        heard, gold = _characters(engine.hear(_samples(name))), GOLD[name]["characters"]
        steps = Levenshtein.editops([c for c, *_ in gold], [c for c, _ in heard])
        for block in steps.as_matching_blocks():
            pairs = zip(gold[block.a : block.a + block.size], heard[block.b :], strict=False)
            errors += [abs(start - gold_start) for (_, gold_start, _), (_, start) in pairs]
    assert float(np.median(errors)) <= 40.0
    assert float(np.quantile(errors, 0.9)) <= 200.0  # the first character's start is the clip's, 300 ms early


@pytest.mark.parametrize("name", ["silence.wav", "music.wav"])
def test_what_is_no_speech_is_said_to_be_none(engine: FasterWhisperEngine, name: str) -> None:
    assert engine.hear(_samples(name)).no_speech_prob > 0.6


def test_unmodified_openai_whisper_transcribes_a_clip(reference: whisper.Whisper) -> None:
    result = reference.transcribe(_samples("quantity_limit.wav"), language="zh", fp16=False, temperature=0.0)
    assert "".join(char for char in result["text"] if char.isalnum()) == GOLD["quantity_limit.wav"]["text"]
