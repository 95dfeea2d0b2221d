"""The reference engine: openai-whisper, the model's own implementation.

Optional (two to four times slower, needs torch); imported only when chosen. Owns one torch model in float32;
loading sets torch to one thread for the whole process.
"""

import importlib
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

from service.asr.problems import ENGINE_MISSING, MODEL_UNREADABLE
from service.asr.protocol import Heard, Samples, Word
from service.asr.settings import AsrSettings
from service.errors import BozhengError


class OpenAIWhisperEngine:
    """openai-whisper on the CPU. Raises `asr.engine_missing` or `asr.model_unreadable` at load."""

    name = "openai-whisper"

    def __init__(self, checkpoint: Path, settings: AsrSettings) -> None:
        self.language = settings.language
        try:
            whisper = importlib.import_module("whisper")
            torch = importlib.import_module("torch")
            numba = importlib.import_module(
                "numba"
            )  # whisper's alignment runs on it, with threads of its own
            self._timing = importlib.import_module("whisper.timing")
        except ImportError as error:
            raise BozhengError(ENGINE_MISSING, f"cannot import {error.name}") from error
        numba.set_num_threads(settings.cpu_threads)
        torch.set_num_threads(settings.cpu_threads)
        if not checkpoint.is_file():
            raise BozhengError(MODEL_UNREADABLE, f"no checkpoint file {checkpoint.name}")
        try:
            self._model = whisper.load_model(str(checkpoint), device="cpu")
        except (RuntimeError, KeyError, EOFError, ValueError, UnpicklingError) as error:
            raise BozhengError(MODEL_UNREADABLE, f"{checkpoint.name}: {error}") from error
        self._whisper = whisper
        self._options = whisper.DecodingOptions(
            language=settings.language,
            temperature=0.0,
            beam_size=settings.beam_size if settings.beam_size > 1 else None,
            without_timestamps=True,
            fp16=False,
        )
        self._tokenizer = whisper.tokenizer.get_tokenizer(
            self._model.is_multilingual,
            num_languages=self._model.num_languages,
            language=settings.language,
            task="transcribe",
        )

    def hear(self, samples: Samples) -> Heard:
        """Words of one window, the most probable at temperature 0, with attention times."""
        mel = self._whisper.log_mel_spectrogram(samples, self._model.dims.n_mels)
        frames = min(mel.shape[-1], self._whisper.audio.N_FRAMES)
        mel = self._whisper.pad_or_trim(mel, self._whisper.audio.N_FRAMES)
        result = self._whisper.decode(self._model, mel, self._options)
        timings = self._timing.find_alignment(self._model, self._tokenizer, result.tokens, mel, frames)
        return Heard(tuple(map(_word, timings)), float(result.avg_logprob), float(result.no_speech_prob))


def _word(timing: Any) -> Word:
    return Word(timing.word, 1000 * float(timing.start), 1000 * float(timing.end), float(timing.probability))
