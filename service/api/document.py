"""The HTTP application without its rooms: routes, problem details, and the OpenAPI document made of them."""

from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

import service
from service.api import problems
from service.api.routes import anchors, cases, check, health, segments, streams

_DESCRIPTION = """Content compliance for Chinese live-commerce streams (clause 7.4.6.1, items a–p).

Offsets are Unicode code points, half open. Times are milliseconds. Every refusal is a problem detail
(RFC 9457) with a stable `code`, what was wrong and what to do, in Chinese or English by `Accept-Language`.
"""


def build_api(**arguments: Any) -> FastAPI:
    """The FastAPI application with every route; `arguments` go to FastAPI."""
    app = FastAPI(
        title="Bozheng 播正",
        version=service.__version__,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        **arguments,
    )
    problems.install(app)
    v1 = APIRouter(prefix="/v1")
    for routes in (streams, segments, check, anchors, cases):
        v1.include_router(routes.router)
    app.include_router(v1)
    app.include_router(health.router)
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]  # FastAPI documents this override
    return app


def describe() -> dict[str, Any]:
    """The OpenAPI document."""
    return build_api().openapi()


def _document(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        _, extra = models_json_schema(
            [(model, "validation") for model in segments.SCHEMAS],
            ref_template="#/components/schemas/{model}",
        )
        document["components"]["schemas"].update(extra["$defs"])
        app.openapi_schema = document
    return app.openapi_schema
