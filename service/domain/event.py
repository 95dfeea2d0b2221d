"""Candidate events: findings that are one occasion (handbook §4.1, §4.2)."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.finding import Finding, Subject
from service.domain.vocabulary import Channel, Severity, Verdict


@dataclass(frozen=True, slots=True)
class Located:
    """A current finding with the segment it belongs to."""

    segment_id: str
    channel: Channel
    finding: Finding


@dataclass(frozen=True, slots=True)
class EventGroup:
    """Findings may merge only inside one group: same stream, channel, subject, subtype and product."""

    stream_id: str
    channel: Channel
    subject: Subject
    subtype: str
    product_id: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One candidate event. Times are stream milliseconds, None where no finding has one.

    `verdict` and `severity` are the heaviest of its findings (handbook §1.7 rule 9); `finding_ids` and
    `texts` stand in stream order. `after_warning`: repeated after a delivered warning (handbook §4.2).
    """

    group: EventGroup
    verdict: Verdict
    severity: Severity
    finding_ids: tuple[str, ...]
    texts: tuple[str, ...]
    start_ms: int | None
    end_ms: int | None
    occurred_at: datetime | None
    countable: bool = True
    after_warning: bool = False
