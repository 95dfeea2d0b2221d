"""Findings, events and counters are a function of the kept segments, never of how they arrived (§3a)."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.context import Speaker
from service.domain.instants import from_ms, to_ms
from service.domain.review import CaseStatus
from service.domain.segment import Outcome
from service.domain.vocabulary import SpeakerRole, SubjectKind
from service.ledger.standing import counters_of
from service.review.repository import CaseFilter, list_cases
from service.streams.findings.repository import current_findings
from tests.worker.stream_world import ANCHOR, DECLARED, SILENT, STREAM, TENANT, World, open_world

CUT = 50
"""Characters a segment: 5 s."""

PIECES = ["全网最低价", "加我微信", "销量第一", "说错了", "有人讲", "不许", "大家好", SILENT * 7, SILENT * 60]
TWO = replace(DECLARED, speakers=(ANCHOR, Speaker("anchor-bo", SpeakerRole.CO_HOST)))


@st.composite
def arrivals(draw: st.DrawFn) -> tuple[list[str], list[int]]:
    """A stream cut into segments, and an order of arrival in which each comes at least once."""
    pieces = draw(st.lists(st.sampled_from(PIECES), min_size=8, max_size=30))
    words = "".join(pieces)
    cut = [words[i : i + CUT].ljust(CUT, SILENT) for i in range(0, len(words), CUT)]
    order = draw(st.permutations(range(len(cut))))
    again = draw(st.lists(st.sampled_from(range(len(cut))), max_size=4))
    return cut, [*order, *again]


def _send(world: World, segments: list[str], order: list[int]) -> None:
    for seq in order:
        speaker = TWO.speakers[seq % 3 % 2].id
        product = f"p{seq // 4}"
        receipt = world.say(
            seq, segments[seq], offset_ms=seq * CUT * 100, speaker_id=speaker, product_id=product
        )
        assert receipt.outcome is not Outcome.CONFLICT
        if seq % 2:  # an author who writes while it is said
            sent_at = from_ms(to_ms(DECLARED.started_at or world.clock()) + seq * 5_000)
            world.write(f"m{seq}", segments[seq].strip(SILENT), author_id="fan", sent_at=sent_at)
        world.work()


def _view(world: World) -> dict[str, Any]:
    """Everything that may not depend on arrival, without ids and revisions."""
    read = world.storage.database.read
    keys = {}
    for located in read(lambda c: current_findings(c, TENANT, STREAM)):
        finding = replace(located.finding, id="", revision=1)
        keys[(located.channel, finding.stream_start_ms, finding.span, finding.item)] = finding
    page = read(lambda c: list_cases(c, TENANT, CaseFilter(status=CaseStatus.PENDING), 500))
    events = sorted(
        (repr(replace(case.event, finding_ids=())), case.kind, case.advice, case.flagged)
        for case in page.cases
    )
    counters = {
        speaker.id: read(lambda c, s=speaker: counters_of(c, TENANT, SubjectKind.ANCHOR, s.id))
        for speaker in TWO.speakers
    }
    return {"findings": keys, "events": events, "counters": counters}


@given(arrivals())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_any_order_with_repeats_gives_the_same_record(sent: tuple[list[str], list[int]]) -> None:
    segments, order = sent
    views = []
    for arrival in (list(range(len(segments))), order):
        with tempfile.TemporaryDirectory() as folder, open_world(Path(folder), TWO) as world:
            _send(world, segments, arrival)
            views.append(_view(world))
    assert views[0] == views[1]


def test_the_property_sees_findings_events_and_counters() -> None:
    """The property above compares something: this stream has all three."""
    words = ("全网最低价" + SILENT * 43 + "加我微信" + "有人讲" + SILENT * 40 + "全网最低价").ljust(
        150, SILENT
    )
    segments = [words[i : i + CUT] for i in range(0, len(words), CUT)]
    with tempfile.TemporaryDirectory() as folder, open_world(Path(folder), TWO) as world:
        _send(world, segments, [2, 0, 1])
        view = _view(world)
    assert len(view["findings"]) >= 3 and len(view["events"]) >= 3
    assert any(counters.detected for counters in view["counters"].values())
