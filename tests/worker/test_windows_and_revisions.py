"""Later words change earlier findings (architecture §3c–e); a phrase cut by a boundary is found."""

from dataclasses import replace

import pytest

from service.domain.review import Case, CaseStatus, DecisionKind, ReasonCode
from service.domain.segment import Change
from service.domain.vocabulary import Advice, Channel, SegmentStatus, SubjectKind, Verdict
from service.errors import BozhengError
from service.ledger.standing import counters_of
from service.pipeline import Versions
from service.review.decisions import decide
from service.review.repository import CaseFilter, get_case, list_cases
from service.streams.findings.repository import current_findings
from service.streams.repository import get_stream, put_stream
from service.worker import REPLANS
from tests.worker.stream_world import DECLARED, STREAM, TENANT, World, filled


def all_cases(world: World) -> tuple[Case, ...]:
    return world.storage.database.read(lambda c: list_cases(c, TENANT, CaseFilter(), 50)).cases


def test_a_phrase_cut_by_a_boundary_belongs_to_the_segment_of_its_first_character(world: World) -> None:
    first = world.heard(0, filled("全网最", at=97))
    second = world.heard(1, filled("低价冲冲冲"))
    assert (first.findings, second.findings) == ((), ())
    (revision,) = second.revisions
    assert (revision.change, revision.segment_key) == (Change.OPENED, "0")
    finding = revision.finding
    assert (finding.text, finding.span) == ("全网最低价", (0, 5))
    assert (finding.start_ms, finding.end_ms) == (9_700, 10_200)
    assert finding.reasons[0].cue == (0, 5)
    assert world.current(0).findings == (finding,)
    assert world.current(0).verdict is Advice.REVIEW and world.current(1).verdict is Advice.PASS


@pytest.mark.parametrize("silence", [31, 50])
def test_words_across_a_long_pause_are_no_phrase(world: World, silence: int) -> None:
    world.heard(0, filled("全网最", at=97))
    world.heard(1, filled("低价", at=silence))
    assert world.current(0).findings == ()


def test_a_missing_segment_joins_nothing_until_it_comes(world: World) -> None:
    world.heard(0, filled("全网最", at=97))
    world.heard(2, filled("低价"))
    assert world.current(0).findings == ()
    world.heard(1, filled("", chars=100))
    assert world.current(0).findings == ()


def test_a_correction_within_fifteen_seconds_takes_the_finding_back(world: World) -> None:
    said = world.heard(0, filled("全网最低价", at=90))
    assert said.verdict is Advice.REVIEW
    corrected = world.heard(1, filled("说错了"))
    (revision,) = corrected.revisions
    assert (revision.change, revision.finding.verdict) == (Change.REVISED, Verdict.EXEMPT)
    assert (revision.finding.id, revision.finding.revision) == (said.findings[0].id, 2)
    (case,) = all_cases(world)
    assert case.status is CaseStatus.WITHDRAWN and len(case.notes) == 1
    assert world.current(0).verdict is Advice.PASS


def test_words_beyond_the_look_ahead_change_nothing(world: World) -> None:
    world.heard(0, filled("全网最低价", at=0))
    late = world.heard(3, filled("说错了"))
    assert late.revisions == ()


def test_a_late_segment_is_read_by_those_after_it(world: World) -> None:
    world.heard(3, filled("加我微信"))
    late = world.heard(2, filled("有人讲", at=95))
    (revision,) = late.revisions
    assert (revision.segment_key, revision.finding.verdict) == ("3", Verdict.SUSPECTED)


def test_a_late_denial_withdraws_finding_and_case(world: World) -> None:
    said = world.heard(3, filled("加我微信"))
    late = world.heard(2, filled("不许", at=98))
    (revision,) = late.revisions
    assert (revision.change, revision.segment_key) == (Change.WITHDRAWN, "3")
    assert (revision.finding.id, revision.finding.revision) == (said.findings[0].id, 2)
    now = world.current(3)
    assert (now.findings, now.verdict, now.review_by) == ((), Advice.PASS, None)
    assert [c.status for c in all_cases(world)] == [CaseStatus.WITHDRAWN]
    counters = world.storage.database.read(lambda c: counters_of(c, TENANT, SubjectKind.ANCHOR, "anchor-li"))
    assert (counters.detected, counters.pending) == (0, 0)


def test_the_first_answer_stays_and_the_current_view_moves(world: World) -> None:
    receipt = world.say(0, filled("全网最低价", at=90))
    world.work()
    before = world.first(receipt)
    world.heard(1, filled("说错了"))
    assert world.first(receipt) == before
    now = world.current(0)
    assert now.findings != before.findings and now.stream_revision > before.stream_revision


