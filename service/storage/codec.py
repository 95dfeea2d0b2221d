"""Records as JSON in tables, and back. Storage is an edge of the house: what is read is validated."""

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

Record = TypeVar("Record")


def dump(record: object) -> str:
    """JSON of a record of `domain/` (or a tuple, mapping or scalar of them)."""
    kind: Any = type(record)
    return _adapter(kind).dump_json(record).decode()


def load(kind: type[Record], data: str) -> Record:
    """The record of type `kind` from its JSON. Raises pydantic.ValidationError for foreign JSON."""
    hashable: Any = kind
    record: Record = _adapter(hashable).validate_json(data)
    return record


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
