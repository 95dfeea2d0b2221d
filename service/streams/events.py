"""Current findings → candidate events (handbook §4.2). Pure: the order of the findings does not matter."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from service.domain.event import Event, EventGroup, Located
from service.domain.finding import Finding, Subject
from service.domain.instants import to_ms
from service.domain.vocabulary import Channel, SubjectKind, Verdict

MERGE_GAP_MS = 120_000
"""`event_merge.merge_gap_s` of handbook §4.2: findings further apart are two events."""

MAX_EVENT_MS = 600_000
"""`event_merge.max_event_s`: a longer event is cut."""

_GroupKey = tuple[Channel, SubjectKind, str, str, str | None]


@dataclass(frozen=True, slots=True)
class _Placed:
    start: int | None
    end: int | None
    located: Located


def merge(
    stream_id: str, located: Iterable[Located], product_changes: Sequence[int] = ()
) -> tuple[Event, ...]:
    """Events of one stream, by time. `product_changes` are stream milliseconds at which another product came
    on sale: no event goes on across one. Exempt findings make no event."""
    groups: dict[_GroupKey, list[_Placed]] = defaultdict(list)
    for one in located:
        finding = one.finding
        if finding.verdict not in (None, Verdict.EXEMPT) and finding.subject is not None:
            subject = finding.subject
            key = (one.channel, subject.kind, subject.id, finding.subtype, finding.product_id)
            groups[key].append(_place(one))
    cuts = sorted(product_changes)
    events = [
        _event(stream_id, run) for group in groups.values() for run in _runs(sorted(group, key=_order), cuts)
    ]
    return tuple(sorted(events, key=_event_order))


def _place(one: Located) -> _Placed:
    """Stream time, else wall-clock time, else none: then nothing tells how near another finding is."""
    finding = one.finding
    if finding.stream_start_ms is not None:
        return _Placed(finding.stream_start_ms, finding.stream_end_ms, one)
    if finding.occurred_at is not None:
        at = to_ms(datetime.fromisoformat(finding.occurred_at))
        return _Placed(at, at, one)
    return _Placed(None, None, one)


def _order(placed: _Placed) -> tuple[bool, int, int, tuple[int, int], str]:
    finding = placed.located.finding
    return placed.start is None, placed.start or 0, placed.end or 0, finding.span, finding.id


def _runs(ordered: Sequence[_Placed], cuts: Sequence[int]) -> list[list[_Placed]]:
    runs: list[list[_Placed]] = []
    for one in ordered:
        if runs and _goes_on(runs[-1], one, cuts):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _goes_on(run: Sequence[_Placed], one: _Placed, cuts: Sequence[int]) -> bool:
    first, last = run[0], max(run, key=lambda p: p.end or 0)
    if first.start is None or last.end is None or one.start is None or one.end is None:
        return False
    near = one.start - last.end <= MERGE_GAP_MS
    short = max(one.end, last.end) - first.start <= MAX_EVENT_MS
    return (
        near
        and short
        and not any(run[-1].start < cut <= one.start for cut in cuts if run[-1].start is not None)
    )


def _event(stream_id: str, run: Sequence[_Placed]) -> Event:
    findings = [p.located.finding for p in run]
    first = findings[0]
    return Event(
        group=EventGroup(stream_id, run[0].located.channel, _subject(first), first.subtype, first.product_id),
        verdict=_heaviest(findings),
        severity=max((f.severity for f in findings), key=lambda severity: severity.rank),
        finding_ids=tuple(f.id for f in findings),
        texts=tuple(f.text for f in findings),
        start_ms=first.stream_start_ms,
        end_ms=max((f.stream_end_ms for f in findings if f.stream_end_ms is not None), default=None),
        occurred_at=datetime.fromisoformat(first.occurred_at) if first.occurred_at else None,
        countable=any(f.countable for f in findings),
    )


def _heaviest(findings: Sequence[Finding]) -> Verdict:
    return max((f.verdict for f in findings if f.verdict is not None), key=lambda verdict: verdict.rank)


def _subject(finding: Finding) -> Subject:
    assert finding.subject is not None, "merge() takes findings with a subject only"
    return finding.subject


def _event_order(event: Event) -> tuple[bool, int, str, str, tuple[str, ...]]:
    return (
        event.start_ms is None,
        event.start_ms or 0,
        event.group.channel,
        event.group.subtype,
        event.finding_ids,
    )
