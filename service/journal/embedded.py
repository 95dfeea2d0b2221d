"""The journal on the embedded database. Bytes are on disk before their row, the row before the receipt."""

import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from datetime import datetime
from itertools import takewhile

from sqlalchemy import Connection

from service.domain.instants import from_ms, to_ms, utc_now
from service.domain.segment import Claimed, Outcome, ProblemReport, Receipt, Submission
from service.domain.vocabulary import Channel
from service.journal import repository as rows
from service.journal.arrivals import Arrivals
from service.journal.envelope import Envelope
from service.journal.problems import ATTEMPTS_EXHAUSTED, CONTENT_LOST, report
from service.storage.blobs import BlobStore
from service.storage.codec import dump, load
from service.storage.database import Database
from service.storage.ids import new_id

MAX_ATTEMPTS = 3
"""Attempts before a segment is a dead letter (architecture §2)."""

REREAD_DELAY_S = 1.0
"""Pause before bytes that could not be read are read again."""


class EmbeddedJournal:
    """Implements `Journal`. One per process: it holds who waits and frees what a dead process had claimed."""

    def __init__(self, database: Database, blobs: BlobStore, clock: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._blobs = blobs
        self._clock = clock
        self._arrivals = Arrivals()
        self._work = threading.Condition()
        self._woken = False
        database.write(rows.release_claims).result()

    def append(self, submission: Submission) -> Receipt:
        """See `Journal.append`."""
        content = submission.audio if submission.audio is not None else (submission.text or "").encode()
        digest = hashlib.sha256(content).hexdigest()
        envelope = Envelope.of(submission)
        fingerprint = envelope.fingerprint(digest)
        segment_id, now_ms = new_id("seg"), to_ms(self._clock())

        def known(connection: Connection) -> Receipt | None:
            kept = rows.find(connection, submission.key)
            if kept is None:
                return None
            same = kept.fingerprint == fingerprint
            return Receipt(Outcome.REPEAT if same else Outcome.CONFLICT, kept.segment_id)

        def accept(connection: Connection) -> Receipt:
            receipt = known(connection)  # another thread may have sent the same key meanwhile
            if receipt is not None:
                return receipt
            rows.add(
                connection,
                submission.key,
                segment_id,
                fingerprint=fingerprint,
                content_sha256=digest,
                data=dump(envelope),
                now_ms=now_ms,
            )
            return Receipt(Outcome.ACCEPTED, segment_id)

        receipt = self._database.read(known)
        if receipt is not None:  # before any byte is written: a conflict keeps nothing
            return receipt
        if submission.audio is not None:
            self._blobs.put(submission.audio)
        receipt = self._database.write(accept).result()
        if receipt.outcome is Outcome.ACCEPTED:
            self._wake()
        return receipt

    def claim(self, max_batch: int) -> list[Claimed]:
        """See `Journal.claim`."""
        now_ms = to_ms(self._clock())

        def take(connection: Connection) -> tuple[list[rows.Turn], list[rows.Turn]]:
            turns = rows.due(connection, now_ms, max_batch)
            dead = [turn for turn in turns if turn.attempts >= MAX_ATTEMPTS]
            live = _together([turn for turn in turns if turn.attempts < MAX_ATTEMPTS])
            for turn in dead:
                rows.fail(connection, turn.segment_id, report(ATTEMPTS_EXHAUSTED, "the process died on it"))
            if live:
                rows.start_attempts(connection, [turn.segment_id for turn in live])
            return live, dead

        # an idle worker asks twice a second: only a due row is worth a synchronous commit
        if not self._database.read(lambda c: rows.due(c, now_ms, 1)):
            return []
        live, dead = self._database.write(take).result()
        for turn in dead:
            self._arrivals.announce(turn.segment_id)
        claimed = [self._claimed(turn) for turn in live]
        return [one for one in claimed if one is not None]

    def wait_for_work(self, timeout_s: float) -> None:
        """See `Journal.wait_for_work`."""
        due_ms = self._database.read(rows.next_due)
        if due_ms is not None:
            timeout_s = min(timeout_s, max(0.0, (due_ms - to_ms(self._clock())) / 1000))
        with self._work:
            self._work.wait_for(lambda: self._woken, timeout_s)
            self._woken = False

    def ack(self, segment_id: str) -> None:
        """See `Journal.ack`. The row itself was settled in the transaction that recorded the result."""
        self._arrivals.announce(segment_id)

    def nak(self, segment_id: str, problem: ProblemReport, delay_s: float) -> None:
        """See `Journal.nak`."""
        not_before = to_ms(self._clock()) + round(delay_s * 1000)

        def give_back(connection: Connection) -> bool:
            if rows.attempts_of(connection, segment_id) >= MAX_ATTEMPTS:
                rows.fail(connection, segment_id, problem)
                return True
            rows.put_back(connection, segment_id, problem, not_before=not_before)
            return False

        if self._database.write(give_back).result():
            self._arrivals.announce(segment_id)
        else:
            self._wake()

    def fail(self, segment_id: str, problem: ProblemReport) -> None:
        """See `Journal.fail`."""
        self._database.write(lambda connection: rows.fail(connection, segment_id, problem)).result()
        self._arrivals.announce(segment_id)

    def lag(self) -> int:
        """See `Journal.lag`."""
        return self._database.read(rows.count_open)

    def watch(self, segment_id: str) -> "Future[None]":
        """See `Journal.watch`. Raises NoResultFound for a segment that was never accepted."""
        future = self._arrivals.expect(segment_id)
        if self._database.read(lambda connection: rows.is_settled(connection, segment_id)):
            self._arrivals.announce(segment_id)
        return future

    def wait(self, segment_id: str, timeout_s: float) -> bool:
        """See `Journal.wait`."""
        future = self.watch(segment_id)
        try:
            future.result(timeout_s)
        except FutureTimeoutError:
            future.cancel()
            return False
        return True

    def _claimed(self, turn: rows.Turn) -> Claimed | None:
        """The segment with its bytes; one whose bytes cannot be read is given back."""
        audio = None
        if turn.key.channel is Channel.SPEECH:
            try:
                audio = self._blobs.get(turn.content_sha256)
            except OSError as error:
                self.nak(turn.segment_id, report(CONTENT_LOST, str(error)), REREAD_DELAY_S)
                return None
        submission = load(Envelope, turn.data).submission(turn.key, audio)
        return Claimed(
            segment_id=turn.segment_id,
            submission=submission,
            sha256=turn.content_sha256,
            attempt=turn.attempts + 1,
            accepted_at=from_ms(turn.accepted_at),
        )

    def _wake(self) -> None:
        with self._work:
            self._woken = True
            self._work.notify_all()


def _together(turns: list[rows.Turn]) -> list[rows.Turn]:
    """What may be handed out at once: fresh segments together, a retried one alone, so that one which kills
    the process cannot use up the attempts of its neighbours."""
    return list(takewhile(lambda turn: turn.attempts == 0, turns)) or turns[:1]
