"""Every number of the speech room, each with where it comes from."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from service.settings import AsrEngine, Environment, Settings


@dataclass(frozen=True, slots=True)
class GuardSettings:
    """Thresholds of the guards against invented text.

    The first three are those of openai-whisper's `transcribe` (Radford et al. 2022, §4.5). They were chosen
    on the released weights, which could not be measured here. The others come from this trade's own words.
    """

    no_speech_prob: float = 0.6
    avg_logprob: float = -1.0
    compression_ratio: float = 2.4
    ordinary_ratio: float = 1.7
    """Above every ratio of 3,000 windows of spoken lines (median 1.48, largest 1.65)."""
    repeats: int = 8
    """In a row; salespeople's own lines reached five (numerals apart)."""
    max_chars_per_second: float = 12.0
    """Twice fast live-commerce talk (5.6); the quickest speakers reach about 9."""
    outside_ms: int = 500
    """Nine in ten attention times are within 273 ms on synthetic speech; sentence times may be off by 1 s
    (handbook §1.9)."""
    alone_ms: int = 1_000
    """Longer than the pauses inside speech that the region detector keeps together."""


@dataclass(frozen=True, slots=True)
class AsrSettings:
    """How speech is recognised.

    Fallback policy: temperature 0 only. Whisper's usual retry samples at rising temperatures, and sampled
    words cannot be reproduced, while a transcript is evidence. A window of several regions whose text fails
    `compression_ratio` or `avg_logprob` is heard again region by region; what fails then is cut by a guard
    and reported.
    """

    model_dir: Path
    outros: Path
    engine: AsrEngine = AsrEngine.FASTER_WHISPER
    compute_type: str = "int8"
    cpu_threads: int = 1
    """With a neighbour on the machine two OpenMP threads ran 5–30 times slower; one stayed within 15 %."""
    beam_size: int = 1
    language: str = "zh"
    window_ms: int = 28_000
    """Whisper hears 30 s; the rest is margin for the rounding of regions."""
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
