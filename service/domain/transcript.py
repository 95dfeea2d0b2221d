"""What a speech engine heard, with what its guards removed."""

from dataclasses import dataclass, field

from service.domain.vocabulary import TimePrecision


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the transcript: `text` spans raw characters; times are milliseconds inside the segment."""

    text: str
    start_ms: int
    end_ms: int
    confidence: float
    time_precision: TimePrecision


@dataclass(frozen=True, slots=True)
class SpeechRegion:
    """A stretch of speech, milliseconds inside the segment, half open."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class GuardReport:
    """Text that a guard removed as invented by the engine (handbook §1.9, SA_HALLUC), and why."""

    guard: str
    text: str
    start_ms: int
    end_ms: int
    detail: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """Raw transcript of one segment.

    `tokens` cover `text` in order: their concatenation is `text`. `sha256` is that of the audio bytes heard.
    """

    text: str
    tokens: tuple[Token, ...]
    language: str
    engine: str
    model: str
    sha256: str
    speech: tuple[SpeechRegion, ...] = ()
    guards: tuple[GuardReport, ...] = field(default=())
