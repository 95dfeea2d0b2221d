"""The journal as the rest of the house sees it. Adapters: `embedded.py` (SQLite)."""

from concurrent.futures import Future
from typing import Protocol

from service.domain.segment import Claimed, ProblemReport, Receipt, Submission


class Journal(Protocol):
    """Keeps accepted segments and hands each to the worker until it is settled (done or failed).

    Safe to call from any thread. Blocking: call from a thread, never on the event loop.
    """

    def append(self, submission: Submission) -> Receipt:
        """Keep a segment: returns after its bytes and its row are on disk. A repeat of a key with the same
        content is `repeat`; with other content `conflict`, and nothing is kept. Raises BozhengError
        `storage.unavailable` when it cannot be kept (then it is not)."""
        ...

    def claim(self, max_batch: int) -> list[Claimed]:
        """Up to `max_batch` segments whose turn it is, in order of acceptance; the attempt of each is
        committed before. A retried segment comes alone. One whose attempts are used up (the process died
        thrice on it) fails."""
        ...

    def wait_for_work(self, timeout_s: float) -> None:
        """Return when a segment may be claimable, at the latest after `timeout_s`."""
        ...

    def ack(self, segment_id: str) -> None:
        """The result was committed: release whoever waits for it."""
        ...

    def nak(self, segment_id: str, problem: ProblemReport, delay_s: float) -> None:
        """The attempt went wrong: try again after `delay_s`, or fail with `problem` after the last."""
        ...

    def fail(self, segment_id: str, problem: ProblemReport) -> None:
        """Trying again would not help: the segment fails with `problem` now."""
        ...

    def lag(self) -> int:
        """Accepted segments that are not settled."""
        ...

    def watch(self, segment_id: str) -> "Future[None]":
        """Completes when the segment is settled; already complete if it is. Await with
        `asyncio.wait_for(asyncio.wrap_future(f), s)`; cancelling it loses nothing."""
        ...

    def wait(self, segment_id: str, timeout_s: float) -> bool:
        """Block until the segment is settled; False when `timeout_s` passed before."""
        ...
