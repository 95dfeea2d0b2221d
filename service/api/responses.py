"""The refusals that OpenAPI documents for a route."""

from typing import Any

from service.api.problems import PROBLEM_JSON, Problem

_SUMMARIES = {
    400: "the body cannot be read",
    401: "no valid key",
    403: "the key's role does not allow this",
    404: "unknown, or another tenant's",
    409: "conflicts with what is kept",
    413: "too large or too long",
    415: "unsupported content",
    422: "does not have the documented form, or cannot be used",
    503: "full; try again after Retry-After",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """`responses=` of a route: the problem details it may answer with."""
    return {
        status: {
            "model": Problem,
            "description": _SUMMARIES[status],
            "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in (401, 403, *statuses)
    }
