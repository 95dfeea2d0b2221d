"""One segment's result into the record, in one transaction (architecture §2, §3d).

transcript · findings and their revisions · events and cases · first answer · the journal's row settled
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from service.domain.advice import advise
from service.domain.event import Located
from service.domain.finding import Finding
from service.domain.instants import from_ms
from service.domain.kept import KeptSegment
from service.domain.segment import Claimed, Notice, Revision, SegmentResult
from service.domain.vocabulary import SegmentStatus
from service.journal.repository import settle
from service.review.carry_out import carry_out
from service.review.reconcile import reconcile, undecided
from service.review.repository import cases_of_findings
from service.storage.ids import new_id
from service.streams.events import merge
from service.streams.facts import SPEECH_LANE
from service.streams.findings.repository import (
    GroupKey,
    add_deltas,
    earliest_deadline,
    findings_by_id,
    findings_of_group,
    findings_of_segments,
    group_of,
    groups_of_stream,
)
from service.streams.matching import Delta, match
from service.streams.repository import advance
from service.streams.segments.repository import add_segment, find_answer, product_changes, store_answer


@dataclass(frozen=True, slots=True)
class Recording:
    """What the worker learnt of one segment.

    `analysed` are the segments that were analysed with it (itself, and those whose window it touches) and all
    findings of each, localised. `stream_revision` is that of the snapshot that was analysed.
    """

    claimed: Claimed
    kept: KeptSegment
    analysed: Sequence[tuple[KeptSegment, tuple[Finding, ...]]]
    stream_revision: int
    duration_ms: int | None
    timings: Mapping[str, float]
    notices: tuple[Notice, ...] = ()


def record(connection: Connection, recording: Recording, now: datetime) -> SegmentResult:
    """Keep everything about one segment; returns its first answer. Call inside `Database.write`.

    Recording a segment again changes nothing and returns the kept answer. Raises BozhengError
    `stream.changed` when the stream moved on since `stream_revision`: analyse again.
    """
    kept = recording.kept
    tenant, stream_id = kept.key.tenant, kept.key.stream_id
    answered = find_answer(connection, tenant, kept.segment_id)
    if answered is not None:
        return answered
    revision = advance(connection, tenant, stream_id, recording.stream_revision, now)
    switched = _keep_segment(connection, kept)
    deltas = _revise(connection, recording, revision)
    groups = groups_of_stream(connection, tenant, stream_id) if switched else _groups(deltas)
    if groups:
        _review(connection, tenant, stream_id, groups, deltas, now)
    answer = _answer(connection, recording, deltas, revision)
    store_answer(connection, answer)
    settle(connection, tenant, kept.segment_id)
    return answer


def _keep_segment(connection: Connection, kept: KeptSegment) -> bool:
    """Keep the words; whether that changed when products came on sale, which may cut any event."""
    if kept.lane != SPEECH_LANE or kept.facts.context.product is None:
        add_segment(connection, kept)
        return False
    before = product_changes(connection, kept.key.tenant, kept.key.stream_id)
    add_segment(connection, kept)
    return product_changes(connection, kept.key.tenant, kept.key.stream_id) != before


def _revise(connection: Connection, recording: Recording, revision: int) -> list[Delta]:
    """Match the findings of every analysed segment with those kept, and append what changed."""
    tenant, stream_id = recording.kept.key.tenant, recording.kept.key.stream_id
    others = [s.segment_id for s, _ in recording.analysed if s.segment_id != recording.kept.segment_id]
    found = [
        Located(segment.segment_id, segment.key.channel, finding)
        for segment, findings in recording.analysed
        for finding in findings
    ]
    stored = findings_of_segments(connection, tenant, others) if others else ()
    deltas = match(stored, found, partial(new_id, "fnd"))
    cause = recording.kept.segment_id
    add_deltas(connection, tenant, stream_id, deltas, caused_by=cause, stream_revision=revision)
    return deltas


def _groups(deltas: Sequence[Delta]) -> set[GroupKey]:
    """Groups that a change left or entered."""
    located = [one for delta in deltas for one in (delta.before, delta.after) if one is not None]
    return {group for one in located if (group := group_of(one.finding)) is not None}


def _review(
    connection: Connection,
    tenant: str,
    stream_id: str,
    groups: set[GroupKey],
    deltas: Sequence[Delta],
    now: datetime,
) -> None:
    """Events and cases of the named groups, from all their current findings."""
    located = [one for group in groups for one in findings_of_group(connection, tenant, stream_id, group)]
    ids = {one.finding.id for one in located} | {delta.after.finding.id for delta in deltas}
    cases = cases_of_findings(connection, tenant, sorted(ids))
    cuts = product_changes(connection, tenant, stream_id)
    events = merge(stream_id, undecided(located, cases), cuts)
    decided = {i for case in cases for i in case.event.finding_ids}
    current = findings_by_id(connection, tenant, sorted(decided))
    carry_out(connection, tenant, reconcile(cases, events, current), now)


def _answer(
    connection: Connection, recording: Recording, deltas: Sequence[Delta], revision: int
) -> SegmentResult:
    claimed, kept = recording.claimed, recording.kept
    tenant = kept.key.tenant
    findings = _own(deltas, kept.segment_id)
    due = earliest_deadline(connection, tenant, [f.id for f in findings]) if findings else None
    speech = kept.transcript is not None
    return SegmentResult(
        segment_id=kept.segment_id,
        key=kept.key,
        status=SegmentStatus.DONE,
        accepted_at=claimed.accepted_at,
        attempts=claimed.attempt,
        offset_ms=kept.offset_ms,
        duration_ms=recording.duration_ms,
        transcript=kept.transcript,
        text=None if speech else kept.text,
        findings=findings,
        revisions=_revisions(recording, deltas),
        verdict=advise(findings),
        review_by=from_ms(due) if due is not None else None,
        versions=kept.facts.versions,
        timings=recording.timings,
        notices=recording.notices,
        stream_revision=revision,
    )


def _own(deltas: Sequence[Delta], segment_id: str) -> tuple[Finding, ...]:
    """Findings of a segment that had none before, in text order."""
    mine = [d.after.finding for d in deltas if d.after.segment_id == segment_id]
    return tuple(sorted(mine, key=lambda f: (f.span, f.item)))


def _revisions(recording: Recording, deltas: Sequence[Delta]) -> tuple[Revision, ...]:
    """Changes that concern other segments than the recorded one."""
    segments = {segment.segment_id: segment for segment, _ in recording.analysed}
    own = recording.kept.segment_id
    return tuple(
        Revision(
            change=delta.change,
            segment_id=delta.after.segment_id,
            segment_key=segments[delta.after.segment_id].key.key,
            channel=delta.after.channel,
            finding=delta.after.finding,
        )
        for delta in deltas
        if {own} != {one.segment_id for one in (delta.before, delta.after) if one is not None}
    )
