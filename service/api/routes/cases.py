"""Cases: what waits for a person, and the person's word."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from service.api.auth import CaseReader, House, Reviewer
from service.api.crossing import read, write
from service.api.responses import problems
from service.api.schemas.cases import CaseOut, CasesOut, DecisionIn
from service.api.schemas.common import Id
from service.domain.instants import utc_now
from service.domain.review import CaseKind, CaseStatus
from service.domain.vocabulary import Severity, SubjectKind
from service.review.decisions import decide
from service.review.repository import CaseFilter, list_cases

router = APIRouter(tags=["cases"])


def _filter(
    status: CaseStatus | None = None,
    kind: CaseKind | None = None,
    stream_id: Annotated[Id | None, Query()] = None,
    subject_kind: SubjectKind | None = None,
    subject_id: Annotated[Id | None, Query()] = None,
    item: Annotated[str | None, Query(pattern="^[a-p]$")] = None,
    min_severity: Severity | None = None,
) -> CaseFilter:
    return CaseFilter(
        status=status, kind=kind, stream_id=stream_id, subject_kind=subject_kind, subject_id=subject_id,
        item=item, min_severity=min_severity,
    )  # fmt: skip


@router.get("/cases", responses=problems(422), summary="Cases, most urgent first")
async def index(
    caller: CaseReader,
    house: House,
    wanted: Annotated[CaseFilter, Depends(_filter)],
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=256)] = None,
) -> CasesOut:
    """A page of cases. Without filters: all of them, whatever their status."""
    tenant = caller.tenant.id
    return CasesOut.of(await read(house.database, lambda c: list_cases(c, tenant, wanted, limit, cursor)))


@router.post(
    "/cases/{case_id}/decision", responses=problems(400, 404, 409, 422), summary="Confirm or reject a case"
)
async def decision(
    case_id: Annotated[Id, Path()], body: DecisionIn, caller: Reviewer, house: House
) -> CaseOut:
    """Only a confirmed case counts towards clause 7.2.3. A case is decided once."""
    tenant, reviewer = caller.tenant.id, f"{caller.label} ({caller.key_id})"
    decided = await write(
        house.database,
        lambda conn: decide(
            conn, tenant, case_id, body.decision, reviewer, body.reason, body.note, utc_now()
        ),
    )
    return CaseOut.of(decided)
