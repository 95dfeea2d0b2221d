"""The default engine: faster-whisper's parts around CTranslate2.

Owns one CTranslate2 model with one worker of `cpu_threads` threads; called from the worker thread only.

The loop is our own instead of `WhisperModel.transcribe`, which moves its seek point to the last word and so
decodes windows twice, samples at rising temperatures, and trims words by rules of thumb where we know the
speech regions. One pass per window: encode, generate at temperature 0 without a prompt, align.
"""

from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens
from numpy.typing import NDArray

from service.asr.problems import COMPUTE_TYPE_UNSUPPORTED, MODEL_UNREADABLE
from service.asr.protocol import Heard, Samples, Word
from service.asr.settings import AsrSettings
from service.errors import BozhengError

FRAMES_PER_WINDOW = 3000
"""Mel frames of 10 ms that Whisper's encoder was trained on (30 s)."""


class FasterWhisperEngine:
    """CTranslate2 on the CPU. Raises `asr.model_unreadable` or `asr.compute_type_unsupported` at load."""

    name = "faster-whisper"

    def __init__(self, folder: Path, settings: AsrSettings, own_length: bool = False) -> None:
        self.language = settings.language
        self._settings = settings
        self._own_length = own_length
        self._model = _load(folder, settings)
        self._tokenizer = Tokenizer(
            self._model.hf_tokenizer, self._model.model.is_multilingual, "transcribe", settings.language
        )
        self.prompt = [*self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]
        self._suppressed = get_suppressed_tokens(self._tokenizer, [-1])

    def hear(self, samples: Samples) -> Heard:
        """Words of one window, the most probable at temperature 0, with attention times."""
        features = self._model.feature_extractor(samples)[:, :-1][:, :FRAMES_PER_WINDOW]
        encoded = self._model.encode(features if self._own_length else _padded(features))
        result = self._model.model.generate(
            encoded,
            [self.prompt],
            beam_size=self._settings.beam_size,
            suppress_tokens=self._suppressed,
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        ids = result.sequences_ids[0]
        spoken = [token for token in ids if token < self._tokenizer.eot]
        timings = self._model.find_alignment(self._tokenizer, [spoken], encoded, features.shape[1])[0]
        # CTranslate2 averages over the tokens without the final one; Whisper's thresholds count it.
        logprob = result.scores[0] * len(ids) / (len(ids) + 1)
        return Heard(tuple(map(_word, timings)), logprob, result.no_speech_prob)


def _load(folder: Path, settings: AsrSettings) -> WhisperModel:
    supported = ctranslate2.get_supported_compute_types("cpu")
    if settings.compute_type not in {*supported, "auto", "default"}:
        detail = f"{settings.compute_type!r} is not one of {', '.join(sorted(supported))}"
        raise BozhengError(COMPUTE_TYPE_UNSUPPORTED, detail)
    for name in ("model.bin", "config.json", "tokenizer.json"):
        if not (folder / name).is_file():  # without tokenizer.json faster-whisper would ask the network
            raise BozhengError(MODEL_UNREADABLE, f"{folder.name} has no {name}")
    try:
        return WhisperModel(
            str(folder),
            device="cpu",
            compute_type=settings.compute_type,
            cpu_threads=settings.cpu_threads,
            num_workers=1,
            local_files_only=True,
        )
    except (RuntimeError, ValueError) as error:
        raise BozhengError(MODEL_UNREADABLE, f"{folder.name}: {error}") from error


def _padded(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """[mels, n] → [mels, 3000], filled with 0 as `transcribe` of both Whisper packages does."""
    return np.pad(features, ((0, 0), (0, FRAMES_PER_WINDOW - features.shape[1])))


def _word(timing: dict[str, Any]) -> Word:
    start_ms, end_ms = 1000 * float(timing["start"]), 1000 * float(timing["end"])
    return Word(timing["word"], start_ms, end_ms, float(timing["probability"]))
