"""A segment's way through the worker: answer, times, subject, cases, counters."""

from datetime import timedelta

from service.domain.review import CaseKind, CaseStatus
from service.domain.vocabulary import Advice, Channel, SegmentStatus, SubjectKind, Verdict
from service.ledger.standing import counters_of
from service.review.repository import CaseFilter, list_cases
from tests.worker.stream_world import ANCHOR, STREAM, TENANT, World, filled


def test_a_violation_is_found_timed_and_put_before_a_person(world: World) -> None:
    answer = world.heard(3, filled("来来来全网最低价"))
    (finding,) = answer.findings
    assert answer.status is SegmentStatus.DONE and answer.verdict is Advice.REVIEW
    assert (finding.span, finding.text) == ((3, 8), "全网最低价")
    assert (finding.start_ms, finding.end_ms) == (300, 800)
    assert (finding.stream_start_ms, finding.stream_end_ms) == (30_300, 30_800)
    assert finding.occurred_at == "2026-03-01T12:00:30.300Z"
    assert finding.subject is not None
    assert (finding.subject.kind, finding.subject.id) == (SubjectKind.ANCHOR, ANCHOR.id)
    assert answer.review_by == world.clock.now + timedelta(hours=4)
    (case,) = world.storage.database.read(lambda c: list_cases(c, TENANT, CaseFilter(), 10)).cases
    assert (case.kind, case.status) == (CaseKind.VIOLATION, CaseStatus.PENDING)
    assert case.event.finding_ids == (finding.id,)
    assert case.event.group.stream_id == STREAM


def test_silence_asks_no_engine_and_passes(world: World) -> None:
    answer = world.heard(0, filled(""))
    assert (answer.status, answer.verdict, answer.findings) == (SegmentStatus.DONE, Advice.PASS, ())
    assert answer.transcript is not None and answer.transcript.text == ""
    assert world.recognizer.heard == 0
    assert answer.duration_ms == 10_000


def test_truncated_sound_is_analysed_and_said_to_be(world: World) -> None:
    answer = world.heard(0, "加我微信…")
    assert [n.code for n in answer.notices] == ["audio.truncated"]
    assert answer.verdict is Advice.BLOCK


def test_stages_are_timed_and_versions_recorded(world: World) -> None:
    answer = world.heard(0, "大家好")
    assert {"queue", "decode", "regions", "recognise", "analyse"} == set(answer.timings)
    assert all(spent >= 0 for spent in answer.timings.values())
    assert answer.versions == {
        "clauses": "c1", "lexicon": "l1", "model": "none", "pipeline": "p1", "asr": "words@1",
    }  # fmt: skip


def test_an_exempt_finding_is_kept_without_a_case(world: World) -> None:
    answer = world.heard(0, "全网最低价说错了")
    assert [f.verdict for f in answer.findings] == [Verdict.EXEMPT]
    assert answer.verdict is Advice.PASS and answer.review_by is None
    assert world.storage.database.read(lambda c: list_cases(c, TENANT, CaseFilter(), 10)).cases == ()


def test_a_claim_without_evidence_opens_a_case_but_counts_for_nobody(world: World) -> None:
    answer = world.heard(0, "销量第一")
    assert answer.verdict is Advice.REVIEW
    (case,) = world.storage.database.read(lambda c: list_cases(c, TENANT, CaseFilter(), 10)).cases
    assert case.kind is CaseKind.EVIDENCE
    counters = world.storage.database.read(lambda c: counters_of(c, TENANT, SubjectKind.ANCHOR, ANCHOR.id))
    assert (counters.detected, counters.pending) == (0, 0)


def test_a_viewers_message_never_touches_an_anchors_counters(world: World) -> None:
    receipt = world.write("m1", "加我微信", author_id="fan-7")
    world.work()
    (finding,) = world.first(receipt).findings
    assert finding.subject is not None
    assert (finding.subject.kind, finding.subject.id) == (SubjectKind.USER, "fan-7")
    assert (finding.start_ms, finding.stream_start_ms, finding.span) == (None, None, (0, 4))
    read = world.storage.database.read
    assert read(lambda c: counters_of(c, TENANT, SubjectKind.ANCHOR, ANCHOR.id)).detected == 0
    assert read(lambda c: counters_of(c, TENANT, SubjectKind.USER, "fan-7")).detected == 1


def test_a_title_is_the_operators(world: World) -> None:
    receipt = world.write("t1", "全网最低价", Channel.TITLE)
    world.work()
    (finding,) = world.first(receipt).findings
    assert finding.subject is not None and finding.subject.kind is SubjectKind.OPERATOR