def test_a_decision_is_never_changed_by_later_words(world: World) -> None:
    world.heard(0, filled("全网最低价", at=90))
    (case,) = all_cases(world)
    database = world.storage.database
    confirm = (TENANT, case.id, DecisionKind.CONFIRM, "wang", ReasonCode.WORDS_SUFFICE, "", world.clock())
    decided = database.write(lambda c: decide(c, *confirm)).result()
    world.heard(1, filled("说错了"))
    after = database.read(lambda c: get_case(c, TENANT, case.id))
    assert (after.status, after.decision, after.event) == (CaseStatus.CONFIRMED, decided.decision, case.event)
    assert after.flagged and len(after.notes) == 2
    counters = database.read(lambda c: counters_of(c, TENANT, SubjectKind.ANCHOR, "anchor-li"))
    assert (counters.detected, counters.confirmed, counters.count_units) == (1, 1, 1)


def test_a_rejected_finding_opens_nothing_again_but_a_new_one_does(world: World) -> None:
    world.heard(0, filled("全网最低价"))
    (case,) = all_cases(world)
    reject = (TENANT, case.id, DecisionKind.REJECT, "wang", ReasonCode.CONTEXT_MISREAD, "", world.clock())
    world.storage.database.write(lambda c: decide(c, *reject)).result()
    world.heard(1, filled("全网最低价"))
    cases = all_cases(world)
    assert sorted(c.status for c in cases) == [CaseStatus.PENDING, CaseStatus.REJECTED]
    (pending,) = [c for c in cases if c.status is CaseStatus.PENDING]
    assert set(pending.event.finding_ids).isdisjoint(case.event.finding_ids)


def test_near_findings_are_one_case_far_ones_two(world: World) -> None:
    world.heard(0, filled("全网最低价"))
    world.heard(12, filled("全网最低价"))
    world.heard(30, filled("全网最低价"))
    cases = all_cases(world)
    assert sorted(len(c.event.finding_ids) for c in cases) == [1, 2]


def test_a_late_segment_joins_two_cases_into_the_older_one(world: World) -> None:
    world.heard(0, filled("全网最低价"))
    world.clock.forward(1)
    world.heard(20, filled("全网最低价"))
    older = min(all_cases(world), key=lambda c: c.opened_at)
    world.heard(10, filled("全网最低价"))
    pending = [c for c in all_cases(world) if c.status is CaseStatus.PENDING]
    assert [c.id for c in pending] == [older.id]
    assert len(pending[0].event.finding_ids) == 3


def test_another_product_in_between_cuts_the_event(world: World) -> None:
    world.heard(0, filled("全网最低价"), product_id="p1")
    world.heard(2, filled("全网最低价"), product_id="p1")
    assert len(all_cases(world)) == 1
    world.heard(1, filled("看看这个"), product_id="p2")
    assert len([c for c in all_cases(world) if c.status is CaseStatus.PENDING]) == 2


def test_one_authors_messages_are_read_together_others_are_not(world: World) -> None:
    sent_at = world.clock.now
    world.write("m1", "有人讲", author_id="a", sent_at=sent_at)
    world.write("m2", "加我微信", author_id="a", sent_at=sent_at)
    world.write("m3", "加我微信", author_id="b", sent_at=sent_at)
    world.write("m4", "加我", author_id="c", sent_at=sent_at)
    world.write("m5", "微信", author_id="c", sent_at=sent_at)
    world.work()
    located = world.storage.database.read(lambda c: current_findings(c, TENANT, STREAM))
    verdicts = {one.finding.subject.id: one.finding.verdict for one in located if one.finding.subject}
    assert verdicts == {"a": Verdict.SUSPECTED, "b": Verdict.VIOLATION}
    assert all(one.channel is Channel.DANMU for one in located)


def test_a_stream_that_changes_during_analysis_is_analysed_again(world: World) -> None:
    renamed = iter([replace(DECLARED, title="new title")])

    def change() -> None:
        for stream in renamed:
            write = world.storage.database.write
            write(lambda c, stream=stream: put_stream(c, TENANT, stream, world.clock())).result()

    world.pipeline.before = change
    answer = world.heard(0, filled("全网最低价"))
    assert len(answer.findings) == 1 and answer.stream_revision == 2


def test_a_stream_that_never_rests_costs_an_attempt_not_the_segment(world: World) -> None:
    titles = iter(range(REPLANS))

    def change() -> None:
        for title in titles:
            stream = replace(DECLARED, title=f"title {title}")
            world.storage.database.write(
                lambda c, stream=stream: put_stream(c, TENANT, stream, world.clock())
            ).result()
            break

    world.pipeline.before = change
    answer = world.heard(0, filled("全网最低价"))
    assert (answer.status, answer.attempts, len(answer.findings)) == (SegmentStatus.DONE, 2, 1)


def test_segments_decided_by_other_versions_keep_their_findings(world: World) -> None:
    world.heard(0, filled("全网最低价", at=90))
    world.pipeline.versions = Versions("c1", "l2", "none", "p1")
    assert world.heard(1, filled("说错了")).revisions == ()
    assert world.current(0).findings[0].verdict is Verdict.VIOLATION


def test_a_foreign_tenants_stream_is_unknown(world: World) -> None:
    with pytest.raises(BozhengError) as refused:
        world.storage.database.read(lambda c: get_stream(c, "other", STREAM))
    assert refused.value.problem.code == "stream.not_found"
