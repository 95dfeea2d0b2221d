"""Candidate events → cases. Pure: which case an event opens and how a pending case follows its event."""

from dataclasses import replace
from datetime import datetime

from service.domain.event import Event
from service.domain.review import Case, CaseKind, CaseStatus
from service.domain.vocabulary import Advice, Severity, Verdict
from service.review.deadlines import deadline


def open_case(case_id: str, event: Event, now: datetime) -> Case:
    """A new case for `event`."""
    return Case(
        id=case_id,
        kind=_kind(event),
        status=CaseStatus.PENDING,
        event=event,
        advice=_advice(event),
        opened_at=now,
        deadline=deadline(event.severity, now),
    )


def follow(case: Case, event: Event) -> Case:
    """The pending case with its event as it is now; its deadline still counts from its opening."""
    return replace(
        case,
        kind=_kind(event),
        event=event,
        advice=_advice(event),
        deadline=deadline(event.severity, case.opened_at),
    )


def _kind(event: Event) -> CaseKind:
    return CaseKind.EVIDENCE if event.verdict is Verdict.NEEDS_EVIDENCE else CaseKind.VIOLATION


def _advice(event: Event) -> Advice:
    """Architecture §5, for one event."""
    heavy = event.severity.rank >= Severity.HIGH.rank
    return Advice.BLOCK if event.verdict is Verdict.VIOLATION and heavy else Advice.REVIEW
