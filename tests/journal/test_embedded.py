"""Accepted once, kept before it is answered, handed out until it is settled."""

import asyncio
import hashlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from service.domain.segment import Outcome, SegmentKey, Submission
from service.domain.vocabulary import Channel, SpeakerRole
from service.journal.embedded import MAX_ATTEMPTS, EmbeddedJournal
from service.journal.problems import ATTEMPTS_EXHAUSTED, report
from service.storage.embedded import Storage, open_embedded

KEY = SegmentKey("acme", "live", Channel.SPEECH, "7")
SPEECH = Submission(KEY, audio=b"sound", offset_ms=70_000)
MESSAGE = Submission(
    replace(KEY, channel=Channel.DANMU, key="m1"),
    text="你好",
    sent_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    author_id="fan",
    author_role=SpeakerRole.USER,
    product_id="p1",
)
PROBLEM = report(ATTEMPTS_EXHAUSTED, "test")


class Clock:
    now = datetime(2026, 3, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    with open_embedded(tmp_path) as storage:
        yield storage


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(storage: Storage, clock: Clock) -> EmbeddedJournal:
    return EmbeddedJournal(storage.database, storage.blobs, clock)


@pytest.mark.parametrize("submission", [SPEECH, MESSAGE], ids=["speech", "message"])
def test_what_is_claimed_is_what_was_sent(journal: EmbeddedJournal, submission: Submission) -> None:
    receipt = journal.append(submission)
    (claimed,) = journal.claim(5)
    assert receipt.outcome is Outcome.ACCEPTED
    assert (claimed.segment_id, claimed.submission, claimed.attempt) == (receipt.segment_id, submission, 1)
    assert claimed.accepted_at == Clock.now


@pytest.mark.parametrize(
    "again",
    [
        replace(SPEECH, audio=b"other"),
        replace(SPEECH, offset_ms=70_001),
        replace(SPEECH, speaker_id="bo"),
        replace(SPEECH, product_id="p1"),
    ],
    ids=["sound", "offset", "speaker", "product"],
)
def test_other_content_under_a_key_is_a_conflict_and_keeps_nothing(
    journal: EmbeddedJournal, again: Submission, tmp_path: Path
) -> None:
    first = journal.append(SPEECH)
    second = journal.append(again)
    assert (second.outcome, second.segment_id) == (Outcome.CONFLICT, first.segment_id)
    assert journal.lag() == 1
    assert len([path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]) == 1
    assert [c.submission for c in journal.claim(5)] == [SPEECH]


@pytest.mark.parametrize(
    "other",
    [
        replace(KEY, tenant="other"),
        replace(KEY, stream_id="live2"),
        replace(KEY, key="8"),
        replace(KEY, key="07"),
    ],
)
def test_every_part_of_the_key_counts(journal: EmbeddedJournal, other: SegmentKey) -> None:
    journal.append(SPEECH)
    assert journal.append(replace(SPEECH, key=other)).outcome is Outcome.ACCEPTED


def test_one_key_sent_by_many_at_once_is_accepted_once(journal: EmbeddedJournal) -> None:
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda _: journal.append(SPEECH), range(16)))
    assert sorted(r.outcome for r in receipts) == [Outcome.ACCEPTED] + [Outcome.REPEAT] * 15
    assert len({r.segment_id for r in receipts}) == 1 == journal.lag()


