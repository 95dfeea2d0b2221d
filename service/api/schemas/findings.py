"""A finding as the API shows it (handbook §3.4, architecture §5)."""

from typing import Self

from pydantic import BaseModel, Field

from service.domain.finding import Finding, Reason
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


class ReasonOut(BaseModel):
    """Why something was found, or what moved its verdict."""

    source: ReasonSource
    id: str = Field(description="lexicon entry, model or rule")
    version: str
    detail: str = ""
    score: float | None = None
    cue: tuple[int, int] | None = Field(None, description="the words that moved the verdict, code points")

    @classmethod
    def of(cls, reason: Reason) -> Self:
        """From the record."""
        return cls(
            source=reason.source, id=reason.id, version=reason.version, detail=reason.detail,
            score=reason.score, cue=reason.cue,
        )  # fmt: skip


class SubjectOut(BaseModel):
    """Whose violation it is, and the rule that chose it."""

    kind: SubjectKind
    id: str
    basis: str


class SecondaryOut(BaseModel):
    """A further label of the same words; never counted."""

    item: str
    subtype: str
    verdict: Verdict


class FindingOut(BaseModel):
    """One decided span. `start` and `end` are Unicode code points of the segment's text, half open."""

    id: str
    revision: int
    item: str = Field(pattern="^[a-p]$", examples=["c"])
    subtype: str = Field(examples=["c.lowest_price"])
    verdict: Verdict | None
    severity: Severity
    confidence: float = Field(ge=0, le=1)
    start: int
    end: int
    parts: list[tuple[int, int]] = []
    text: str = Field(examples=["全网最低价"])
    start_ms: int | None = Field(None, description="inside the segment")
    end_ms: int | None = None
    stream_start_ms: int | None = Field(None, description="stream time of the first character")
    stream_end_ms: int | None = None
    time_precision: TimePrecision
    occurred_at: str | None = Field(None, description="UTC, RFC 3339")
    subject: SubjectOut | None = None
    product_id: str | None = None
    speaker_role: SpeakerRole
    speech_act: SpeechAct
    target: Target
    evasion: Evasion
    asr_suspect: bool
    exemption_code: str | None = None
    countable: bool
    reasons: list[ReasonOut]
    secondary: list[SecondaryOut] = []
    legal_basis: list[str]
    recommended_actions: list[Action]
    evidence_context: str

    @classmethod
    def of(cls, finding: Finding) -> Self:
        """From the record."""
        subject = finding.subject
        return cls(
            id=finding.id,
            revision=finding.revision,
            item=finding.item,
            subtype=finding.subtype,
            verdict=finding.verdict,
            severity=finding.severity,
            confidence=finding.confidence,
            start=finding.span[0],
            end=finding.span[1],
            parts=list(finding.parts),
            text=finding.text,
            start_ms=finding.start_ms,
            end_ms=finding.end_ms,
            stream_start_ms=finding.stream_start_ms,
            stream_end_ms=finding.stream_end_ms,
            time_precision=finding.time_precision,
            occurred_at=finding.occurred_at,
            subject=SubjectOut(kind=subject.kind, id=subject.id, basis=subject.basis) if subject else None,
            product_id=finding.product_id,
            speaker_role=finding.speaker_role,
            speech_act=finding.speech_act,
            target=finding.target,
            evasion=finding.evasion,
            asr_suspect=finding.asr_suspect,
            exemption_code=finding.exemption_code,
            countable=finding.countable,
            reasons=[ReasonOut.of(r) for r in finding.reasons],
            secondary=[
                SecondaryOut(item=s.item, subtype=s.subtype, verdict=s.verdict) for s in finding.secondary
            ],
            legal_basis=list(finding.legal_basis),
            recommended_actions=list(finding.recommended_actions),
            evidence_context=finding.evidence_context,
        )
