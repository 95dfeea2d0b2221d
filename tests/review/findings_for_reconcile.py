"""Findings and events of one group, told apart by their ids."""

from datetime import UTC, datetime

from service.domain.event import Event, EventGroup, Located
from service.domain.vocabulary import Channel, Severity, Verdict
from tests.streams.findings_for_tests import ANCHOR, finding, located


def event_of(*ids: str) -> Event:
    """A medium violation of these findings."""
    group = EventGroup("s1", Channel.SPEECH, ANCHOR, "c.lowest_price", None)
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    return Event(group, Verdict.VIOLATION, Severity.MEDIUM, ids, tuple("词" for _ in ids), 0, 1_000, at)


def current(
    *ids: str, verdict: Verdict = Verdict.VIOLATION, severity: Severity = Severity.MEDIUM
) -> list[Located]:
    """Current findings with these ids."""
    return [located(finding("c.lowest_price", verdict=verdict, severity=severity, id=i)) for i in ids]
