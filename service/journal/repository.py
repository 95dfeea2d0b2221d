"""Rows of the embedded journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, select, update

from service.domain.segment import ProblemReport, SegmentKey
from service.domain.vocabulary import Channel
from service.storage.codec import dump
from service.storage.tables import journal


class State(StrEnum):
    """Where a segment is on its way."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    DONE = "done"
    FAILED = "failed"


OPEN_STATES = (State.QUEUED, State.CLAIMED)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the journal holds about a key."""

    segment_id: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A claimable row. `attempts` were made before."""

    segment_id: str
    key: SegmentKey
    data: str
    content_sha256: str
    attempts: int
    accepted_at: int


def find(connection: Connection, key: SegmentKey) -> Kept | None:
    """What is kept under `key`."""
    row = connection.execute(
        select(journal.c.segment_id, journal.c.fingerprint).where(
            journal.c.tenant == key.tenant,
            journal.c.stream_id == key.stream_id,
            journal.c.channel == key.channel.value,
            journal.c.key == key.key,
        )
    ).one_or_none()
    return Kept(row.segment_id, row.fingerprint) if row else None


def add(
    connection: Connection,
    key: SegmentKey,
    segment_id: str,
    *,
    fingerprint: str,
    content_sha256: str,
    data: str,
    now_ms: int,
) -> None:
    """Accept a segment. The unique key refuses a second one."""
    connection.execute(
        insert(journal).values(
            segment_id=segment_id,
            tenant=key.tenant,
            stream_id=key.stream_id,
            channel=key.channel.value,
            key=key.key,
            fingerprint=fingerprint,
            content_sha256=content_sha256,
            data=data,
            state=State.QUEUED.value,
            attempts=0,
            not_before=now_ms,
            accepted_at=now_ms,
        )
    )


def due(connection: Connection, now_ms: int, limit: int) -> list[Turn]:
    """Queued rows whose time has come, in order of acceptance, across all tenants."""
    rows = connection.execute(
        select(journal)
        .where(journal.c.state == State.QUEUED.value, journal.c.not_before <= now_ms)
        .order_by(journal.c.position)
        .limit(limit)
    ).all()
    return [
        Turn(row.segment_id, _key(row), row.data, row.content_sha256, row.attempts, row.accepted_at)
        for row in rows
    ]


def next_due(connection: Connection) -> int | None:
    """When the earliest queued row may be claimed, milliseconds since 1970."""
    earliest: int | None = connection.execute(
        select(func.min(journal.c.not_before)).where(journal.c.state == State.QUEUED.value)
    ).scalar_one()
    return earliest


def start_attempts(connection: Connection, segment_ids: Sequence[str]) -> None:
    """Mark rows as claimed and count the attempt."""
    connection.execute(
        update(journal)
        .where(journal.c.segment_id.in_(segment_ids))
        .values(state=State.CLAIMED.value, attempts=journal.c.attempts + 1)
    )


def settle(connection: Connection, tenant: str, segment_id: str) -> None:
    """The segment is done. Runs in the transaction that records its result."""
    connection.execute(
        update(journal)
        .where(journal.c.tenant == tenant, journal.c.segment_id == segment_id)
        .values(state=State.DONE.value, problem=None)
    )


def put_back(connection: Connection, segment_id: str, problem: ProblemReport, *, not_before: int) -> None:
    """Queue an attempted row again."""
    _unless_settled(
        connection, segment_id, state=State.QUEUED.value, not_before=not_before, problem=dump(problem)
    )


def fail(connection: Connection, segment_id: str, problem: ProblemReport) -> None:
    """The segment has failed for good."""
    _unless_settled(connection, segment_id, state=State.FAILED.value, problem=dump(problem))


def attempts_of(connection: Connection, segment_id: str) -> int:
    """Attempts made so far."""
    made: int = connection.execute(
        select(journal.c.attempts).where(journal.c.segment_id == segment_id)
    ).scalar_one()
    return made


def release_claims(connection: Connection) -> int:
    """Queue again what a dead process had claimed; returns how many rows."""
    return connection.execute(
        update(journal).where(journal.c.state == State.CLAIMED.value).values(state=State.QUEUED.value)
    ).rowcount


def count_open(connection: Connection) -> int:
    """Accepted rows that are not settled."""
    return connection.execute(
        select(func.count()).where(journal.c.state.in_([s.value for s in OPEN_STATES]))
    ).scalar_one()


def is_settled(connection: Connection, segment_id: str) -> bool:
    """Whether the row is done or failed. Raises NoResultFound for an unknown segment."""
    state = connection.execute(select(journal.c.state).where(journal.c.segment_id == segment_id)).scalar_one()
    return state not in OPEN_STATES


def _unless_settled(connection: Connection, segment_id: str, **values: Any) -> None:
    open_states = [s.value for s in OPEN_STATES]
    connection.execute(
        update(journal)
        .where(and_(journal.c.segment_id == segment_id, journal.c.state.in_(open_states)))
        .values(**values)
    )


def _key(row: Row[Any]) -> SegmentKey:
    return SegmentKey(row.tenant, row.stream_id, Channel(row.channel), row.key)
