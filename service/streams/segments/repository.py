"""Rows of segments: what was kept of each for later analysis, and its first answer."""

from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from service.domain.instants import from_ms
from service.domain.kept import KeptSegment, SegmentFacts
from service.domain.segment import ProblemReport, SegmentKey, SegmentResult
from service.domain.transcript import Transcript
from service.domain.vocabulary import Channel, SegmentStatus
from service.errors import BozhengError
from service.storage.codec import dump, load
from service.storage.tables import journal, segments
from service.streams.facts import SPEECH_LANE
from service.streams.problems import SEGMENT_NOT_FOUND


def add_segment(connection: Connection, kept: KeptSegment) -> None:
    """Keep a segment. Its answer follows in the same transaction."""
    product = kept.facts.context.product
    connection.execute(
        insert(segments).values(
            segment_id=kept.segment_id,
            tenant=kept.key.tenant,
            stream_id=kept.key.stream_id,
            channel=kept.key.channel.value,
            key=kept.key.key,
            lane=kept.lane,
            start_ms=kept.start_ms,
            end_ms=kept.end_ms,
            offset_ms=kept.offset_ms,
            product_id=product.id if product else None,
            transcript=dump(kept.transcript) if kept.transcript else None,
            text=kept.text,
            facts=dump(kept.facts),
        )
    )


def store_answer(connection: Connection, answer: SegmentResult) -> None:
    """Keep a segment's first answer."""
    connection.execute(
        update(segments)
        .where(segments.c.tenant == answer.key.tenant, segments.c.segment_id == answer.segment_id)
        .values(answer=dump(answer))
    )


def find_answer(connection: Connection, tenant: str, segment_id: str) -> SegmentResult | None:
    """The first answer of a recorded segment."""
    data = connection.execute(
        select(segments.c.answer).where(segments.c.tenant == tenant, segments.c.segment_id == segment_id)
    ).scalar_one_or_none()
    return load(SegmentResult, data) if data is not None else None


def lane(
    connection: Connection, tenant: str, stream_id: str, name: str, start_ms: int, end_ms: int
) -> list[KeptSegment]:
    """Segments of a lane that meet [start_ms, end_ms] of its clock, in lane order."""
    rows = connection.execute(
        select(segments)
        .where(
            segments.c.tenant == tenant,
            segments.c.stream_id == stream_id,
            segments.c.lane == name,
            segments.c.start_ms <= end_ms,
            segments.c.end_ms >= start_ms,
        )
        .order_by(segments.c.start_ms, segments.c.key)
    )
    return [_kept(row) for row in rows]


def product_changes(connection: Connection, tenant: str, stream_id: str) -> tuple[int, ...]:
    """Stream milliseconds at which the product on sale changed, as the speech segments name it.
    One that names none says nothing about it."""
    before = func.lag(segments.c.product_id).over(order_by=(segments.c.start_ms, segments.c.key))
    named = (
        select(segments.c.start_ms, segments.c.product_id, before.label("before"))
        .where(
            segments.c.tenant == tenant,
            segments.c.stream_id == stream_id,
            segments.c.lane == SPEECH_LANE,
            segments.c.product_id.is_not(None),
        )
        .subquery()
    )
    rows = connection.execute(
        select(named.c.start_ms)
        .where(named.c.product_id.is_distinct_from(named.c.before))
        .order_by(named.c.start_ms)
    )
    return tuple(rows.scalars())


def first_answer(connection: Connection, tenant: str, segment_id: str) -> SegmentResult:
    """What the first POST got or would have got: the result as first recorded, or the state of a segment
    without one. Raises `segment.not_found`."""
    mine = (journal.c.tenant == tenant) & (journal.c.segment_id == segment_id)
    return _result(connection.execute(_joined().where(mine)).one_or_none(), segment_id)


def result_by_key(connection: Connection, key: SegmentKey) -> SegmentResult:
    """The same by key."""
    mine = (
        (journal.c.tenant == key.tenant)
        & (journal.c.stream_id == key.stream_id)
        & (journal.c.channel == key.channel.value)
        & (journal.c.key == key.key)
    )
    return _result(connection.execute(_joined().where(mine)).one_or_none(), key.key)


def _joined() -> Select[*tuple[Any, ...]]:
    return select(
        journal.c.segment_id,
        journal.c.tenant,
        journal.c.stream_id,
        journal.c.channel,
        journal.c.key,
        journal.c.state,
        journal.c.attempts,
        journal.c.accepted_at,
        journal.c.problem,
        segments.c.answer,
    ).join_from(journal, segments, journal.c.segment_id == segments.c.segment_id, isouter=True)


def _result(row: Row[*tuple[Any, ...]] | None, name: str) -> SegmentResult:
    if row is None:
        raise BozhengError(SEGMENT_NOT_FOUND, f"no segment {name!r}")
    if row.answer is not None:
        return load(SegmentResult, row.answer)
    failed = row.state == SegmentStatus.FAILED.value
    return SegmentResult(
        segment_id=row.segment_id,
        key=SegmentKey(row.tenant, row.stream_id, Channel(row.channel), row.key),
        status=SegmentStatus.FAILED if failed else SegmentStatus.ACCEPTED,
        accepted_at=from_ms(row.accepted_at),
        attempts=row.attempts,
        problem=load(ProblemReport, row.problem) if row.problem else None,
    )


def _kept(row: Row[*tuple[Any, ...]]) -> KeptSegment:
    return KeptSegment(
        segment_id=row.segment_id,
        key=SegmentKey(row.tenant, row.stream_id, Channel(row.channel), row.key),
        lane=row.lane,
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        text=row.text,
        transcript=load(Transcript, row.transcript) if row.transcript else None,
        facts=load(SegmentFacts, row.facts),
        offset_ms=row.offset_ms,
    )
