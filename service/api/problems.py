"""Refusals as RFC 9457 problem details, in Chinese or English by Accept-Language."""

import json
import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field, ValidationError
from starlette.exceptions import HTTPException

from service.errors import BozhengError, ProblemType

log = logging.getLogger(__name__)

PROBLEM_JSON = "application/problem+json"

REQUEST_INVALID = ProblemType(
    "request.invalid",
    422,
    "The request does not have the documented form",
    "请求不符合文档规定的格式",
    "Correct the named field; the OpenAPI document at /openapi.json gives every form.",
    "请更正所指字段；各请求格式见 /openapi.json。",
)
REQUEST_MALFORMED = ProblemType(
    "request.malformed",
    400,
    "The request body could not be read",
    "无法读取请求体",
    "Send well-formed JSON or multipart/form-data with the matching Content-Type.",
    "请发送格式正确的 JSON 或 multipart/form-data，并带上相应的 Content-Type。",
)
ROUTE_NOT_FOUND = ProblemType(
    "route.not_found",
    404,
    "There is no such resource",
    "没有这个资源",
    "Check the path against the OpenAPI document at /openapi.json.",
    "请对照 /openapi.json 检查路径。",
)
METHOD_NOT_ALLOWED = ProblemType(
    "route.method_not_allowed",
    405,
    "This resource does not take that method",
    "该资源不支持这个方法",
    "Use a method named in the Allow header.",
    "请使用 Allow 头所列的方法。",
)
BODY_TOO_LARGE = ProblemType(
    "request.too_large",
    413,
    "The request body is too large",
    "请求体过大",
    "Send shorter segments: at most 20 MB of audio, or as configured (BOZHENG_LIMITS__AUDIO_BYTES).",
    "请发送更短的片段：音频最多 20 MB，或以 BOZHENG_LIMITS__AUDIO_BYTES 的设置为准。",
)
INTERNAL = ProblemType(
    "service.internal",
    500,
    "The service made a mistake",
    "服务内部错误",
    "Send the same request again; if it persists, report the request id. Nothing accepted is lost.",
    "请重发同一请求；若仍失败，请报告请求编号。已受理的内容不会丢失。",
)


class InvalidBodyError(Exception):
    """A body that a route read itself and that did not validate; kept apart from mistakes of our own records,
    whose ValidationErrors must stay a 500."""

    def __init__(self, cause: ValidationError) -> None:
        super().__init__(str(cause))
        self.cause = cause


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str = Field(examples=["urn:bozheng:problem:segment.key_conflict"])
    title: str
    status: int
    code: str = Field(description="stable; program against this one", examples=["segment.key_conflict"])
    detail: str = Field(description="what was wrong with this request")
    advice: str = Field(description="what to do")


def problem_response(problem: ProblemType, detail: str, request: Request, **extra: object) -> Response:
    """Problem as an HTTP response in the caller's language."""
    chinese = _prefers_chinese(request.headers.get("accept-language", ""))
    body: dict[str, Any] = {
        "type": f"urn:bozheng:problem:{problem.code}",
        "title": problem.title_zh if chinese else problem.title_en,
        "status": problem.status,
        "code": problem.code,
        "detail": detail,
        "advice": problem.advice_zh if chinese else problem.advice_en,
        **extra,
    }
    headers = {"Content-Language": "zh" if chinese else "en"}
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if "retry_after" in extra:
        headers["Retry-After"] = str(extra["retry_after"])
    # ASCII escapes: a detail may quote input that is not valid Unicode
    return Response(json.dumps(body), problem.status, headers, PROBLEM_JSON)


def install(app: FastAPI) -> None:
    """Map every refusal of the house and of the framework to problem details."""
    app.add_exception_handler(BozhengError, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(InvalidBodyError, _on_invalid_body)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_crash)


def _on_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, BozhengError)
    return problem_response(error.problem, error.detail, request, **error.extra)


def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError | ValidationError)
    fields = [
        {"field": ".".join(str(part) for part in one["loc"]), "problem": one["msg"]} for one in error.errors()
    ]
    if any(one["type"] == "json_invalid" for one in error.errors()):
        return problem_response(REQUEST_MALFORMED, fields[0]["problem"], request)
    detail = "; ".join(f"{f['field']}: {f['problem']}" for f in fields[:5])
    return problem_response(REQUEST_INVALID, detail, request, fields=fields)


def _on_invalid_body(request: Request, error: Exception) -> Response:
    assert isinstance(error, InvalidBodyError)
    return _on_invalid(request, error.cause)


_OF_THE_FRAMEWORK = {404: ROUTE_NOT_FOUND, 405: METHOD_NOT_ALLOWED, 413: BODY_TOO_LARGE}


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    known = _OF_THE_FRAMEWORK.get(error.status_code, REQUEST_MALFORMED)
    response = problem_response(known, f"{request.method} {request.url.path}: {error.detail}", request)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


def _on_crash(request: Request, error: Exception) -> Response:
    log.error("unhandled error on %s %s", request.method, request.url.path, exc_info=error)
    return problem_response(INTERNAL, "unexpected error", request)


def _prefers_chinese(accept_language: str) -> bool:
    """Whether zh ranks above en in an Accept-Language header; English where neither is named."""
    weights = {"zh": 0.0, "en": 0.0}
    for part in accept_language.lower().split(","):
        tag, _, params = part.strip().partition(";")
        primary = tag.split("-")[0].strip()
        if primary in weights:
            weights[primary] = max(weights[primary], _quality(params))
    return weights["zh"] > weights["en"]


def _quality(params: str) -> float:
    """The q value of an Accept-Language part; 1 if absent, 0 if unreadable."""
    name, _, value = params.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
