"""Types that several requests share."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

MAX_MS = 2**53
"""Largest time a JSON number carries exactly in every client."""


def _printable(value: str) -> str:
    if not value.isprintable():
        raise ValueError("control characters and lone surrogates are not allowed here")
    return value


def _addressable(value: str) -> str:
    if "/" in value or value in (".", ".."):
        raise ValueError("an id is a part of a path: it has no slash and is not a dot or two")
    return value


Id = Annotated[
    str,
    StringConstraints(min_length=1, max_length=128),
    AfterValidator(_printable),
    AfterValidator(_addressable),
]
"""An id of the platform's own: 1–128 printable characters without a slash, never interpreted."""

Name = Annotated[str, StringConstraints(max_length=512), AfterValidator(_printable)]
"""A short text for people."""

Milliseconds = Annotated[int, Field(ge=0, le=MAX_MS)]


class Strict(BaseModel):
    """A request body: unknown fields are refused, so that a misspelt one is never silently ignored."""

    model_config = ConfigDict(extra="forbid")
