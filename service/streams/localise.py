"""Findings of a window → findings of its owner: characters of its text, milliseconds of its sound. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from service.domain.finding import Finding, Reason, Span
from service.domain.instants import rfc3339
from service.domain.kept import KeptSegment
from service.streams.windows import Piece, Window


def localise(window: Window, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those findings whose first character is the owner's, with its subject and times.

    Spans count from the first character of the owner's text. A phrase that goes on in the next segment ends
    beyond that text; its words stand in `text`. `start_ms`, `end_ms` count from the owner's first sample.
    """
    own = []
    for finding in findings:
        piece = window.owner_of(finding.span[0])
        if piece is not None and piece.segment_id == window.owner.segment_id:
            own.append(_localised(window, piece, finding))
    return tuple(own)


def _localised(window: Window, piece: Piece, finding: Finding) -> Finding:
    def moved(span: Span) -> Span:
        start = piece.offset + _signed_length(window, piece.start, span[0])
        return start, start + window.length(*span)

    owner = window.owner
    own = replace(
        finding,
        span=moved(finding.span),
        text=window.said(*finding.span),
        parts=tuple(moved(part) for part in finding.parts),
        reasons=tuple(
            replace(reason, cue=moved(reason.cue) if _inside(window, reason) and reason.cue else None)
            for reason in finding.reasons
        ),
        norm_span=(0, 0),  # an offset into folded text of the window, which is not kept
        subject=owner.facts.subject,
    )
    return _timed_message(owner, own) if owner.transcript is None else _timed_speech(owner, own)


def _inside(window: Window, reason: Reason) -> bool:
    """Whether a cue begins in the owner's text; one of another segment is named by `detail` alone."""
    piece = window.owner_of(reason.cue[0]) if reason.cue else None
    return piece is not None and piece.segment_id == window.owner.segment_id


def _timed_speech(owner: KeptSegment, finding: Finding) -> Finding:
    """Lane time is stream time. Words without times stand for their whole segment on the time line."""
    start, end = finding.start_ms, finding.end_ms
    if start is None or end is None:
        return replace(
            finding,
            stream_start_ms=owner.start_ms,
            stream_end_ms=owner.end_ms,
            occurred_at=_instant(owner, owner.start_ms),
        )
    return replace(
        finding,
        start_ms=start - owner.start_ms,
        end_ms=end - owner.start_ms,
        stream_start_ms=start,
        stream_end_ms=end,
        occurred_at=_instant(owner, start),
    )


def _timed_message(owner: KeptSegment, finding: Finding) -> Finding:
    sent_at = owner.facts.sent_at
    occurred_at = rfc3339(sent_at) if sent_at else None
    if owner.offset_ms is None:
        return replace(finding, occurred_at=occurred_at)
    return replace(
        finding,
        stream_start_ms=owner.offset_ms,
        stream_end_ms=owner.offset_ms,
        occurred_at=occurred_at or _instant(owner, owner.offset_ms),
    )


def _instant(owner: KeptSegment, stream_ms: int) -> str | None:
    """Wall-clock time of a stream time, where the stream's start was declared."""
    started_at = owner.facts.started_at
    return rfc3339(started_at + timedelta(milliseconds=stream_ms)) if started_at else None


def _signed_length(window: Window, origin: int, at: int) -> int:
    """Characters from `origin` to `at`; negative before it."""
    return window.length(origin, at) if at >= origin else -window.length(at, origin)
