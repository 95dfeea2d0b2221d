"""What goes wrong costs one segment, is said plainly, and is never lost (architecture §2)."""

import threading
from pathlib import Path

import pytest

from service.domain.segment import Claimed, ProblemReport, SegmentKey, Submission
from service.domain.vocabulary import Channel, SegmentStatus
from service.errors import BozhengError
from service.journal.embedded import MAX_ATTEMPTS
from service.storage.problems import UNAVAILABLE
from service.streams.repository import summarise
from tests.worker.stream_world import STREAM, TENANT, World, filled, open_world


def test_a_refused_sound_fails_at_once_with_its_problem(world: World) -> None:
    receipt = world.say(0, "!")
    world.work()
    answer = world.first(receipt)
    assert (answer.status, answer.attempts) == (SegmentStatus.FAILED, 1)
    assert answer.problem is not None
    assert (answer.problem.code, answer.problem.status) == ("audio.undecodable", 422)
    assert answer.problem.title_zh and answer.problem.detail == "not sound"


def test_a_defect_is_retried_then_a_dead_letter_and_neighbours_go_on(world: World) -> None:
    broken, sound = world.say(0, "?"), world.say(1, "加我微信")
    world.work()
    answer = world.first(broken)
    assert (answer.status, answer.attempts) == (SegmentStatus.FAILED, MAX_ATTEMPTS)
    assert answer.problem is not None and answer.problem.code == "segment.attempts_exhausted"
    assert world.first(sound).status is SegmentStatus.DONE
    assert world.journal.lag() == 0
    summary = world.storage.database.read(lambda c: summarise(c, TENANT, STREAM))
    assert summary.segments == {"accepted": 0, "done": 1, "failed": 1}


def test_a_segment_of_an_undeclared_stream_fails_plainly(world: World) -> None:
    key = SegmentKey(TENANT, "nowhere", Channel.DANMU, "m")
    receipt = world.journal.append(Submission(key, text="你好"))
    world.work()
    problem = world.first(receipt).problem
    assert problem is not None and problem.code == "stream.not_found"


def test_a_restart_takes_up_what_was_claimed(tmp_path: Path) -> None:
    with open_world(tmp_path) as world:
        receipt = world.say(0, filled("加我微信"))
        (claimed,) = world.journal.claim(4)
        assert claimed.attempt == 1
    with open_world(tmp_path) as world:
        world.work()
        answer = world.first(receipt)
    assert (answer.status, answer.attempts, len(answer.findings)) == (SegmentStatus.DONE, 2, 1)


def test_a_segment_that_kills_the_process_thrice_is_given_up(tmp_path: Path) -> None:
    for attempt in range(1, MAX_ATTEMPTS + 1):
        with open_world(tmp_path) as world:
            receipt = world.say(0, filled("加我微信"))
            assert [c.attempt for c in world.journal.claim(4)] == [attempt]
    with open_world(tmp_path) as world:
        assert world.journal.claim(4) == []
        answer = world.first(receipt)
    assert answer.status is SegmentStatus.FAILED
    assert answer.problem is not None and answer.problem.code == "segment.attempts_exhausted"


def test_recording_twice_changes_nothing(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """A transport may deliver again what was recorded and not acknowledged."""
    receipt = world.say(0, filled("全网最低价"))
    (claimed,) = world.journal.claim(1)
    for _ in range(2):
        world.worker.take(claimed)
    world.work()
    assert world.first(receipt).stream_revision == 1
    assert len(world.current(0).findings) == 1
    assert not caplog.records, "the second delivery is answered, not refused"


def test_damaged_bytes_fail_their_segment(world: World, tmp_path: Path) -> None:
    receipt = world.say(0, filled("加我微信"))
    (blob,) = [p for p in (tmp_path / "blobs").rglob("*") if p.is_file()]
    blob.write_bytes(b"something else")
    for _ in range(MAX_ATTEMPTS):
        world.work()
        world.clock.forward(60)
    problem = world.first(receipt).problem
    assert problem is not None and problem.code == "segment.content_lost"


def test_the_loop_outlives_a_journal_that_fails_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    claim, calls = world.journal.claim, []

    def failing_once(max_batch: int) -> list[Claimed]:
        calls.append(max_batch)
        if len(calls) == 1:
            raise OSError("disk")
        return claim(max_batch)

    monkeypatch.setattr(world.journal, "claim", failing_once)
    receipt = world.say(0, filled("加我微信"))
    thread = threading.Thread(target=world.worker.run)
    thread.start()
    assert world.journal.wait(receipt.segment_id, 10)
    world.worker.stop()
    thread.join(10)
    assert not thread.is_alive() and len(calls) >= 2


def test_a_full_disk_keeps_nothing_claimed_for_ever(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal cannot be told that an attempt failed; it is told when it can."""
    receipt = world.say(0, "!")
    fail = world.journal.fail
    refusals = iter([BozhengError(UNAVAILABLE, "disk full")])

    def refusing(segment_id: str, problem: ProblemReport) -> None:
        for refusal in refusals:
            raise refusal
        fail(segment_id, problem)

    monkeypatch.setattr(world.journal, "fail", refusing)
    with pytest.raises(BozhengError):
        world.worker.step()
    world.work()
    assert world.first(receipt).status is SegmentStatus.FAILED
