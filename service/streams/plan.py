"""What has to be analysed when a segment is kept: its own window and those that it touches."""

from sqlalchemy import Connection

from service.domain.kept import KeptSegment
from service.streams.segments.repository import lane
from service.streams.windows import LOOK_AHEAD_MS, LOOK_BACK_MS, Window, reach, touched, window


def plan_windows(connection: Connection, new: KeptSegment) -> tuple[Window, ...]:
    """The window of `new` first, then those of the kept segments that reach into it, in lane order. Call in
    the snapshot that gave the stream's revision."""
    tenant, stream_id = new.key.tenant, new.key.stream_id

    def between(start_ms: int, end_ms: int) -> list[KeptSegment]:
        return lane(connection, tenant, stream_id, new.lane, start_ms, end_ms)

    near = between(new.start_ms - LOOK_AHEAD_MS, new.end_ms + LOOK_BACK_MS)
    owners = [new, *touched(near, new)]
    reaches = [reach(owner) for owner in owners]
    around = [*between(min(r[0] for r in reaches), max(r[1] for r in reaches)), new]
    return tuple(window(around, owner) for owner in owners)
