"""Rows of findings: appended, never edited. The newest revision of a finding is the current one."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, func, insert, select
from sqlalchemy.sql.expression import exists

from service.domain.event import Located
from service.domain.finding import Finding
from service.domain.review import CaseStatus
from service.domain.segment import Change
from service.domain.vocabulary import Channel, SubjectKind
from service.storage.codec import dump, load
from service.storage.tables import NEVER, case_findings, cases, findings
from service.streams.matching import Delta

GroupKey = tuple[SubjectKind, str, str]
"""Subject kind, subject id, subtype: findings of different groups are never one event."""


def group_of(finding: Finding) -> GroupKey | None:
    """The group of a finding; None without a subject."""
    subject = finding.subject
    return (subject.kind, subject.id, finding.subtype) if subject else None


def current_findings(connection: Connection, tenant: str, stream_id: str) -> tuple[Located, ...]:
    """All current findings of a stream, exempt ones too, in stream order."""
    return _select(connection, findings.c.tenant == tenant, findings.c.stream_id == stream_id)


def findings_of_segments(
    connection: Connection, tenant: str, segment_ids: Sequence[str]
) -> tuple[Located, ...]:
    """Current findings of the named segments."""
    return _select(connection, findings.c.tenant == tenant, findings.c.segment_id.in_(segment_ids))


def findings_of_group(
    connection: Connection, tenant: str, stream_id: str, group: GroupKey
) -> tuple[Located, ...]:
    """Current findings of one group of a stream."""
    kind, subject_id, subtype = group
    return _select(
        connection,
        findings.c.tenant == tenant,
        findings.c.stream_id == stream_id,
        findings.c.subject_kind == kind.value,
        findings.c.subject_id == subject_id,
        findings.c.subtype == subtype,
    )


def groups_of_stream(connection: Connection, tenant: str, stream_id: str) -> set[GroupKey]:
    """Every group that the stream's findings ever had."""
    rows = connection.execute(
        select(findings.c.subject_kind, findings.c.subject_id, findings.c.subtype)
        .where(findings.c.tenant == tenant, findings.c.stream_id == stream_id)
        .distinct()
    )
    return {(SubjectKind(kind), subject_id, subtype) for kind, subject_id, subtype in rows}


def findings_by_id(connection: Connection, tenant: str, ids: Sequence[str]) -> tuple[Located, ...]:
    """Current findings among the named ones; withdrawn ones are missing."""
    return _select(connection, findings.c.tenant == tenant, findings.c.id.in_(ids))


def add_deltas(
    connection: Connection,
    tenant: str,
    stream_id: str,
    deltas: Iterable[Delta],
    *,
    caused_by: str,
    stream_revision: int,
) -> None:
    """Append one row per change. `caused_by` is the segment whose words brought it."""
    rows = []
    for delta in deltas:
        finding = delta.after.finding
        if finding.subject is None or finding.verdict is None:
            raise ValueError("a finding is kept with its subject and verdict")
        rows.append(
            {
                "tenant": tenant,
                "id": finding.id,
                "revision": finding.revision,
                "stream_id": stream_id,
                "segment_id": delta.after.segment_id,
                "channel": delta.after.channel.value,
                "subject_kind": finding.subject.kind.value,
                "subject_id": finding.subject.id,
                "subtype": finding.subtype,
                "verdict": finding.verdict.value,
                "change": delta.change.value,
                "caused_by": caused_by,
                "stream_revision": stream_revision,
                "data": dump(finding),
            }
        )
    if rows:
        connection.execute(insert(findings), rows)


def earliest_deadline(connection: Connection, tenant: str, finding_ids: Sequence[str]) -> int | None:
    """When the first pending case of these findings is due, milliseconds since 1970; None without one."""
    due: int | None = connection.execute(
        select(func.min(cases.c.due_at))
        .join_from(case_findings, cases, case_findings.c.case_id == cases.c.id)
        .where(
            case_findings.c.tenant == tenant,
            case_findings.c.finding_id.in_(finding_ids),
            cases.c.status == CaseStatus.PENDING.value,
            cases.c.due_at < NEVER,
        )
    ).scalar_one()
    return due


def _select(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[Located, ...]:
    newer = findings.alias()
    superseded = exists().where(
        newer.c.tenant == findings.c.tenant,
        newer.c.id == findings.c.id,
        newer.c.revision == findings.c.revision + 1,
    )
    rows = connection.execute(
        select(findings.c.segment_id, findings.c.channel, findings.c.data).where(
            *conditions, findings.c.change != Change.WITHDRAWN.value, ~superseded
        )
    )
    located = [Located(row.segment_id, Channel(row.channel), load(Finding, row.data)) for row in rows]
    return tuple(sorted(located, key=_order))


def _order(located: Located) -> tuple[bool, int, str, tuple[int, int], str]:
    finding = located.finding
    start = finding.stream_start_ms
    return start is None, start or 0, finding.occurred_at or "", finding.span, finding.id
