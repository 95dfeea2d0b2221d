"""The one loop: claim → decode and recognise → windows → pipeline → record → acknowledge (architecture §2).

Two threads: the loop (the caller of `run`) analyses and records one segment while `ears`, which the loop
owns, decodes and recognises the next; no other thread touches the recogniser. A refusal (`BozhengError`)
fails its segment with that problem; a defect gives the segment back, and after three attempts it fails as
well. Nothing ends the loop but `stop`.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from service.audio.records import Waveform
from service.domain.finding import Finding
from service.domain.instants import utc_now
from service.domain.kept import KeptSegment
from service.domain.segment import Claimed, Notice
from service.domain.transcript import SpeechRegion, Transcript
from service.errors import BozhengError
from service.journal.port import Journal
from service.journal.problems import ATTEMPTS_EXHAUSTED, report
from service.pipeline import Message, Versions
from service.record import Recording, record
from service.storage.problems import UNAVAILABLE
from service.streams.facts import facts_of, keep
from service.streams.localise import localise
from service.streams.plan import plan_windows
from service.streams.problems import STALE_REVISION
from service.streams.repository import get_stream, home_platform_of
from service.streams.windows import Window

log = logging.getLogger(__name__)

Result = TypeVar("Result")

IDLE_S = 0.5
"""Longest sleep of an idle worker; new work wakes it at once."""

HEARD_AHEAD = 2
"""Segments in hand below which more are claimed: one is analysed, one is heard."""

RETRY_DELAYS_S = (1.0, 5.0)
"""Pauses before the second and the third attempt."""

PASSING = frozenset({UNAVAILABLE, STALE_REVISION})
"""Refusals that are not the segment's fault: it is tried again."""

TRUNCATED = "audio.truncated"
"""Notice code: part of the sound could not be decoded."""

REPLANS = 5
"""Analyses of one attempt when the stream keeps changing meanwhile."""


class Records(Protocol):
    """The part of `storage.database.Database` that the worker needs."""

    def read(self, query: Callable[[Connection], Result]) -> Result: ...

    def write(self, job: Callable[[Connection], Result]) -> "Future[Result]": ...


class Decodes(Protocol):
    """`audio.decoder.Decoder`."""

    def decode(self, data: bytes) -> Waveform: ...


class Recognises(Protocol):
    """`asr.recognizer.Recognizer`."""

    @property
    def model(self) -> str: ...

    def recognise(self, waveform: Waveform, regions: tuple[SpeechRegion, ...], sha256: str) -> Transcript: ...


class Analyses(Protocol):
    """`pipeline.Pipeline`."""

    @property
    def versions(self) -> Versions: ...

    def analyse(self, messages: Sequence[Message]) -> list[tuple[Finding, ...]]: ...


@dataclass(frozen=True, slots=True)
class Machinery:
    """What turns bytes into findings."""

    decoder: Decodes
    regions: Callable[[Waveform], tuple[SpeechRegion, ...]]
    recognizer: Recognises
    pipeline: Analyses

    @property
    def versions(self) -> dict[str, str]:
        """Versions of everything that decides, recorded with every analysis (architecture §3f)."""
        return {**asdict(self.pipeline.versions), "asr": self.recognizer.model}


@dataclass(slots=True)
class _Work:
    """A claimed segment on its way through one attempt."""

    claimed: Claimed
    hearing: "Future[None] | None" = None
    transcript: Transcript | None = None
    duration_ms: int | None = None
    notices: tuple[Notice, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)

    def timed(self, stage: str, step: Callable[[], Result]) -> Result:
        """Run a stage and add its milliseconds to `timings`."""
        began = time.perf_counter()
        try:
            return step()
        finally:
            spent = (time.perf_counter() - began) * 1000
            self.timings[stage] = round(self.timings.get(stage, 0.0) + spent, 3)


