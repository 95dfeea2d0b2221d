"""Candidates (what was found) and findings (what was decided about it)."""

from dataclasses import dataclass, field

from service.domain.vocabulary import (
    Action,
    Evasion,
    ReasonSource,
    Severity,
    SpeakerRole,
    SpeechAct,
    SubjectKind,
    Target,
    TimePrecision,
    Verdict,
)

Span = tuple[int, int]
"""Half-open [start, end) in Unicode code points of the raw text."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was found or changed. `id` is a lexicon entry id, a model name, or a judge rule;
    `version` the version of what said so; `score` 0–1 where one exists; `cue` the span that moved it."""

    source: ReasonSource
    id: str
    version: str
    detail: str = ""
    score: float | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible violation. `score` is a calibrated probability 0–1 that the span violates its item.
    `parts` holds the pieces of a broken span (handbook §3.2.4), empty for a whole one."""

    subtype: str
    span: Span
    score: float
    reasons: tuple[Reason, ...]
    parts: tuple[Span, ...] = ()
    evasion: Evasion = Evasion.NONE
    asr_suspect: bool = False
    family: str = ""

    @property
    def item(self) -> str:
        """Clause letter a–p."""
        return self.subtype[0]


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with its verdict, before overlaps are resolved and times are set.

    `confidence` 0–1 is monotone in lexicon and model evidence; `verdict` is None below the item's threshold.
    """

    candidate: Candidate
    verdict: Verdict | None
    confidence: float
    severity: Severity
    speech_act: SpeechAct
    target: Target
    exemption_code: str | None
    reasons: tuple[Reason, ...]
    countable: bool = True


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose violation (architecture §3): kind, id, and the rule that chose it."""

    kind: SubjectKind
    id: str
    basis: str


@dataclass(frozen=True, slots=True)
class SecondaryLabel:
    """A further label of the same span; only the primary one counts (handbook §1.7)."""

    item: str
    subtype: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """One decided span. Times are milliseconds; None where the channel has no audio."""

    item: str
    subtype: str
    verdict: Verdict | None
    severity: Severity
    confidence: float
    span: Span
    text: str
    speech_act: SpeechAct
    target: Target
    evasion: Evasion
    speaker_role: SpeakerRole
    asr_suspect: bool
    exemption_code: str | None
    reasons: tuple[Reason, ...]
    legal_basis: tuple[str, ...]
    recommended_actions: tuple[Action, ...]
    norm_span: Span = (0, 0)
    parts: tuple[Span, ...] = ()
    secondary: tuple[SecondaryLabel, ...] = ()
    countable: bool = True
    evidence_context: str = ""
    start_ms: int | None = None
    end_ms: int | None = None
    time_precision: TimePrecision = TimePrecision.NONE
    subject: Subject | None = None
    product_id: str | None = None
    occurred_at: str | None = None
    stream_start_ms: int | None = None
    stream_end_ms: int | None = None
    revision: int = 1
    id: str = field(default="")
