"""Segments: one audio segment or text message in, its findings out."""

import asyncio
import re
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request, Response

from service.api.auth import House, Reader, Sender
from service.api.body import read_segment
from service.api.crossing import read
from service.api.responses import problems
from service.api.routes.streams import StreamId
from service.api.schemas.common import Id
from service.api.schemas.segments import MessageIn, SegmentOut, SpeechIn, SpeechMeta
from service.api.services import Services
from service.domain.segment import Outcome, Receipt, SegmentKey, SegmentResult, Submission
from service.domain.vocabulary import Channel, SegmentStatus
from service.errors import BozhengError
from service.journal.problems import KEY_CONFLICT
from service.streams.answers import current_answer, first_answer
from service.streams.repository import get_stream
from service.text.validate import validate_text

router = APIRouter(tags=["segments"])

_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["audio", "meta"],
                    "properties": {
                        "audio": {"type": "string", "format": "binary"},
                        "meta": {"$ref": "#/components/schemas/SpeechMeta"},
                    },
                },
                "encoding": {"meta": {"contentType": "application/json"}},
            },
            "application/json": {
                "schema": {
                    "oneOf": [
                        {"$ref": "#/components/schemas/SpeechIn"},
                        {"$ref": "#/components/schemas/MessageIn"},
                    ]
                },
                "example": {
                    "channel": "danmu",
                    "message_id": "dm-1024",
                    "text": "加我微信便宜二十",
                    "author_id": "user-7",
                },
            },
        },
    }
}


@router.post(
    "/streams/{stream_id}/segments",
    responses={**problems(400, 404, 409, 413, 415, 422), 202: {"description": "kept; not analysed yet"}},
    openapi_extra=_BODY,
    summary="Send one audio segment or text message",
)
async def submit(
    stream_id: StreamId,
    request: Request,
    response: Response,
    caller: Sender,
    house: House,
    prefer: Annotated[str | None, Header(description="`wait=N`: seconds to wait for the answer")] = None,
) -> SegmentOut:
    """Kept before it is answered: once accepted, a segment ends `done` or `failed`, never silently.

    The answer of a repeat (same key, same content) is the first one; other content under a used key is 409.
    When the analysis takes longer than `Prefer: wait=N` (default 15 s) the answer is 202 with `Location`.
    """
    tenant = caller.tenant.id
    body, audio = await read_segment(request)
    state = await read(house.database, lambda conn: get_stream(conn, tenant, stream_id))
    if audio is not None:
        await asyncio.to_thread(house.probe, audio)
    submission = _submission(tenant, stream_id, body, audio)
    receipt = await asyncio.to_thread(house.journal.append, submission)
    if receipt.outcome is Outcome.CONFLICT:
        raise BozhengError(KEY_CONFLICT, f"{body.channel} {submission.key.key} is kept with other content")
    result = await _answer(house, tenant, receipt, _wait_seconds(prefer, house))
    response.headers["Location"] = f"/v1/streams/{stream_id}/segments/{result.key.key}?channel={body.channel}"
    response.headers["Stream-Revision"] = str(max(state.revision, result.stream_revision))
    if result.status is SegmentStatus.ACCEPTED:
        response.status_code = 202
    return SegmentOut.of(result)


@router.get(
    "/streams/{stream_id}/segments/{key}", responses=problems(404, 422), summary="A segment as it stands now"
)
async def show(
    stream_id: StreamId,
    key: Annotated[Id, Path(description="seq or message_id")],
    caller: Reader,
    house: House,
    response: Response,
    channel: Annotated[Channel, Query(description="channel of the segment")] = Channel.SPEECH,
) -> SegmentOut:
    """The current findings, after everything that later words changed."""
    wanted = SegmentKey(caller.tenant.id, stream_id, channel, key)
    result = await read(house.database, lambda conn: current_answer(conn, wanted))
    response.headers["Stream-Revision"] = str(result.stream_revision)
    return SegmentOut.of(result)


async def _answer(house: Services, tenant: str, receipt: Receipt, wait_s: float) -> SegmentResult:
    """The first answer of a kept segment, waited for at most `wait_s` seconds."""
    if wait_s > 0:
        done = asyncio.wrap_future(await asyncio.to_thread(house.journal.watch, receipt.segment_id))
        await asyncio.wait({done}, timeout=wait_s)
    return await read(house.database, lambda conn: first_answer(conn, tenant, receipt.segment_id))


def _submission(tenant: str, stream_id: str, body: SpeechMeta | MessageIn, audio: bytes | None) -> Submission:
    """The domain record of a validated body. Raises BozhengError for text that cannot be analysed."""
    if isinstance(body, MessageIn):
        return Submission(
            SegmentKey(tenant, stream_id, body.channel, body.message_id),
            text=validate_text(body.text),
            offset_ms=body.offset_ms,
            sent_at=body.sent_at,
            author_id=body.author_id,
            author_role=body.author_role,
            product_id=body.product_id,
        )
    return Submission(
        SegmentKey(tenant, stream_id, Channel.SPEECH, str(body.seq)),
        audio=audio,
        offset_ms=body.offset_ms,
        speaker_id=body.speaker_id,
        product_id=body.product_id,
    )


def _wait_seconds(prefer: str | None, house: Services) -> float:
    """Seconds asked for by `Prefer: wait=N`, bounded; the default where it is absent or unreadable (RFC 7240
    lets a server ignore what it does not understand)."""
    limits = house.settings.limits
    asked = re.search(r"(?:^|[,;\s])wait=(\d{1,6})", prefer or "")
    return min(float(asked[1]), limits.max_wait_seconds) if asked else limits.wait_seconds


SCHEMAS = (SpeechMeta, SpeechIn, MessageIn)
"""Bodies that the route reads itself, named in the OpenAPI document by `document.py`."""
