"""Streams: declare one, read what was found in it."""

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy import Connection

from service.api.auth import House, Reader, Sender
from service.api.crossing import read, write
from service.api.responses import problems
from service.api.schemas.common import Id
from service.api.schemas.streams import StreamIn, StreamOut
from service.domain.event import Located
from service.domain.instants import utc_now
from service.domain.stream import StreamSummary
from service.streams.repository import current_findings, put_stream, summarise

router = APIRouter(tags=["streams"])

StreamId = Annotated[Id, Path(description="the platform's id of the stream", examples=["live-20261124-01"])]


@router.put("/streams/{stream_id}", responses=problems(400, 422), summary="Declare or change a stream")
async def declare(stream_id: StreamId, body: StreamIn, caller: Sender, house: House) -> StreamOut:
    """Declare who speaks, what is sold and what counts as on-platform. Idempotent; segments already analysed
    keep the verdicts they were given under the facts of their time."""
    tenant = caller.tenant.id
    await write(house.database, lambda conn: put_stream(conn, tenant, body.record(stream_id), utc_now()))
    return StreamOut.of(await read(house.database, lambda conn: summarise(conn, tenant, stream_id)))


@router.get("/streams/{stream_id}", responses=problems(404), summary="Everything found in a stream")
async def show(stream_id: StreamId, caller: Reader, house: House) -> StreamOut:
    """The stream's facts, counts by status and its current findings on one time line."""
    tenant = caller.tenant.id

    def both(conn: Connection) -> tuple[StreamSummary, tuple[Located, ...]]:
        return summarise(conn, tenant, stream_id), current_findings(conn, tenant, stream_id)

    return StreamOut.of(*await read(house.database, both))
