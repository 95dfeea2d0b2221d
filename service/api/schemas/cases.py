"""Cases: what a person decides."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, Field, StringConstraints

from service.api.schemas.common import Strict
from service.api.schemas.findings import SubjectOut
from service.domain.review import Case, CaseKind, CasePage, CaseStatus, DecisionKind, ReasonCode
from service.domain.vocabulary import Advice, Channel, Severity, Verdict


class DecisionIn(Strict):
    """A reviewer's word. Only a confirmed case counts (handbook §1.2)."""

    decision: DecisionKind
    reason: ReasonCode
    note: Annotated[str, StringConstraints(max_length=4000)] = ""


class DecisionOut(BaseModel):
    """A decision that was made."""

    decision: DecisionKind
    reviewer: str
    reason: ReasonCode
    note: str
    decided_at: datetime


class NoteOut(BaseModel):
    """What happened to a case."""

    at: datetime
    text: str


class CaseOut(BaseModel):
    """One event put before a person."""

    id: str
    kind: CaseKind
    status: CaseStatus
    stream_id: str
    channel: Channel
    subject: SubjectOut
    item: str
    subtype: str
    product_id: str | None
    verdict: Verdict
    severity: Severity
    advice: Advice
    finding_ids: list[str]
    texts: list[str]
    start_ms: int | None = Field(description="stream time")
    end_ms: int | None
    occurred_at: datetime | None
    opened_at: datetime
    deadline: datetime | None = Field(description="handbook §1.3")
    decision: DecisionOut | None
    flagged: bool = Field(description="later words would now give another event than the one decided")
    notes: list[NoteOut]

    @classmethod
    def of(cls, case: Case) -> Self:
        """From the record."""
        group, made = case.event.group, case.decision
        return cls(
            id=case.id,
            kind=case.kind,
            status=case.status,
            stream_id=group.stream_id,
            channel=group.channel,
            subject=SubjectOut(kind=group.subject.kind, id=group.subject.id, basis=group.subject.basis),
            item=group.subtype[0],
            subtype=group.subtype,
            product_id=group.product_id,
            verdict=case.event.verdict,
            severity=case.event.severity,
            advice=case.advice,
            finding_ids=list(case.event.finding_ids),
            texts=list(case.event.texts),
            start_ms=case.event.start_ms,
            end_ms=case.event.end_ms,
            occurred_at=case.event.occurred_at,
            opened_at=case.opened_at,
            deadline=case.deadline,
            decision=DecisionOut(
                decision=made.kind, reviewer=made.reviewer, reason=made.reason, note=made.note,
                decided_at=made.decided_at,
            ) if made else None,
            flagged=case.flagged,
            notes=[NoteOut(at=n.at, text=n.text) for n in case.notes],
        )  # fmt: skip


class CasesOut(BaseModel):
    """One page, most urgent first."""

    cases: list[CaseOut]
    next_cursor: str | None = Field(description="send it back as `cursor`; null on the last page")

    @classmethod
    def of(cls, page: CasePage) -> Self:
        """From the record."""
        return cls(cases=[CaseOut.of(c) for c in page.cases], next_cursor=page.next_cursor)
