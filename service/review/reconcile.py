"""Stored cases against the events of the current findings (architecture §3d, §3e). Pure.

One event, one case. A person's decision is never changed: findings that it covers open nothing again; when
later words change them, the case gets a note and, if the outcome could differ, a flag.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from service.domain.event import Event, Located
from service.domain.finding import Finding
from service.domain.review import Case, CaseStatus

WITHDRAWN_NOTE = "later words took the event back"
MERGED_NOTE = "joined with case {case}: words between them made them one event"
GONE_NOTE = "later words took back what was decided"
CHANGED_NOTE = "later words changed what was decided: now {verdict}, {severity}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with cases: events to open, pending cases to follow their event, pending cases to withdraw
    (with a note), decided cases to note and flag."""

    opening: list[Event] = field(default_factory=list)
    following: list[tuple[Case, Event]] = field(default_factory=list)
    withdrawing: list[tuple[Case, str]] = field(default_factory=list)
    flagging: list[tuple[Case, str]] = field(default_factory=list)


def undecided(located: Sequence[Located], cases: Sequence[Case]) -> list[Located]:
    """Findings that may still form events: a rejected one forms none again."""
    rejected = {i for case in cases if case.status is CaseStatus.REJECTED for i in case.event.finding_ids}
    return [one for one in located if one.finding.id not in rejected]


def reconcile(cases: Sequence[Case], events: Sequence[Event], current: Sequence[Located]) -> Plan:
    """Bring `cases` in line with `events`, both of the same findings; `current` are the current findings that
    a case or event of these names. The order of the inputs does not matter."""
    plan = Plan()
    ordered = sorted(cases, key=lambda c: (c.opened_at, c.id))
    pending = [c for c in ordered if c.status is CaseStatus.PENDING]
    confirmed = [c for c in ordered if c.status is CaseStatus.CONFIRMED]
    for event in events:
        mine = [c for c in pending if _shares(c, event)]
        pending = [c for c in pending if c not in mine]
        covering = next((c for c in confirmed if _shares(c, event)), None)
        if covering is not None:
            plan.withdrawing.extend((c, MERGED_NOTE.format(case=covering.id)) for c in mine)
        elif not mine:
            plan.opening.append(event)
        else:
            plan.following.extend([(mine[0], event)] if mine[0].event != event else [])
            plan.withdrawing.extend((c, MERGED_NOTE.format(case=mine[0].id)) for c in mine[1:])
    plan.withdrawing.extend((c, WITHDRAWN_NOTE) for c in pending)
    plan.flagging.extend(_flags(ordered, {one.finding.id: one.finding for one in current}))
    return plan


def _shares(case: Case, event: Event) -> bool:
    return not set(case.event.finding_ids).isdisjoint(event.finding_ids)


def _flags(cases: Sequence[Case], current: dict[str, Finding]) -> list[tuple[Case, str]]:
    """Decided cases, not flagged before, whose findings are gone or weigh differently now."""
    flags = []
    for case in cases:
        if case.flagged or case.status not in (CaseStatus.CONFIRMED, CaseStatus.REJECTED):
            continue
        left = [current[i] for i in case.event.finding_ids if i in current]
        verdicts = [f.verdict for f in left if f.verdict is not None]
        if not verdicts:
            flags.append((case, GONE_NOTE))
            continue
        verdict = max(verdicts, key=lambda v: v.rank)
        severity = max((f.severity for f in left), key=lambda s: s.rank)
        if (verdict, severity) != (case.event.verdict, case.event.severity):
            flags.append((case, CHANGED_NOTE.format(verdict=verdict.value, severity=severity.value)))
    return flags
