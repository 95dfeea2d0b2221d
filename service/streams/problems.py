"""Refusals of this room."""

from service.errors import ProblemType

STREAM_NOT_FOUND = ProblemType(
    "stream.not_found",
    404,
    "There is no such stream",
    "没有这个直播场次",
    "Declare the stream with PUT /v1/streams/{id} before sending segments.",
    "请先用 PUT /v1/streams/{id} 登记直播场次，再发送片段。",
)
SEGMENT_NOT_FOUND = ProblemType(
    "segment.not_found",
    404,
    "There is no such segment",
    "没有这个片段",
    "Check stream, channel and key (seq or message_id); a refused segment is not kept.",
    "请检查场次、通道与键（seq 或 message_id）；被拒绝的片段不会保存。",
)
STALE_REVISION = ProblemType(
    "stream.changed",
    409,
    "The stream changed meanwhile",
    "直播场次已被同时更改",
    "Read the stream again and repeat.",
    "请重新读取场次后重试。",
)
