"""Architecture §3d: what was opened, revised, withdrawn."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.event import Located
from service.domain.segment import Change
from service.domain.vocabulary import Channel, Verdict
from service.streams.matching import match
from tests.streams.findings_for_tests import finding, located

OLD = located(finding(at_s=10, length_s=2, id="old", revision=3))


def changes(stored: list[Located], found: list[Located]) -> list[tuple[Change, str, int]]:
    deltas = match(stored, found, lambda: "new")
    return [(d.change, d.after.finding.id, d.after.finding.revision) for d in deltas]


def again(**fields: Any) -> Located:
    return located(replace(OLD.finding, id="", revision=1, **fields))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([again()], []),
        ([], [(Change.WITHDRAWN, "old", 4)]),
        ([again(verdict=Verdict.SUSPECTED)], [(Change.REVISED, "old", 4)]),
        ([again(stream_start_ms=11_000, stream_end_ms=15_000)], [(Change.REVISED, "old", 4)]),
        ([again(subtype="c.national_level")], [(Change.REVISED, "old", 4)]),
        ([again(item="m")], [(Change.WITHDRAWN, "old", 4), (Change.OPENED, "new", 1)]),
        (
            [again(stream_start_ms=12_001, stream_end_ms=15_000)],
            [(Change.WITHDRAWN, "old", 4), (Change.OPENED, "new", 1)],
        ),
        (
            [replace(again(), channel=Channel.TITLE)],
            [(Change.WITHDRAWN, "old", 4), (Change.OPENED, "new", 1)],
        ),
        ([replace(again(), segment_id="next")], [(Change.REVISED, "old", 4)]),
    ],
    ids=["same", "gone", "verdict", "overlap", "subtype", "item", "elsewhere", "channel", "segment"],
)
def test_one_stored_finding(found: list[Located], expected: list[tuple[Change, str, int]]) -> None:
    assert sorted(changes([OLD], found)) == sorted(expected)


def test_of_two_the_larger_overlap_is_the_same_finding() -> None:
    near = again(stream_start_ms=10_000, stream_end_ms=11_900)
    far = again(stream_start_ms=11_900, stream_end_ms=14_000)
    for found in ([near, far], [far, near]):
        deltas = match([OLD], found, lambda: "new")
        revised = next(d for d in deltas if d.change is Change.REVISED)
        assert revised.after.finding.stream_end_ms == 11_900
        assert sum(d.change is Change.OPENED for d in deltas) == 1


def test_messages_match_by_characters_of_their_own_text() -> None:
    old = located(finding(at_s=None, span=(3, 6), id="old"), "m1", Channel.DANMU)
    moved = located(finding(at_s=None, span=(5, 8)), "m1", Channel.DANMU)
    apart = located(finding(at_s=None, span=(6, 8)), "m1", Channel.DANMU)
    other = located(finding(at_s=None, span=(3, 6)), "m2", Channel.DANMU)
    assert changes([old], [moved]) == [(Change.REVISED, "old", 2)]
    assert {c for c, _, _ in changes([old], [apart])} == {Change.WITHDRAWN, Change.OPENED}
    assert {c for c, _, _ in changes([old], [other])} == {Change.WITHDRAWN, Change.OPENED}


_spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 8), st.sampled_from("ck")), max_size=8, unique=True
)


@given(_spans, _spans, st.randoms(use_true_random=False))
def test_changes_lead_from_the_stored_to_the_found_in_any_order(
    before: list[tuple[int, int, str]], after: list[tuple[int, int, str]], random: Random
) -> None:
    def build(spans: list[tuple[int, int, str]], name: str) -> list[Located]:
        return [
            located(finding(f"{item}.x", at_s=s, length_s=n, id=f"{name}{i}" if name else ""))
            for i, (s, n, item) in enumerate(spans)
        ]

    stored, found = build(before, "old"), build(after, "")
    deltas = match(stored, found, lambda: "new")
    current = {one.finding.id: one for one in stored}
    opened = []
    for delta in deltas:
        if delta.change is Change.OPENED:
            opened.append(delta.after)
        elif delta.change is Change.WITHDRAWN:
            del current[delta.after.finding.id]
        else:
            current[delta.after.finding.id] = delta.after

    def bare(many: list[Located]) -> list[str]:
        return sorted(repr(replace(m.finding, id="", revision=1)) for m in many)

    assert bare([*current.values(), *opened]) == bare(found)
    shuffled = list(found)
    random.shuffle(shuffled)
    assert match(list(reversed(stored)), shuffled, lambda: "new") == deltas
