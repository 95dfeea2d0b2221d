"""Who waits for which segment, inside this process. Safe from any thread."""

import threading
from concurrent.futures import Future


class Arrivals:
    """Futures by segment. A waiter that goes away (a cancelled future) is forgotten."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, list[Future[None]]] = {}

    def expect(self, segment_id: str) -> "Future[None]":
        """A future that `announce` completes."""
        future: Future[None] = Future()
        with self._lock:
            self._waiting.setdefault(segment_id, []).append(future)
        future.add_done_callback(lambda done: self._forget(segment_id, done))
        return future

    def announce(self, segment_id: str) -> None:
        """The segment is settled: complete every future that waits for it."""
        with self._lock:
            futures = self._waiting.pop(segment_id, [])
        for future in futures:
            if future.set_running_or_notify_cancel():
                future.set_result(None)

    def _forget(self, segment_id: str, future: "Future[None]") -> None:
        with self._lock:
            left = [f for f in self._waiting.get(segment_id, ()) if f is not future]
            if left:
                self._waiting[segment_id] = left
            else:
                self._waiting.pop(segment_id, None)
