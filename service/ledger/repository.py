"""Rows of the ledger and of anchors. Ledger rows are only ever inserted."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from service.domain.event import Event
from service.domain.instants import to_ms
from service.domain.ledger import Anchor, LedgerEntry
from service.domain.review import CaseKind, CaseStatus, Decision
from service.domain.vocabulary import SubjectKind
from service.errors import BozhengError
from service.ledger.entries import next_entry
from service.ledger.problems import ANCHOR_NOT_FOUND
from service.storage.codec import dump, load
from service.storage.tables import anchors, cases, ledger


def append(
    connection: Connection, tenant: str, case_id: str, event: Event, decision: Decision
) -> LedgerEntry:
    """Add a decided fact to the tenant's chain. Runs in the transaction of the decision."""
    row = connection.execute(
        select(ledger).where(ledger.c.tenant == tenant).order_by(ledger.c.seq.desc()).limit(1)
    ).one_or_none()
    entry = next_entry(_entry(row) if row else None, tenant, case_id, event, decision)
    connection.execute(
        insert(ledger).values(
            tenant=tenant,
            seq=entry.seq,
            subject_kind=event.group.subject.kind.value,
            subject_id=event.group.subject.id,
            data=dump(entry),
        )
    )
    return entry


def chain(connection: Connection, tenant: str) -> tuple[LedgerEntry, ...]:
    """All entries of a tenant, in order."""
    rows = connection.execute(select(ledger).where(ledger.c.tenant == tenant).order_by(ledger.c.seq))
    return tuple(_entry(row) for row in rows)


def entries_of(
    connection: Connection, tenant: str, kind: SubjectKind, subject_id: str
) -> tuple[LedgerEntry, ...]:
    """Entries about one subject, in order."""
    rows = connection.execute(
        select(ledger)
        .where(
            ledger.c.tenant == tenant,
            ledger.c.subject_kind == kind.value,
            ledger.c.subject_id == subject_id,
        )
        .order_by(ledger.c.seq)
    )
    return tuple(_entry(row) for row in rows)


def pending_violations(connection: Connection, tenant: str, kind: SubjectKind, subject_id: str) -> int:
    """Candidate events of a subject that wait for a person; requests for evidence are none."""
    return connection.execute(
        select(func.count())
        .select_from(cases)
        .where(
            cases.c.tenant == tenant,
            cases.c.subject_kind == kind.value,
            cases.c.subject_id == subject_id,
            cases.c.status == CaseStatus.PENDING.value,
            cases.c.kind == CaseKind.VIOLATION.value,
        )
    ).scalar_one()


def put_anchor(connection: Connection, tenant: str, anchor: Anchor, now: datetime) -> Anchor:
    """Register an anchor or change what is registered."""
    data, now_ms = dump(anchor), to_ms(now)
    changed = connection.execute(
        update(anchors)
        .where(anchors.c.tenant == tenant, anchors.c.id == anchor.id)
        .values(data=data, updated_at=now_ms)
    ).rowcount
    if not changed:
        connection.execute(
            insert(anchors).values(
                tenant=tenant, id=anchor.id, data=data, created_at=now_ms, updated_at=now_ms
            )
        )
    return anchor


def get_anchor(connection: Connection, tenant: str, anchor_id: str) -> Anchor:
    """The registered anchor. Raises `anchor.not_found`, also for another tenant's."""
    row = connection.execute(
        select(anchors.c.data).where(anchors.c.tenant == tenant, anchors.c.id == anchor_id)
    ).one_or_none()
    if row is None:
        raise BozhengError(ANCHOR_NOT_FOUND, f"no anchor {anchor_id!r}")
    return load(Anchor, row.data)


def _entry(row: Row[*tuple[Any, ...]]) -> LedgerEntry:
    return load(LedgerEntry, row.data)