def test_bytes_are_on_disk_before_the_row(
    journal: EmbeddedJournal, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    write = storage.database.write

    def checked(job: Callable[[Connection], object]) -> Future[object]:
        seen.append(storage.blobs.get(hashlib.sha256(b"sound").hexdigest()))
        return write(job)

    monkeypatch.setattr(storage.database, "write", checked)
    journal.append(SPEECH)
    assert seen == [b"sound"]


def test_segments_are_claimed_in_order_and_once(journal: EmbeddedJournal) -> None:
    sent = [
        journal.append(replace(SPEECH, key=replace(KEY, key=str(i)), audio=bytes([i]))).segment_id
        for i in range(5)
    ]
    batches = [[c.segment_id for c in journal.claim(2)] for _ in range(4)]
    assert batches == [sent[:2], sent[2:4], sent[4:], []]
    assert journal.lag() == 5


def test_given_back_it_waits_then_fails_after_the_last_attempt(
    journal: EmbeddedJournal, clock: Clock
) -> None:
    segment_id = journal.append(SPEECH).segment_id
    for attempt in range(1, MAX_ATTEMPTS + 1):
        (claimed,) = journal.claim(5)
        assert claimed.attempt == attempt
        journal.nak(segment_id, PROBLEM, delay_s=2)
        assert journal.wait(segment_id, 0) == (attempt == MAX_ATTEMPTS)
        assert journal.claim(5) == []
        clock.now += timedelta(seconds=2)
    assert journal.claim(5) == [] and journal.lag() == 0


def test_a_segment_that_kills_the_process_takes_no_neighbour_with_it(
    storage: Storage, journal: EmbeddedJournal, clock: Clock
) -> None:
    sent = [
        journal.append(replace(SPEECH, key=replace(KEY, key=str(i)), audio=bytes([i]))).segment_id
        for i in range(3)
    ]
    claims = []
    for _ in range(5):  # a process that dies on the first segment, and each time before anything else is done
        claimed = journal.claim(5)
        claims.append([(sent.index(c.segment_id), c.attempt) for c in claimed])
        if sent[0] not in [c.segment_id for c in claimed]:
            for one in claimed:
                journal.fail(one.segment_id, PROBLEM)
        journal = EmbeddedJournal(storage.database, storage.blobs, clock)
    assert claims == [[(0, 1), (1, 1), (2, 1)], [(0, 2)], [(0, 3)], [(1, 2)], [(2, 2)]]


def test_a_settled_segment_cannot_be_given_back(journal: EmbeddedJournal) -> None:
    segment_id = journal.append(SPEECH).segment_id
    journal.claim(5)
    journal.fail(segment_id, PROBLEM)
    journal.nak(segment_id, PROBLEM, delay_s=0)
    assert (journal.claim(5), journal.lag()) == ([], 0)


def test_waiters_are_released_when_the_segment_is_settled(journal: EmbeddedJournal) -> None:
    segment_id = journal.append(SPEECH).segment_id
    assert not journal.wait(segment_id, 0)
    waiting = [journal.watch(segment_id) for _ in range(3)]
    journal.fail(segment_id, PROBLEM)
    for future in waiting:
        future.result(1)
    assert journal.watch(segment_id).done()


def test_a_waiter_that_leaves_is_forgotten(journal: EmbeddedJournal) -> None:
    segment_id = journal.append(SPEECH).segment_id

    async def impatient() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.wrap_future(journal.watch(segment_id)), 0.01)

    asyncio.run(impatient())
    assert journal._arrivals._waiting == {}
    journal.fail(segment_id, PROBLEM)


def test_work_wakes_a_waiting_worker(journal: EmbeddedJournal) -> None:
    woken = threading.Event()

    def wait() -> None:
        journal.wait_for_work(30)
        woken.set()

    threading.Thread(target=wait, daemon=True).start()
    journal.append(SPEECH)
    assert woken.wait(5)


def test_a_restart_frees_what_was_claimed(storage: Storage, journal: EmbeddedJournal, clock: Clock) -> None:
    journal.append(SPEECH)
    journal.claim(5)
    assert journal.claim(5) == []
    (claimed,) = EmbeddedJournal(storage.database, storage.blobs, clock).claim(5)
    assert claimed.attempt == 2


@pytest.mark.parametrize(
    "make",
    [
        lambda: Submission(KEY, text="x", offset_ms=0),
        lambda: Submission(KEY, audio=b"x"),
        lambda: Submission(KEY, audio=b"x", offset_ms=-1),
        lambda: Submission(MESSAGE.key, audio=b"x"),
        lambda: Submission(MESSAGE.key, text="x", sent_at=datetime(2026, 1, 1)),
    ],
    ids=["speech without sound", "no offset", "negative offset", "message with sound", "no zone"],
)
def test_impossible_submissions_cannot_be_made(make: Callable[[], Submission]) -> None:
    with pytest.raises(ValueError):
        make()
