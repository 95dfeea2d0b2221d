"""Every number of the speech room, each with where it comes from."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from service.settings import AsrEngine, Environment, Settings


@dataclass(frozen=True, slots=True)
class GuardSettings:
    """Thresholds of the guards against invented text.

    The three of openai/whisper's `transcribe` (0.6, −1.0, 2.4; Radford et al. 2022, §4.5) were chosen on
    pretrained weights and are taken over; no pretrained weights could be measured here.
    """

    no_speech_prob: float = 0.6
    avg_logprob: float = -1.0
    compression_ratio: float = 2.4
    repeats: int = 8
    max_chars_per_second: float = 12.0
    outside_ms: int = 500
    alone_ms: int = 1000


@dataclass(frozen=True, slots=True)
class AsrSettings:
    """How speech is recognised.

    Fallback policy: temperature 0 only. Whisper's usual retry samples at rising temperatures, and
    sampled words cannot be reproduced; a transcript is evidence, so what fails a threshold is cut by a
    guard and reported."""

    model_dir: Path
    outros: Path
    engine: AsrEngine = AsrEngine.FASTER_WHISPER
    compute_type: str = "int8"
    cpu_threads: int = 1
    """With a neighbour on the machine two OpenMP threads ran 5–30 times slower; one stayed within 15 %."""
    beam_size: int = 1
    batch: int = 4
    language: str = "zh"
    window_ms: int = 28_000
    """Whisper hears 30 s; the rest is margin for the rounding of regions."""
    join_gap_ms: int = 2_000
    production: bool = False
    guards: GuardSettings = field(default_factory=GuardSettings)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The speech part of the service's settings."""
        return cls(
            model_dir=settings.models_dir / settings.asr.model,
            outros=settings.lexicons_dir / "asr_outros.yaml",
            engine=settings.asr.engine,
            compute_type=settings.asr.compute_type,
            production=settings.env is Environment.PRODUCTION,
        )
