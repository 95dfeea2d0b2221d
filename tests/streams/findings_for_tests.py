"""Findings with only what a test is about."""

from service.domain.event import Located
from service.domain.finding import Finding, Subject
from service.domain.vocabulary import (
    Channel,
    Evasion,
    Severity,
    SpeakerRole,
    SpeechAct,
    SubjectKind,
    Target,
    TimePrecision,
    Verdict,
)

ANCHOR = Subject(SubjectKind.ANCHOR, "li", "only_speaker")


def finding(
    subtype: str = "c.superlative",
    at_s: float | None = 0.0,
    *,
    length_s: float = 1.0,
    verdict: Verdict = Verdict.VIOLATION,
    severity: Severity = Severity.MEDIUM,
    span: tuple[int, int] = (0, 2),
    text: str = "最好",
    id: str = "",
    revision: int = 1,
    subject: Subject = ANCHOR,
    product_id: str | None = None,
    occurred_at: str | None = None,
) -> Finding:
    """A finding `at_s` seconds into the stream; None: without a time."""
    start, end = (None, None) if at_s is None else (round(at_s * 1000), round((at_s + length_s) * 1000))
    return Finding(
        item=subtype[0],
        subtype=subtype,
        verdict=verdict,
        severity=severity,
        confidence=0.9,
        span=span,
        text=text,
        speech_act=SpeechAct.ASSERT,
        target=Target.OWN_PRODUCT,
        evasion=Evasion.NONE,
        speaker_role=SpeakerRole.ANCHOR,
        asr_suspect=False,
        exemption_code=None,
        reasons=(),
        legal_basis=(),
        recommended_actions=(),
        start_ms=start,
        end_ms=end,
        time_precision=TimePrecision.WORD if at_s is not None else TimePrecision.NONE,
        subject=subject,
        product_id=product_id,
        occurred_at=occurred_at,
        stream_start_ms=start,
        stream_end_ms=end,
        revision=revision,
        id=id,
    )


def located(one: Finding, segment_id: str = "seg", channel: Channel = Channel.SPEECH) -> Located:
    """The finding in a segment."""
    return Located(segment_id, channel, one)
