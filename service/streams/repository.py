"""Rows of streams."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from service.domain.instants import from_ms, to_ms
from service.domain.stream import Stream, StreamState, StreamSummary
from service.domain.vocabulary import SegmentStatus
from service.errors import BozhengError
from service.storage.codec import dump, load
from service.storage.tables import cases, journal, streams, tenants
from service.streams.findings.repository import current_findings
from service.streams.problems import STALE_REVISION, STREAM_NOT_FOUND

__all__ = ["advance", "current_findings", "get_stream", "home_platform_of", "put_stream", "summarise"]

_STATUS_OF_STATE = {"queued": SegmentStatus.ACCEPTED, "claimed": SegmentStatus.ACCEPTED}


def put_stream(connection: Connection, tenant: str, stream: Stream, now: datetime) -> StreamState:
    """Declare a stream or change its facts; equal facts change nothing. Segments that were analysed before
    keep the facts that they were judged by."""
    row = _row(connection, tenant, stream.id)
    data, now_ms = dump(stream), to_ms(now)
    if row is None:
        connection.execute(
            insert(streams).values(
                tenant=tenant, id=stream.id, data=data, revision=0, created_at=now_ms, updated_at=now_ms
            )
        )
    elif row.data != data:
        connection.execute(
            update(streams)
            .where(streams.c.tenant == tenant, streams.c.id == stream.id)
            .values(data=data, revision=streams.c.revision + 1, updated_at=now_ms)
        )
    return get_stream(connection, tenant, stream.id)


def get_stream(connection: Connection, tenant: str, stream_id: str) -> StreamState:
    """The stream as declared. Raises `stream.not_found`, also for another tenant's."""
    row = _row(connection, tenant, stream_id)
    if row is None:
        raise BozhengError(STREAM_NOT_FOUND, f"no stream {stream_id!r}")
    return StreamState(load(Stream, row.data), row.revision, from_ms(row.created_at), from_ms(row.updated_at))


def home_platform_of(connection: Connection, tenant: str) -> frozenset[str]:
    """The tenant's setting of what counts as on-platform; empty where nothing was set."""
    row = connection.execute(select(tenants.c.home_platform).where(tenants.c.id == tenant)).one_or_none()
    return frozenset(json.loads(row.home_platform)) if row else frozenset()


def advance(connection: Connection, tenant: str, stream_id: str, expected: int, now: datetime) -> int:
    """Compare-and-swap of the stream's revision; returns the new one. Raises `stream.changed` when it is not
    `expected` any more."""
    changed = connection.execute(
        update(streams)
        .where(streams.c.tenant == tenant, streams.c.id == stream_id, streams.c.revision == expected)
        .values(revision=expected + 1, updated_at=to_ms(now))
    ).rowcount
    if changed != 1:
        raise BozhengError(STALE_REVISION, f"stream {stream_id!r} is past revision {expected}")
    return expected + 1


def summarise(connection: Connection, tenant: str, stream_id: str) -> StreamSummary:
    """The stream with its counts. Raises `stream.not_found`."""
    state = get_stream(connection, tenant, stream_id)
    segments = {status.value: 0 for status in SegmentStatus}
    rows = connection.execute(
        select(journal.c.state, func.count())
        .where(journal.c.tenant == tenant, journal.c.stream_id == stream_id)
        .group_by(journal.c.state)
    )
    for name, count in rows:
        segments[_STATUS_OF_STATE.get(name, name)] += count
    findings: dict[str, int] = {}
    for located in current_findings(connection, tenant, stream_id):
        verdict = located.finding.verdict
        if verdict is not None:
            findings[verdict.value] = findings.get(verdict.value, 0) + 1
    by_status = connection.execute(
        select(cases.c.status, func.count())
        .where(cases.c.tenant == tenant, cases.c.stream_id == stream_id)
        .group_by(cases.c.status)
    )
    return StreamSummary(state, segments, findings, {row.status: row[1] for row in by_status})


def _row(connection: Connection, tenant: str, stream_id: str) -> Row[*tuple[Any, ...]] | None:
    return connection.execute(
        select(streams).where(streams.c.tenant == tenant, streams.c.id == stream_id)
    ).one_or_none()
