"""One line of JSON lines in: validated, or refused with what is wrong with it."""

import json
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from service.api.schemas.check import ContextIn
from service.domain.context import AnalysisContext
from service.domain.vocabulary import Channel
from service.errors import BozhengError
from service.text.validate import validate_text


@dataclass(frozen=True, slots=True)
class Line:
    """A usable line. `stream_id` and `seq` are both set or both None."""

    id: str | int | None
    text: str
    context: AnalysisContext
    stream_id: str | None
    seq: int | None


@dataclass(frozen=True, slots=True)
class LineError:
    """A refused line: `problem` holds code, line number and detail."""

    id: str | int | None
    problem: dict[str, Any]


class _LineContext(ContextIn):
    """A file of lines may carry more than is used here."""

    model_config = ConfigDict(extra="ignore")


class _LineIn(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    text: str
    channel: Channel = Channel.SPEECH
    context: _LineContext = _LineContext()
    stream_id: str | None = None
    seq: int | None = None


def parse_line(number: int, raw: str) -> Line | LineError:
    """Read line `number` (counted from 1)."""
    try:
        data = json.loads(raw)
    except ValueError as error:
        return LineError(None, _problem("line.invalid_json", number, str(error)))
    identity = data.get("id") if isinstance(data, dict) else None
    identity = identity if isinstance(identity, str | int) else None
    try:
        line = _LineIn.model_validate(data)
        validate_text(line.text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "line"
        return LineError(identity, _problem("line.invalid", number, f"{where}: {first['msg']}"))
    except BozhengError as error:
        return LineError(identity, _problem(error.problem.code, number, error.detail))
    if (line.stream_id is None) != (line.seq is None):
        return LineError(identity, _problem("line.invalid", number, "stream_id and seq go together"))
    return Line(line.id, line.text, line.context.record(line.channel), line.stream_id, line.seq)


def _problem(code: str, number: int, detail: str) -> dict[str, Any]:
    return {"code": code, "line": number, "detail": detail}
