"""Handbook §4.2: which findings are one event."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.event import Event, Located
from service.domain.finding import Subject
from service.domain.vocabulary import Channel, Severity, SubjectKind, Verdict
from service.streams.events import MAX_EVENT_MS, MERGE_GAP_MS, merge
from tests.streams.findings_for_tests import ANCHOR, finding, located


def at(*seconds: float) -> list[Located]:
    return [located(finding(at_s=s, id=f"f{i}")) for i, s in enumerate(seconds)]


def sizes(events: tuple[Event, ...]) -> list[int]:
    return [len(e.finding_ids) for e in events]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        ((0, 60, 120), [3]),
        ((0, 121), [2]),  # the gap counts from the end of the first, 1 s long
        ((0, 121.001), [1, 1]),
        ((0, 100, 200, 300, 400, 500, 590), [7]),
        ((0, 100, 200, 300, 400, 500, 600), [6, 1]),  # 600 s at most, from first start to last end
        ((0, 100, 200, 300, 400, 500, 600, 700), [6, 2]),
    ],
)
def test_gap_and_length(seconds: tuple[float, ...], expected: list[int]) -> None:
    assert sizes(merge("s", at(*seconds))) == expected


@pytest.mark.parametrize(
    "other",
    [
        located(finding("c.lowest_price", at_s=5, id="b")),
        located(finding(at_s=5, id="b", product_id="p2")),
        located(finding(at_s=5, id="b", subject=Subject(SubjectKind.ANCHOR, "bo", "x"))),
        located(finding(at_s=5, id="b", subject=Subject(SubjectKind.USER, "li", "x"))),
        located(finding(at_s=5, id="b"), channel=Channel.TITLE),
    ],
    ids=["subtype", "product", "subject", "subject kind", "channel"],
)
def test_what_keeps_events_apart(other: Located) -> None:
    assert sizes(merge("s", [located(finding(at_s=0, id="a")), other])) == [1, 1]


def test_the_rule_that_chose_the_subject_does_not() -> None:
    other = located(finding(at_s=5, id="b", subject=Subject(ANCHOR.kind, ANCHOR.id, "speaker_named")))
    assert sizes(merge("s", [located(finding(at_s=0, id="a")), other])) == [2]


@pytest.mark.parametrize(("cut", "expected"), [(5_000, [1, 1]), (10_000, [1, 1]), (0, [2]), (10_001, [2])])
def test_a_change_of_product_between_two_findings_cuts(cut: int, expected: list[int]) -> None:
    assert sizes(merge("s", at(0, 10), [cut])) == expected


def test_the_gap_counts_from_the_latest_end() -> None:
    long, short = finding(at_s=0, length_s=100, id="a"), finding(at_s=5, id="b")
    assert sizes(merge("s", [located(long), located(short), *at(200)[:1]])) == [3]


def test_exempt_findings_make_no_event() -> None:
    assert merge("s", [located(finding(verdict=Verdict.EXEMPT, id="a"))]) == ()


def test_an_event_weighs_what_its_heaviest_finding_weighs() -> None:
    light = finding(at_s=0, id="a", verdict=Verdict.NEEDS_EVIDENCE, severity=Severity.HIGH)
    heavy = finding(at_s=5, id="b", verdict=Verdict.SUSPECTED, severity=Severity.LOW)
    (event,) = merge("s", [located(heavy), located(light)])
    assert (event.verdict, event.severity) == (Verdict.SUSPECTED, Severity.HIGH)
    assert (event.finding_ids, event.start_ms, event.end_ms) == (("a", "b"), 0, 6_000)


def test_messages_merge_by_the_clock_and_timeless_ones_not_at_all() -> None:
    noon = [finding(at_s=None, id=i, occurred_at=f"2026-03-01T12:0{i}:00.000Z") for i in "017"]
    assert sizes(merge("s", [located(f) for f in noon])) == [2, 1]
    assert sizes(merge("s", [located(finding(at_s=None, id=i)) for i in "01"])) == [1, 1]


@given(st.lists(st.floats(0, 2_000), min_size=1, max_size=30, unique=True).flatmap(
    lambda xs: st.tuples(st.just(xs), st.permutations(range(len(xs)))))
)  # fmt: skip
def test_any_order_gives_the_same_events_and_loses_nothing(
    drawn: tuple[list[float], list[int]],
) -> None:
    seconds, order = drawn
    findings = at(*seconds)
    events = merge("s", findings)
    assert events == merge("s", [findings[i] for i in order])
    assert sorted(i for e in events for i in e.finding_ids) == sorted(f.finding.id for f in findings)
    for event in events:
        assert event.start_ms is not None and event.end_ms is not None
        assert event.end_ms - event.start_ms <= max(MAX_EVENT_MS, 1_000)
    for before, after in pairwise(events):
        assert before.end_ms is not None and after.start_ms is not None and before.start_ms is not None
        apart = after.start_ms - before.end_ms > MERGE_GAP_MS
        assert apart or (after.end_ms or 0) - before.start_ms > MAX_EVENT_MS or len(after.finding_ids) > 1
