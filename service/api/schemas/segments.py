"""Segments in, results out."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, Field

from service.api.schemas.common import Id, Milliseconds, Strict
from service.api.schemas.findings import FindingOut
from service.domain.segment import Change, Revision, SegmentResult
from service.domain.transcript import Transcript
from service.domain.vocabulary import Advice, Channel, SegmentStatus, SpeakerRole, TimePrecision


class SpeechMeta(Strict):
    """What a platform says about one audio segment: the `meta` part of a multipart call."""

    channel: Literal[Channel.SPEECH] = Channel.SPEECH
    seq: Milliseconds = Field(description="number of the segment in its stream; with the channel its key")
    offset_ms: Milliseconds = Field(description="stream time of the first audio sample")
    speaker_id: Id | None = Field(None, description="who speaks, if the platform knows")
    product_id: Id | None = Field(None, description="what is on sale meanwhile")


class SpeechIn(SpeechMeta):
    """One audio segment as JSON."""

    audio_base64: str = Field(description="the container's bytes, base64", examples=["T2dnUw..."])


class MessageIn(Strict):
    """One text message: danmu, comment or title."""

    channel: Literal[Channel.DANMU, Channel.COMMENT, Channel.TITLE]
    message_id: Id = Field(description="the platform's id; with the channel the message's key")
    text: str = Field(description="at most 20,000 code points", examples=["加我微信便宜二十"])
    sent_at: AwareDatetime | None = Field(None, description="server time with zone")
    offset_ms: Milliseconds | None = Field(None, description="stream time, if known")
    author_id: Id | None = None
    author_role: SpeakerRole = SpeakerRole.UNKNOWN
    product_id: Id | None = None


SegmentIn = Annotated[SpeechIn | MessageIn, Field(discriminator="channel")]


class TokenOut(BaseModel):
    """A piece of the transcript; milliseconds inside the segment."""

    text: str
    start_ms: int
    end_ms: int
    confidence: float
    time_precision: TimePrecision


class GuardOut(BaseModel):
    """Text that was removed as invented by the recogniser, and why."""

    guard: str
    text: str
    start_ms: int
    end_ms: int
    detail: str


class TranscriptOut(BaseModel):
    """What was heard. The tokens spell `text` in order."""

    text: str
    tokens: list[TokenOut]
    speech: list[tuple[int, int]] = Field(description="stretches of speech, ms, half open")
    guards: list[GuardOut]
    language: str
    engine: str
    model: str
    sha256: str = Field(description="of the audio bytes")

    @classmethod
    def of(cls, transcript: Transcript) -> Self:
        """From the record."""
        return cls(
            text=transcript.text,
            tokens=[
                TokenOut(text=t.text, start_ms=t.start_ms, end_ms=t.end_ms, confidence=t.confidence,
                         time_precision=t.time_precision)
                for t in transcript.tokens
            ],
            speech=[(r.start_ms, r.end_ms) for r in transcript.speech],
            guards=[
                GuardOut(guard=g.guard, text=g.text, start_ms=g.start_ms, end_ms=g.end_ms, detail=g.detail)
                for g in transcript.guards
            ],
            language=transcript.language,
            engine=transcript.engine,
            model=transcript.model,
            sha256=transcript.sha256,
        )  # fmt: skip


class RevisionOut(BaseModel):
    """What these words changed in another segment of the stream."""

    change: Change
    segment_id: str
    segment_key: str
    channel: Channel
    finding: FindingOut

    @classmethod
    def of(cls, revision: Revision) -> Self:
        """From the record."""
        return cls(
            change=revision.change, segment_id=revision.segment_id, segment_key=revision.segment_key,
            channel=revision.channel, finding=FindingOut.of(revision.finding),
        )  # fmt: skip


class NoticeOut(BaseModel):
    """Something worth telling about a segment that was analysed all the same."""

    code: str = Field(examples=["audio.truncated"])
    detail: str


class FailureOut(BaseModel):
    """Why an accepted segment could not be analysed: a visible gap in coverage, never silence."""

    code: str
    status: int
    title: str
    detail: str
    advice: str


class SegmentOut(BaseModel):
    """The answer for one segment."""

    segment_id: str
    stream_id: str
    channel: Channel
    key: str = Field(description="seq or message_id")
    status: SegmentStatus
    verdict: Advice | None = Field(None, description="advice; null until the segment is done")
    review_by: datetime | None = Field(None, description="earliest deadline of the cases opened")
    text: str | None = Field(None, description="the text that spans count in")
    transcript: TranscriptOut | None = None
    findings: list[FindingOut] = []
    revisions: list[RevisionOut] = []
    notices: list[NoticeOut] = []
    problem: FailureOut | None = None
    offset_ms: int | None = None
    duration_ms: int | None = None
    accepted_at: datetime
    attempts: int
    versions: dict[str, str] = {}
    timings_ms: dict[str, float] = {}
    stream_revision: int

    @classmethod
    def of(cls, result: SegmentResult) -> Self:
        """From the record."""
        problem = result.problem
        return cls(
            segment_id=result.segment_id,
            stream_id=result.key.stream_id,
            channel=result.key.channel,
            key=result.key.key,
            status=result.status,
            verdict=result.verdict,
            review_by=result.review_by,
            text=result.transcript.text if result.transcript else result.text,
            transcript=TranscriptOut.of(result.transcript) if result.transcript else None,
            findings=[FindingOut.of(f) for f in result.findings],
            revisions=[RevisionOut.of(r) for r in result.revisions],
            notices=[NoticeOut(code=n.code, detail=n.detail) for n in result.notices],
            problem=FailureOut(
                code=problem.code, status=problem.status, title=problem.title_en, detail=problem.detail,
                advice=problem.advice_en,
            ) if problem else None,
            offset_ms=result.offset_ms,
            duration_ms=result.duration_ms,
            accepted_at=result.accepted_at,
            attempts=result.attempts,
            versions=dict(result.versions),
            timings_ms=dict(result.timings),
            stream_revision=result.stream_revision,
        )  # fmt: skip
