"""A segment on its way: what was sent, what was claimed, what came out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from service.domain.finding import Finding
from service.domain.transcript import Transcript
from service.domain.vocabulary import Advice, Channel, SegmentStatus, SpeakerRole


@dataclass(frozen=True, slots=True)
class SegmentKey:
    """What makes a segment one and the same however often it is sent (architecture §3g): `key` is the `seq`
    of a speech segment as decimal digits, or the `message_id` of a text message."""

    tenant: str
    stream_id: str
    channel: Channel
    key: str


@dataclass(frozen=True, slots=True)
class Submission:
    """One segment as a platform sent it: audio bytes for speech, `text` for every other channel.

    `offset_ms` is the stream time of the first audio sample (speech, required) or of the message (optional).
    `sent_at` is when a message was sent (aware). `speaker_id` names a declared speaker of a speech segment;
    `author_id` and `author_role` tell who wrote a message; `product_id` what is on sale meanwhile.
    """

    key: SegmentKey
    audio: bytes | None = field(default=None, repr=False)
    text: str | None = None
    offset_ms: int | None = None
    sent_at: datetime | None = None
    speaker_id: str | None = None
    author_id: str | None = None
    author_role: SpeakerRole = SpeakerRole.UNKNOWN
    product_id: str | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for a record that no edge may let through."""
        speech = self.key.channel is Channel.SPEECH
        if speech and (self.audio is None or self.text is not None or self.offset_ms is None):
            raise ValueError("a speech segment has audio bytes, an offset_ms and no text")
        if not speech and (self.text is None or self.audio is not None):
            raise ValueError("a text message has text and no audio")
        if self.offset_ms is not None and self.offset_ms < 0:
            raise ValueError("offset_ms counts from the start of the stream")
        if self.sent_at is not None and self.sent_at.tzinfo is None:
            raise ValueError("sent_at needs a time zone")


class Outcome(StrEnum):
    """What became of an append: kept now, kept before with the same content, or refused for other content."""

    ACCEPTED = "accepted"
    REPEAT = "repeat"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Answer of the journal. `segment_id` is that of the kept segment, also for a repeat or a conflict."""

    outcome: Outcome
    segment_id: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A segment handed to the worker. `attempt` counts from 1 and was committed before it was handed out.

    `sha256` is that of the audio bytes, or of the UTF-8 text of a message.
    """

    segment_id: str
    submission: Submission
    sha256: str
    attempt: int
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class ProblemReport:
    """Why a segment failed: the code, HTTP status and both titles of a `ProblemType`, and what was wrong."""

    code: str
    status: int
    title_en: str
    title_zh: str
    advice_en: str
    advice_zh: str
    detail: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth telling about a segment that was nevertheless analysed (`audio.truncated`, …)."""

    code: str
    detail: str


class Change(StrEnum):
    """What happened to a finding (architecture §3d)."""

    OPENED = "opened"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Revision:
    """A change of a finding of another segment, caused by later or late words. A withdrawn finding is shown
    as it last was. `segment_id` and `segment_key` name the segment that the finding belongs to."""

    change: Change
    segment_id: str
    segment_key: str
    channel: Channel
    finding: Finding


@dataclass(frozen=True, slots=True)
class SegmentResult:
    """Everything known about one segment. `timings` are milliseconds per stage; `versions` name what decided.

    `stream_revision` is the stream's revision that this result belongs to. `review_by` is the earliest
    deadline of the pending cases of its findings. `verdict` is advice, None until the segment is done.
    """

    segment_id: str
    key: SegmentKey
    status: SegmentStatus
    accepted_at: datetime
    attempts: int = 0
    offset_ms: int | None = None
    duration_ms: int | None = None
    transcript: Transcript | None = None
    text: str | None = None
    findings: tuple[Finding, ...] = ()
    revisions: tuple[Revision, ...] = ()
    verdict: Advice | None = None
    review_by: datetime | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    timings: Mapping[str, float] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    problem: ProblemReport | None = None
    stream_revision: int = 0
