"""Rows of cases and their notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, or_, select, update

from service.domain.event import Event
from service.domain.instants import from_ms, to_ms
from service.domain.review import Case, CaseKind, CaseNote, CasePage, CaseStatus, Decision
from service.domain.vocabulary import Advice, Severity, SubjectKind
from service.errors import BozhengError
from service.review import cursor as cursors
from service.review.problems import CASE_NOT_FOUND
from service.storage.codec import dump, load
from service.storage.tables import NEVER, case_findings, case_notes, cases


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases to list; None means any."""

    status: CaseStatus | None = None
    kind: CaseKind | None = None
    stream_id: str | None = None
    subject_kind: SubjectKind | None = None
    subject_id: str | None = None
    item: str | None = None
    min_severity: Severity | None = None


def list_cases(
    connection: Connection, tenant: str, where: CaseFilter, limit: int, cursor: str | None = None
) -> CasePage:
    """Cases, the earliest deadline first, those without one last. Raises `cursor.invalid`."""
    conditions = [cases.c.tenant == tenant, *_conditions(where)]
    if cursor is not None:
        due_at, case_id = cursors.decode(cursor)
        later = and_(cases.c.due_at == due_at, cases.c.id > case_id)
        conditions.append(or_(cases.c.due_at > due_at, later))
    rows = connection.execute(
        select(cases).where(*conditions).order_by(cases.c.due_at, cases.c.id).limit(limit + 1)
    ).all()
    page = rows[:limit]
    more = len(rows) > limit
    next_cursor = cursors.encode(page[-1].due_at, page[-1].id) if more and page else None
    return CasePage(_cases(connection, tenant, page), next_cursor)


def get_case(connection: Connection, tenant: str, case_id: str) -> Case:
    """One case. Raises `case.not_found`, also for another tenant's."""
    row = connection.execute(
        select(cases).where(cases.c.tenant == tenant, cases.c.id == case_id)
    ).one_or_none()
    if row is None:
        raise BozhengError(CASE_NOT_FOUND, f"no case {case_id!r}")
    return _cases(connection, tenant, [row])[0]


def cases_of_findings(connection: Connection, tenant: str, finding_ids: Sequence[str]) -> tuple[Case, ...]:
    """Cases, withdrawn ones apart, whose event names one of these findings."""
    linked = select(case_findings.c.case_id).where(
        case_findings.c.tenant == tenant, case_findings.c.finding_id.in_(finding_ids)
    )
    rows = connection.execute(
        select(cases).where(
            cases.c.tenant == tenant,
            cases.c.id.in_(linked),
            cases.c.status != CaseStatus.WITHDRAWN.value,
        )
    ).all()
    return _cases(connection, tenant, rows)


def save(connection: Connection, tenant: str, case: Case) -> None:
    """Insert a case or change the row of one that exists. Notes are added by `add_note`."""
    values = _values(case)
    mine = (cases.c.tenant == tenant) & (cases.c.id == case.id)
    if not connection.execute(update(cases).where(mine).values(values)).rowcount:
        connection.execute(insert(cases).values(id=case.id, tenant=tenant, **values))
    connection.execute(delete(case_findings).where(case_findings.c.case_id == case.id))
    connection.execute(
        insert(case_findings),
        [{"tenant": tenant, "finding_id": i, "case_id": case.id} for i in case.event.finding_ids],
    )


def add_note(connection: Connection, tenant: str, case_id: str, text: str, now: datetime) -> None:
    """Append a note to a case's history."""
    number = connection.execute(
        select(func.count()).select_from(case_notes).where(case_notes.c.case_id == case_id)
    ).scalar_one()
    connection.execute(
        insert(case_notes).values(case_id=case_id, number=number + 1, tenant=tenant, at=to_ms(now), text=text)
    )


def _conditions(where: CaseFilter) -> list[ColumnElement[bool]]:
    equal = {
        cases.c.status: where.status,
        cases.c.kind: where.kind,
        cases.c.stream_id: where.stream_id,
        cases.c.subject_kind: where.subject_kind,
        cases.c.subject_id: where.subject_id,
        cases.c.item: where.item,
    }
    conditions: list[ColumnElement[bool]] = [
        column == str(value) for column, value in equal.items() if value is not None
    ]
    if where.min_severity is not None:
        conditions.append(cases.c.severity_rank >= where.min_severity.rank)
    return conditions


def _values(case: Case) -> dict[str, Any]:
    group = case.event.group
    return {
        "stream_id": group.stream_id,
        "kind": case.kind.value,
        "status": case.status.value,
        "severity_rank": case.event.severity.rank,
        "item": group.subtype[0],
        "subject_kind": group.subject.kind.value,
        "subject_id": group.subject.id,
        "opened_at": to_ms(case.opened_at),
        "due_at": to_ms(case.deadline) if case.deadline else NEVER,
        "flagged": case.flagged,
        "event": dump(case.event),
        "advice": case.advice.value,
        "decision": dump(case.decision) if case.decision else None,
    }


def _cases(connection: Connection, tenant: str, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[Case, ...]:
    notes: dict[str, list[CaseNote]] = {row.id: [] for row in rows}
    found = connection.execute(
        select(case_notes)
        .where(case_notes.c.tenant == tenant, case_notes.c.case_id.in_(list(notes)))
        .order_by(case_notes.c.case_id, case_notes.c.number)
    )
    for note in found:
        notes[note.case_id].append(CaseNote(from_ms(note.at), note.text))
    return tuple(_case(row, notes[row.id]) for row in rows)


def _case(row: Row[*tuple[Any, ...]], notes: Sequence[CaseNote]) -> Case:
    return Case(
        id=row.id,
        kind=CaseKind(row.kind),
        status=CaseStatus(row.status),
        event=load(Event, row.event),
        advice=Advice(row.advice),
        opened_at=from_ms(row.opened_at),
        deadline=from_ms(row.due_at) if row.due_at < NEVER else None,
        decision=load(Decision, row.decision) if row.decision else None,
        flagged=row.flagged,
        notes=tuple(notes),
    )
