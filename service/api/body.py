"""Request bodies that carry audio: read within a bound, as multipart or JSON."""

import base64
import binascii
from typing import TypeVar

from fastapi import Request
from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import FormData, UploadFile

from service.api.problems import REQUEST_INVALID, InvalidBodyError
from service.api.schemas.segments import MessageIn, SegmentIn, SpeechIn, SpeechMeta
from service.errors import BozhengError, ProblemType

MEDIA_UNSUPPORTED = ProblemType(
    "request.unsupported_media_type",
    415,
    "The Content-Type is not one of those taken here",
    "不支持该 Content-Type",
    "Send multipart/form-data (parts `audio` and `meta`) or application/json.",
    "请使用 multipart/form-data（含 `audio` 与 `meta` 两部分）或 application/json。",
)
INVALID_BASE64 = ProblemType(
    "audio.invalid_base64",
    422,
    "audio_base64 is not base64",
    "audio_base64 不是合法的 base64",
    "Encode the container's bytes in standard base64 with padding.",
    "请用带填充的标准 base64 编码整个音频文件的字节。",
)

_SEGMENT: TypeAdapter[SpeechIn | MessageIn] = TypeAdapter(SegmentIn)
_META: TypeAdapter[SpeechMeta] = TypeAdapter(SpeechMeta)

T = TypeVar("T")


async def read_segment(request: Request) -> tuple[SpeechMeta | MessageIn, bytes | None]:
    """The segment of a POST and its audio bytes (None for a text message).

    Raises BozhengError (413, 415, 422) or InvalidBodyError for what does not have the documented form.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        async with request.form(max_files=1, max_fields=1, max_part_size=65_536) as form:
            return await _from_form(form)
    if kind != "application/json":
        raise BozhengError(MEDIA_UNSUPPORTED, kind or "no Content-Type")
    segment = _validated(_SEGMENT, await request.body())
    if isinstance(segment, MessageIn):
        return segment, None
    return segment, _decode(segment.audio_base64)


async def _from_form(form: FormData) -> tuple[SpeechMeta, bytes]:
    audio, meta = form.get("audio"), form.get("meta")
    if not isinstance(audio, UploadFile):
        raise BozhengError(REQUEST_INVALID, "the part `audio` (a file) is missing")
    if not isinstance(meta, str):
        raise BozhengError(REQUEST_INVALID, "the part `meta` (JSON text) is missing")
    return _validated(_META, meta.encode("utf-8", "surrogatepass")), await audio.read()


def _validated(adapter: TypeAdapter[T], body: bytes) -> T:
    try:
        return adapter.validate_json(body)
    except ValidationError as error:
        raise InvalidBodyError(error) from error


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BozhengError(INVALID_BASE64, str(error)) from error
