"""A person's word on a case: kept with the case and in the ledger, in one transaction, once."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from service.domain.review import REASONS_FOR, Case, CaseStatus, Decision, DecisionKind, ReasonCode
from service.errors import BozhengError
from service.ledger.repository import append
from service.review.problems import ALREADY_DECIDED, CASE_WITHDRAWN, REASON_MISMATCH
from service.review.repository import add_note, get_case, save

_STATUS = {DecisionKind.CONFIRM: CaseStatus.CONFIRMED, DecisionKind.REJECT: CaseStatus.REJECTED}


def decide(
    connection: Connection,
    tenant: str,
    case_id: str,
    kind: DecisionKind,
    reviewer: str,
    reason: ReasonCode,
    note: str,
    now: datetime,
) -> Case:
    """Decide a pending case; returns it as it stands then. Call inside `Database.write`.

    Raises `case.not_found` (also for another tenant's), `case.already_decided`, `case.withdrawn`,
    `case.reason_mismatch`; then nothing has changed.
    """
    case = get_case(connection, tenant, case_id)
    if case.status is CaseStatus.WITHDRAWN:
        raise BozhengError(CASE_WITHDRAWN, f"case {case_id} was withdrawn")
    if case.decision is not None:
        raise BozhengError(
            ALREADY_DECIDED,
            f"case {case_id} was {case.status.value} by {case.decision.reviewer}",
            decided_as=case.status.value,
        )
    if reason not in REASONS_FOR[kind]:
        allowed = ", ".join(sorted(REASONS_FOR[kind]))
        raise BozhengError(REASON_MISMATCH, f"{kind.value} takes one of: {allowed}; not {reason.value}")
    decision = Decision(kind, reviewer, reason, note, now)
    save(connection, tenant, replace(case, status=_STATUS[kind], decision=decision))
    append(connection, tenant, case_id, case.event, decision)
    add_note(connection, tenant, case_id, f"{_STATUS[kind].value} by {reviewer}: {reason.value}", now)
    return get_case(connection, tenant, case_id)
