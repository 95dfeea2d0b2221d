"""Confirmed events → count units of clause 7.2.3 (handbook §4.3). Pure.

Per stream: `count = min(3, n_critical + n_after_warning + base + extra)`. `base` is 1 when events remain that
are neither; `extra` is 1 when those of them that are high or heavier have two or more different items.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.domain.event import Event
from service.domain.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class CountRules:
    """`counting_7_2_3` of clauses.yaml, the part that turns events into units (handbook §4.3, §5.2)."""

    per_stream_cap: int = 3
    count_same_stream_after_warning: bool = True
    min_countable_severity: Severity = Severity.MEDIUM


DEFAULT_RULES = CountRules()


def count_units(events: Iterable[Event], rules: CountRules = DEFAULT_RULES) -> int:
    """Count units of one subject over all streams. Uncountable events and those below
    `min_countable_severity` count for nothing (handbook §5.2; Appendix B vector 12)."""
    streams: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.countable and event.severity.rank >= rules.min_countable_severity.rank:
            streams[event.group.stream_id].append(event)
    return sum(count_stream(confirmed, rules) for confirmed in streams.values())


def count_stream(events: Sequence[Event], rules: CountRules = DEFAULT_RULES) -> int:
    """Count units of one subject in one stream."""
    critical = [e for e in events if e.severity is Severity.CRITICAL]
    rest = [e for e in events if e.severity is not Severity.CRITICAL]
    warned = [e for e in rest if e.after_warning and rules.count_same_stream_after_warning]
    rest = [e for e in rest if e not in warned]
    base = 1 if rest else 0
    heavy_items = {e.group.subtype[0] for e in rest if e.severity.rank >= Severity.HIGH.rank}
    extra = 1 if len(heavy_items) >= 2 else 0
    return min(rules.per_stream_cap, len(critical) + len(warned) + base + extra)
