"""A plan for cases, carried out in the transaction that recorded the findings."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from service.domain.review import CaseStatus
from service.review.opening import follow, open_case
from service.review.reconcile import Plan
from service.review.repository import add_note, save
from service.storage.ids import new_id


def carry_out(connection: Connection, tenant: str, plan: Plan, now: datetime) -> None:
    """Open, update, withdraw and flag cases as `plan` says."""
    for event in plan.opening:
        save(connection, tenant, open_case(new_id("case"), event, now))
    for case, event in plan.following:
        save(connection, tenant, follow(case, event))
    for case, note in plan.withdrawing:
        save(connection, tenant, replace(case, status=CaseStatus.WITHDRAWN))
        add_note(connection, tenant, case.id, note, now)
    for case, note in plan.flagging:
        save(connection, tenant, replace(case, flagged=True))
        add_note(connection, tenant, case.id, note, now)
