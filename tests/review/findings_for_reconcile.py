"""Findings and events of one group, told apart by their ids."""

from datetime import UTC, datetime

from service.domain.event import Event, EventGroup, Located
from service.domain.finding import Finding, Subject
from service.domain.vocabulary import (
    Channel,
    Evasion,
    Severity,
    SpeakerRole,
    SpeechAct,
    SubjectKind,
    Target,
    Verdict,
)

LI = Subject(SubjectKind.ANCHOR, "li", "only_speaker")


def event_of(*ids: str) -> Event:
    """A medium violation of these findings."""
    group = EventGroup("s1", Channel.SPEECH, LI, "c.lowest_price", None)
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    return Event(group, Verdict.VIOLATION, Severity.MEDIUM, ids, tuple("词" for _ in ids), 0, 1_000, at)


def current(
    *ids: str, verdict: Verdict = Verdict.VIOLATION, severity: Severity = Severity.MEDIUM
) -> list[Located]:
    """Current findings with these ids."""
    return [
        Located(
            "seg",
            Channel.SPEECH,
            Finding(
                item="c",
                subtype="c.lowest_price",
                verdict=verdict,
                severity=severity,
                confidence=0.9,
                span=(0, 1),
                text="词",
                speech_act=SpeechAct.ASSERT,
                target=Target.OWN_PRODUCT,
                evasion=Evasion.NONE,
                speaker_role=SpeakerRole.ANCHOR,
                asr_suspect=False,
                exemption_code=None,
                reasons=(),
                legal_basis=(),
                recommended_actions=(),
                subject=LI,
                id=i,
            ),
        )
        for i in ids
    ]
