"""Events and decisions with only what a test is about."""

from datetime import UTC, datetime

from service.domain.event import Event, EventGroup
from service.domain.finding import Subject
from service.domain.review import Decision, DecisionKind, ReasonCode
from service.domain.vocabulary import Channel, Severity, SubjectKind, Verdict

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LI = Subject(SubjectKind.ANCHOR, "li", "only_speaker")


def event(
    subtype: str = "c.lowest_price",
    severity: Severity = Severity.MEDIUM,
    stream: str = "s1",
    *,
    after_warning: bool = False,
    countable: bool = True,
    subject: Subject = LI,
    name: str = "f",
) -> Event:
    """One candidate event of one finding."""
    return Event(
        group=EventGroup(stream, Channel.SPEECH, subject, subtype, None),
        verdict=Verdict.VIOLATION,
        severity=severity,
        finding_ids=(name,),
        texts=("全网最低价",),
        start_ms=0,
        end_ms=1_000,
        occurred_at=NOW,
        countable=countable,
        after_warning=after_warning,
    )


def decision(kind: DecisionKind = DecisionKind.CONFIRM, note: str = "") -> Decision:
    """A decision of reviewer wang."""
    reason = ReasonCode.WORDS_SUFFICE if kind is DecisionKind.CONFIRM else ReasonCode.ASR_ERROR
    return Decision(kind, "wang", reason, note, NOW)
