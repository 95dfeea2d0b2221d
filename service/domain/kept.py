"""What is kept of a segment for later analysis: its words, its place, and the facts that it was judged by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from service.domain.context import AnalysisContext
from service.domain.finding import Subject
from service.domain.segment import SegmentKey
from service.domain.transcript import Transcript


@dataclass(frozen=True, slots=True)
class SegmentFacts:
    """Pinned at the first analysis and used for every later one (architecture §3f). `started_at` is stream
    time zero; `versions` name what decided."""

    context: AnalysisContext
    subject: Subject
    started_at: datetime | None
    sent_at: datetime | None
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KeptSegment:
    """A segment's words on their lane.

    Segments of one lane are read together (architecture §3c, §3h): all speech of a stream, or one author's
    messages. `start_ms`, `end_ms` are milliseconds on the lane's own clock: stream time for speech, time of
    sending for messages. `transcript` is None for messages; its token times count from `start_ms`.
    `offset_ms` is stream time where it is known.
    """

    segment_id: str
    key: SegmentKey
    lane: str
    start_ms: int
    end_ms: int
    text: str
    transcript: Transcript | None
    facts: SegmentFacts
    offset_ms: int | None
