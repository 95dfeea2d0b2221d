"""A live stream as the platform declared it."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.context import Product, Speaker


@dataclass(frozen=True, slots=True)
class Stream:
    """Declared facts of one stream. `started_at` (aware) is stream time zero; `home_platform` overrides the
    tenant's setting where given. Missing facts lower verdicts, never raise them (handbook §1.8)."""

    id: str
    platform: str = ""
    room_id: str = ""
    title: str = ""
    operator_id: str = ""
    merchant_id: str = ""
    started_at: datetime | None = None
    speakers: tuple[Speaker, ...] = ()
    products: tuple[Product, ...] = ()
    contact_whitelist: tuple[str, ...] = ()
    has_platform_group: bool = True
    home_platform: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class StreamState:
    """A kept stream. `revision` rises with every change of its facts or findings."""

    stream: Stream
    revision: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class StreamSummary:
    """What a stream adds up to now: segments by status, current findings by verdict, cases by status."""

    state: StreamState
    segments: dict[str, int]
    findings: dict[str, int]
    cases: dict[str, int]
