"""Handbook §4.3 and Appendix B: confirmed events → count units."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.event import Event
from service.domain.ledger import LedgerEntry
from service.domain.review import DecisionKind
from service.domain.vocabulary import Severity
from service.ledger.counting import CountRules, count_stream, count_units
from service.ledger.entries import next_entry
from service.ledger.fold import fold
from tests.ledger.ledger_data import decision, event

M, H, C, L = Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL, Severity.LOW


@pytest.mark.parametrize(
    ("events", "units"),
    [
        # Appendix B
        ([event() for _ in range(5)], 1),  # 7: five medium events in one stream, no warning
        ([event(), event(after_warning=True)], 2),  # 8: again after a delivered warning
        ([event(severity=L, stream="s1"), event(severity=L, stream="s2")], 0),  # 12: low enters no streak
        # §4.3, clause by clause
        ([], 0),
        ([event(stream="s1"), event(stream="s2")], 2),
        ([event(severity=C)], 1),
        ([event(severity=C), event(severity=C)], 2),
        ([event(severity=C), event()], 2),
        ([event(severity=C, after_warning=True)], 1),  # critical first: never counted twice
        ([event("c.x", H), event("n.x", H)], 2),  # two items, both high
        ([event("c.x", H), event("n.x", H), event("m.x", H)], 2),  # at most one more
        ([event("c.x", H), event("c.y", H)], 1),  # two subtypes of one item
        ([event("c.x", H), event("n.x", M)], 1),  # only one of them high
        ([event("c.x", H), event("n.x", H), event("m.x", M)], 2),  # a further offence never lowers the count
        ([event(severity=C)] * 4, 3),  # at most three a stream
        ([event(severity=C)] * 3 + [event(stream="s2")], 4),  # the cap is per stream
        ([event(countable=False)], 0),
    ],
)
def test_count_units(events: list[Event], units: int) -> None:
    assert count_units(events) == units


def test_rules_are_settings() -> None:
    warned = [event(), event(after_warning=True)]
    assert count_units(warned, CountRules(count_same_stream_after_warning=False)) == 1
    assert count_units([event(severity=L)], CountRules(min_countable_severity=L)) == 1
    assert count_stream([event(severity=C)] * 4, CountRules(per_stream_cap=2)) == 2


_events = st.lists(
    st.builds(
        event,
        st.sampled_from(["c.x", "c.y", "m.x", "n.x"]),
        st.sampled_from(list(Severity)),
        st.sampled_from(["s1", "s2"]),
        after_warning=st.booleans(),
        countable=st.booleans(),
    ),
    max_size=8,
)


@given(_events, st.randoms(use_true_random=False), st.builds(event))
def test_order_is_irrelevant_and_more_never_counts_less(
    events: list[Event], random: Random, more: Event
) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)
    assert count_units(shuffled) == count_units(events) <= count_units([*events, more])


@given(st.lists(st.tuples(_events.map(lambda e: e[:1]), st.booleans()), max_size=8), st.integers(0, 5))
def test_counters_equal_a_plain_recount(decided: list[tuple[list[Event], bool]], pending: int) -> None:
    entries: list[LedgerEntry] = []
    for events, confirmed in decided:
        for one in events:
            kind = DecisionKind.CONFIRM if confirmed else DecisionKind.REJECT
            entries.append(next_entry(entries[-1] if entries else None, "t", "case", one, decision(kind)))
    counters = fold(pending, entries)
    confirmed_events = [e for events, confirmed in decided if confirmed for e in events]
    rejected = sum(len(events) for events, confirmed in decided if not confirmed)
    assert (counters.pending, counters.confirmed, counters.rejected) == (
        pending, len(confirmed_events), rejected,
    )  # fmt: skip
    assert counters.detected == pending + len(confirmed_events) + rejected
    assert counters.count_units == count_units(confirmed_events)
