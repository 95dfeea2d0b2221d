"""What is answered about a segment: as first recorded, and as it stands now (architecture §3g)."""

from dataclasses import replace

from sqlalchemy import Connection

from service.domain.advice import advise
from service.domain.instants import from_ms
from service.domain.segment import SegmentKey, SegmentResult
from service.domain.vocabulary import SegmentStatus
from service.streams.findings.repository import earliest_deadline, findings_of_segments
from service.streams.repository import get_stream
from service.streams.segments.repository import first_answer, result_by_key

__all__ = ["current_answer", "first_answer"]


def current_answer(connection: Connection, key: SegmentKey) -> SegmentResult:
    """The segment with its current findings. Raises `segment.not_found`."""
    first = result_by_key(connection, key)
    revision = get_stream(connection, key.tenant, key.stream_id).revision
    if first.status is not SegmentStatus.DONE:
        return replace(first, stream_revision=revision)
    located = findings_of_segments(connection, key.tenant, [first.segment_id])
    findings = tuple(one.finding for one in located)
    due = earliest_deadline(connection, key.tenant, [f.id for f in findings])
    return replace(
        first,
        findings=findings,
        verdict=advise(findings),
        review_by=from_ms(due) if due is not None else None,
        stream_revision=revision,
    )
