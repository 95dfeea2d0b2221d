"""Anchors: identity and computed counters."""

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy import Connection

from service.api.auth import House, Reader, Sender
from service.api.crossing import read, write
from service.api.responses import problems
from service.api.schemas.anchors import AnchorIn, AnchorOut
from service.api.schemas.common import Id
from service.domain.instants import utc_now
from service.domain.vocabulary import SubjectKind
from service.ledger.repository import entries_of, get_anchor, put_anchor
from service.ledger.standing import counters_of

router = APIRouter(tags=["anchors"])

AnchorId = Annotated[Id, Path(description="the platform's id of the anchor", examples=["anchor-lin"])]


@router.put("/anchors/{anchor_id}", responses=problems(400, 422), summary="Register or change an anchor")
async def register(anchor_id: AnchorId, body: AnchorIn, caller: Sender, house: House) -> AnchorOut:
    """Identity key and accounts. Idempotent; the record is never touched by it."""
    tenant = caller.tenant.id
    await write(house.database, lambda conn: put_anchor(conn, tenant, body.record(anchor_id), utc_now()))
    return await read(house.database, lambda conn: _standing(conn, tenant, anchor_id))


@router.get("/anchors/{anchor_id}", responses=problems(404), summary="An anchor's counters and why")
async def show(anchor_id: AnchorId, caller: Reader, house: House) -> AnchorOut:
    """Detected, pending, confirmed and rejected events, count units, and the decided facts behind them."""
    return await read(house.database, lambda conn: _standing(conn, caller.tenant.id, anchor_id))


def _standing(conn: Connection, tenant: str, anchor_id: str) -> AnchorOut:
    return AnchorOut.of(
        get_anchor(conn, tenant, anchor_id),
        counters_of(conn, tenant, SubjectKind.ANCHOR, anchor_id),
        entries_of(conn, tenant, SubjectKind.ANCHOR, anchor_id),
    )
