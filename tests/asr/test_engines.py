"""The two engines on the bundled checkpoint: the same words at the same times, and no prompt."""

import socket
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from service.asr.engines.faster_whisper import FasterWhisperEngine
from service.asr.engines.openai_whisper import OpenAIWhisperEngine
from service.asr.protocol import Heard
from service.asr.settings import AsrSettings
from service.errors import BozhengError
from tests.asr.conftest import Clip
from training.asr.convert import convert

SPOKEN = ["lowest_price", "two_sentences"]
TOLERANCE_MS = 60
"""Three frames of attention: token times agree within 60 ms."""


@pytest.fixture(scope="module")
def float32(settings: AsrSettings) -> AsrSettings:
    return replace(settings, compute_type="float32")


@pytest.fixture(scope="module")
def reference(float32: AsrSettings) -> OpenAIWhisperEngine:
    return OpenAIWhisperEngine(float32.model_dir / "openai.pt", float32)


@pytest.fixture(scope="module")
def converted(float32: AsrSettings, tmp_path_factory: pytest.TempPathFactory) -> FasterWhisperEngine:
    """CTranslate2 in float32, converted here from the same file that the reference loads."""
    folder = tmp_path_factory.mktemp("ct2")
    convert(float32.model_dir / "openai.pt", folder, "float32")
    return FasterWhisperEngine(folder, float32)


@pytest.mark.parametrize("name", SPOKEN)
def test_both_engines_hear_the_same_words_at_the_same_times(
    name: str, clips: dict[str, Clip], reference: OpenAIWhisperEngine, converted: FasterWhisperEngine
) -> None:
    samples = clips[name].waveform.samples
    ours, theirs = converted.hear(samples), reference.hear(samples)
    assert ours.text == theirs.text != ""
    assert [w.text for w in ours.words] == [w.text for w in theirs.words]
    for mine, other in zip(ours.words, theirs.words, strict=True):
        assert abs(mine.start_ms - other.start_ms) <= TOLERANCE_MS, mine
        assert abs(mine.end_ms - other.end_ms) <= TOLERANCE_MS, mine
        assert mine.probability == pytest.approx(other.probability, abs=1e-3)
    assert ours.avg_logprob == pytest.approx(theirs.avg_logprob, abs=1e-3)
    assert ours.no_speech_prob == pytest.approx(theirs.no_speech_prob, abs=1e-3)


def test_the_reference_engine_stays_on_one_thread(
    clips: dict[str, Clip], reference: OpenAIWhisperEngine
) -> None:
    reference.hear(clips["lowest_price"].waveform.samples[:16_000])
    assert torch.get_num_threads() == 1


class _Recorder:
    """Passes everything on to CTranslate2 and keeps the prompts."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.prompts: list[list[int]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def generate(self, features: Any, prompts: list[list[int]], **options: Any) -> Any:
        self.prompts += prompts
        assert not {"prefix", "hotwords"} & set(options)
        return self._model.generate(features, prompts, **options)


def test_no_word_ever_reaches_a_prompt(clips: dict[str, Clip], settings: AsrSettings) -> None:
    """Over silence an engine may say its prompt aloud; a forbidden word there would be evidence that we made
    ourselves (handbook §1.9). So the prompt holds no text at all, in the first window and in later ones."""
    engine = FasterWhisperEngine(settings.model_dir / "ct2", settings)
    recorder = _Recorder(engine._model.model)
    engine._model.model = recorder
    for name in ("lowest_price", "best_quality"):
        engine.hear(clips[name].waveform.samples)
    assert len(recorder.prompts) == 2
    for prompt in recorder.prompts:
        assert [engine._tokenizer.tokenizer.id_to_token(token) for token in prompt] == [
            "<|startoftranscript|>", "<|zh|>", "<|transcribe|>", "<|notimestamps|>",
        ]  # fmt: skip


def test_the_reference_engine_has_no_prompt_either(reference: OpenAIWhisperEngine) -> None:
    assert reference._options.prompt is None and reference._options.prefix is None


def test_what_is_heard_does_not_depend_on_what_was_heard_before(
    clips: dict[str, Clip], settings: AsrSettings
) -> None:
    engine = FasterWhisperEngine(settings.model_dir / "ct2", settings, own_length=True)
    first = engine.hear(clips["phone_number"].waveform.samples)
    engine.hear(clips["rule_mention"].waveform.samples)
    assert engine.hear(clips["phone_number"].waveform.samples) == first


@pytest.mark.parametrize("own_length", [True, False])
@pytest.mark.parametrize("ms", [100, 1013, 30_000, 31_000])
def test_windows_of_any_length_are_heard(settings: AsrSettings, own_length: bool, ms: int) -> None:
    engine = FasterWhisperEngine(settings.model_dir / "ct2", settings, own_length)
    noise = np.random.default_rng(ms).normal(0, 0.01, ms * 16).astype(np.float32)
    heard = engine.hear(noise)
    assert isinstance(heard, Heard) and np.isfinite(heard.avg_logprob)


def test_loading_and_hearing_open_no_socket(
    clips: dict[str, Clip], settings: AsrSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    engine = FasterWhisperEngine(settings.model_dir / "ct2", settings)
    assert engine.hear(clips["lowest_price"].waveform.samples).text


def test_a_missing_reference_engine_says_what_to_install(
    settings: AsrSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "whisper", None)
    with pytest.raises(BozhengError, match=r"asr\.engine_missing: cannot import whisper") as refused:
        OpenAIWhisperEngine(settings.model_dir / "openai.pt", settings)
    assert "openai-whisper" in refused.value.problem.advice_en


def test_an_unsupported_compute_type_names_the_supported_ones(settings: AsrSettings) -> None:
    with pytest.raises(BozhengError, match=r"asr\.compute_type_unsupported: 'int3'.*float32"):
        FasterWhisperEngine(settings.model_dir / "ct2", replace(settings, compute_type="int3"))


@pytest.mark.parametrize("missing", ["model.bin", "tokenizer.json", "config.json"])
def test_an_incomplete_folder_is_refused_before_anything_is_fetched(
    settings: AsrSettings, tmp_path: Path, missing: str
) -> None:
    for path in (settings.model_dir / "ct2").iterdir():
        if path.name != missing:
            (tmp_path / path.name).symlink_to(path)
    with pytest.raises(BozhengError, match=rf"asr\.model_unreadable: .* has no {missing}"):
        FasterWhisperEngine(tmp_path, settings)


def test_a_broken_model_file_is_refused(settings: AsrSettings, tmp_path: Path) -> None:
    for path in (settings.model_dir / "ct2").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes() if path.name != "model.bin" else b"\x01\x02")
    with pytest.raises(BozhengError, match=r"asr\.model_unreadable"):
        FasterWhisperEngine(tmp_path, settings)


@pytest.mark.parametrize("content", [None, b"not a checkpoint"])
def test_a_broken_checkpoint_is_refused(settings: AsrSettings, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "openai.pt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BozhengError, match=r"asr\.model_unreadable"):
        OpenAIWhisperEngine(path, settings)
