"""One line of JSON lines in: validated, or refused with what is wrong with it."""

import json
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.domain.context import AnalysisContext, Product
from service.domain.vocabulary import Channel, SpeakerRole
from service.errors import BozhengError
from service.text.validate import check_text


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


class _ContextIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    home_platform: list[str] = Field(default_factory=list)
    product_id: str = ""
    product_title: str = ""
    product_category: str | None = None
    product_facts: dict[str, Any] = Field(default_factory=dict)
    contact_whitelist: list[str] = Field(default_factory=list)
    platform_rules: dict[str, str] = Field(default_factory=dict)
    speaker_role: SpeakerRole = SpeakerRole.UNKNOWN


class _LineIn(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    text: str
    channel: Channel = Channel.SPEECH
    context: _ContextIn = Field(default_factory=_ContextIn)
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
        check_text(line.text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "line"
        return LineError(identity, _problem("line.invalid", number, f"{where}: {first['msg']}"))
    except BozhengError as error:
        return LineError(identity, _problem(error.problem.code, number, error.detail))
    if (line.stream_id is None) != (line.seq is None):
        return LineError(identity, _problem("line.invalid", number, "stream_id and seq go together"))
    return Line(line.id, line.text, _context(line), line.stream_id, line.seq)


def _context(line: _LineIn) -> AnalysisContext:
    given = line.context
    product = None
    if given.product_id or given.product_title or given.product_category or given.product_facts:
        product = Product(given.product_id, given.product_title, given.product_category, given.product_facts)
    return AnalysisContext(
        channel=line.channel,
        home_platform=frozenset(given.home_platform),
        speaker_role=given.speaker_role,
        product=product,
        contact_whitelist=frozenset(given.contact_whitelist),
        platform_rules=given.platform_rules,
    )


def _problem(code: str, number: int, detail: str) -> dict[str, Any]:
    return {"code": code, "line": number, "detail": detail}
