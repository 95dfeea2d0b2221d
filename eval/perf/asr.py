"""The speech path against bare faster-whisper: the same checkpoint, sound and options, in one run.

Service: speech regions, recognition, guards, character times. Bare: `WhisperModel.transcribe` with its own
speech detection and word times. Both hear the demonstration talk as it arrives, in 10 s segments decoded
beforehand; bare also hears it in one piece, as a recording would be, and the service also with every window
filled to 30 s, as released Whisper weights need it. CPU seconds, interleaved rounds.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from rapidfuzz.distance import Levenshtein

from service.asr.engines.faster_whisper import FasterWhisperEngine
from service.asr.engines.load import LoadedEngine
from service.asr.guards.chain import guard_chain
from service.asr.listening import Listening
from service.asr.protocol import SAMPLE_RATE, Samples
from service.asr.recognizer import Recognizer
from service.asr.settings import AsrSettings
from service.audio.decoder import Decoder
from service.audio.records import Waveform
from service.audio.regions import speech_regions
from service.domain.spoken import is_spoken
from service.fuse.times import char_times
from service.model_store import load_manifest
from service.settings import Settings

TALK = Path(__file__).parents[2] / "service" / "cli" / "demo_data"
ROUNDS = 5
OPTIONS: dict[str, Any] = {
    "language": "zh",
    "beam_size": 1,
    "temperature": 0.0,
    "word_timestamps": True,
    "vad_filter": True,
    "condition_on_previous_text": False,
}
"""What the service does, in faster-whisper's words; its thresholds keep their defaults."""


def run() -> dict[str, float]:
    """Seconds of sound per CPU second of each, the ratios (goal ≥ 0.95), and the character error rates."""
    settings = AsrSettings.of(Settings())
    recognizer, filled, bare = Recognizer.load(settings), _filled(settings), _bare(settings)
    segments = _segments()
    whole = np.concatenate([segment.samples for segment in segments])
    ways: dict[str, Callable[[], str]] = {
        "service": lambda: "".join(_serve(recognizer, segment) for segment in segments),
        "service_filled": lambda: "".join(_serve(filled, segment) for segment in segments),
        "bare": lambda: "".join(_transcribe(bare, segment.samples) for segment in segments),
        "bare_in_one_piece": lambda: _transcribe(bare, whole),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    texts: dict[str, str] = {}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            began = time.process_time()
            texts[name] = way()
            seconds[name].append(time.process_time() - began)
    speed = {name: len(whole) / SAMPLE_RATE / median(times) for name, times in seconds.items()}
    gold = "".join(sentence["text"] for sentence in _gold()["sentences"])
    return {
        **{f"{name}_seconds_per_cpu_second": value for name, value in speed.items()},
        "service_over_bare": speed["service"] / speed["bare"],
        "service_filled_over_bare": speed["service_filled"] / speed["bare"],
        "service_over_bare_in_one_piece": speed["service"] / speed["bare_in_one_piece"],
        **{f"{name}_cer": _cer(gold, text) for name, text in texts.items()},
    }


def _serve(recognizer: Recognizer, waveform: Waveform) -> str:
    transcript = recognizer.recognise(waveform, speech_regions(waveform), "")
    char_times(transcript)
    return transcript.text


def _folder(settings: AsrSettings) -> Path:
    files = load_manifest(settings.model_dir).details["engine_files"]
    return settings.model_dir / str(files["faster-whisper"])


def _filled(settings: AsrSettings) -> Recognizer:
    loaded = LoadedEngine(FasterWhisperEngine(_folder(settings), settings), "filled", Listening())
    return Recognizer(loaded, guard_chain(settings), settings)


def _bare(settings: AsrSettings) -> WhisperModel:
    return WhisperModel(
        str(_folder(settings)), device="cpu", compute_type=settings.compute_type, cpu_threads=1
    )


def _transcribe(model: WhisperModel, samples: Samples) -> str:
    heard, _ = model.transcribe(samples, **OPTIONS)
    return "".join(segment.text for segment in heard)


def _segments() -> list[Waveform]:
    with Decoder() as decoder:
        return [decoder.decode((TALK / segment["file"]).read_bytes()) for segment in _gold()["segments"]]


def _gold() -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((TALK / "talk.json").read_text("utf-8"))
    return gold


def _cer(gold: str, text: str) -> float:
    said, heard = ("".join(filter(is_spoken, one)) for one in (gold, text))
    return Levenshtein.distance(said, heard) / len(said)


def main() -> None:
    """Print the figures as one JSON line."""
    print(json.dumps(run()))


if __name__ == "__main__":
    main()