class Worker:
    """Run `run()` in one thread; `stop()` from any other ends it after the segment in hand."""

    def __init__(
        self,
        records: Records,
        journal: Journal,
        machinery: Machinery,
        *,
        batch: int = 4,
        retry_delays_s: Sequence[float] = RETRY_DELAYS_S,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._records = records
        self._journal = journal
        self._machinery = machinery
        self._batch = batch
        self._retry_delays_s = retry_delays_s
        self._clock = clock
        self._stopping = threading.Event()
        self._hand: deque[_Work] = deque()
        self._ears = ThreadPoolExecutor(1, thread_name_prefix="ears")
        self._owed: deque[Callable[[], None]] = deque()

    def run(self) -> None:
        """Work until `stop`."""
        while not self._stopping.is_set():
            try:
                if not self.step():
                    self._journal.wait_for_work(IDLE_S)
            except Exception:  # the loop outlives a full disk and a defect alike
                log.exception("the worker could not go on; trying again")
                self._stopping.wait(IDLE_S)
        self.close()

    def close(self) -> None:
        """End the ears after the segment that they hear."""
        self._ears.shutdown(cancel_futures=True)

    def stop(self) -> None:
        """End `run` soon; what is claimed and not recorded is claimed again after the next start."""
        self._stopping.set()

    def step(self) -> bool:
        """Work on one segment while the next is heard; False when there was none."""
        self._settle_owed()
        if len(self._hand) < HEARD_AHEAD and all(work.claimed.attempt == 1 for work in self._hand):
            for claimed in self._journal.claim(self._batch):
                self.take(claimed)
        if not self._hand:
            return False
        self._attempt(self._hand.popleft())
        return True

    def take(self, claimed: Claimed) -> None:
        """Put a claimed segment in hand; it is heard at once."""
        work = _Work(claimed)
        work.hearing = self._ears.submit(self._hear, work)
        self._hand.append(work)

    def _attempt(self, work: _Work) -> None:
        """Work on one segment; what goes wrong is told to the journal."""
        segment_id = work.claimed.segment_id
        try:
            self._work(work)
        except BozhengError as refusal:
            problem = report(refusal.problem, refusal.detail)
            if refusal.problem in PASSING:
                self._settle(lambda: self._journal.nak(segment_id, problem, self._delay(work)))
            else:
                self._settle(lambda: self._journal.fail(segment_id, problem))
        except Exception as defect:  # a defect costs its segment an attempt, not the loop
            log.exception("attempt %d on segment %s failed", work.claimed.attempt, segment_id)
            exhausted = report(ATTEMPTS_EXHAUSTED, type(defect).__name__)
            self._settle(lambda: self._journal.nak(segment_id, exhausted, self._delay(work)))

    def _settle(self, step: Callable[[], None]) -> None:
        self._owed.append(step)
        self._settle_owed()

    def _settle_owed(self) -> None:
        """Tell the journal what it could not be told before (a full disk): nothing stays claimed for ever."""
        while self._owed:
            self._owed[0]()
            self._owed.popleft()

    def _delay(self, work: _Work) -> float:
        return self._retry_delays_s[min(work.claimed.attempt, len(self._retry_delays_s)) - 1]

    def _hear(self, work: _Work) -> None:
        """Bytes → transcript. Without speech the recogniser does not ask its engine."""
        claimed = work.claimed
        work.timings["queue"] = (self._clock() - claimed.accepted_at) / timedelta(milliseconds=1)
        audio = claimed.submission.audio
        if audio is None:
            return
        machinery = self._machinery
        waveform = work.timed("decode", lambda: machinery.decoder.decode(audio))
        regions = work.timed("regions", lambda: machinery.regions(waveform))
        recognise = machinery.recognizer.recognise
        work.transcript = work.timed("recognise", lambda: recognise(waveform, regions, claimed.sha256))
        work.duration_ms = waveform.decoded_ms
        if waveform.truncated:
            work.notices = (Notice(TRUNCATED, f"{waveform.decoded_ms} ms could be decoded"),)

    def _work(self, work: _Work) -> None:
        """One attempt, start to end; analysed again when the stream changed meanwhile."""
        if work.hearing is not None:
            work.hearing.result()
        for _ in range(REPLANS):
            try:
                self._record(work)
            except BozhengError as refusal:
                if refusal.problem is not STALE_REVISION:
                    raise
            else:
                self._journal.ack(work.claimed.segment_id)
                return
        raise BozhengError(STALE_REVISION, f"the stream changed during each of {REPLANS} analyses")

    def _record(self, work: _Work) -> None:
        claimed, versions = work.claimed, self._machinery.versions

        def snapshot(connection: Connection) -> tuple[int, tuple[Window, ...]]:
            key = claimed.submission.key
            state = get_stream(connection, key.tenant, key.stream_id)
            home = home_platform_of(connection, key.tenant)
            facts = facts_of(state.stream, home, claimed.submission, versions)
            kept = keep(claimed, facts, work.transcript, work.duration_ms or 0)
            return state.revision, plan_windows(connection, kept)

        revision, windows = self._records.read(snapshot)
        analysed = work.timed("analyse", lambda: self._analyse(windows))
        recording = Recording(
            claimed=claimed,
            kept=windows[0].owner,
            analysed=analysed,
            stream_revision=revision,
            duration_ms=work.duration_ms,
            timings=dict(work.timings),
            notices=work.notices,
        )
        now = self._clock()
        self._records.write(lambda connection: record(connection, recording, now)).result()

    def _analyse(self, windows: Sequence[Window]) -> list[tuple[KeptSegment, tuple[Finding, ...]]]:
        """Findings of each window's owner; one without words has none and costs nothing."""
        worded = [w for w in windows if w.owner.text]
        messages = [Message(w.text, w.owner.facts.context, w.transcript) for w in worded]
        found = self._machinery.pipeline.analyse(messages) if messages else []
        by_owner = {w.owner.segment_id: localise(w, f) for w, f in zip(worded, found, strict=True)}
        return [(w.owner, by_owner.get(w.owner.segment_id, ())) for w in windows]
