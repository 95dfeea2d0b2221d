"""Analysis for `/v1/check`, off the event loop: one thread of its own, and a bounded line before it."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from service.domain.finding import Finding
from service.errors import BozhengError, ProblemType
from service.pipeline import Message, Pipeline

MAX_WAITING = 64
"""Checks in line before the service says it is full; at 3 ms a sentence the last one waits 0.2 s."""

BUSY = ProblemType(
    "service.busy",
    503,
    "The service is full",
    "服务繁忙",
    "Send the same request again after the time in Retry-After.",
    "请在 Retry-After 所示时间之后重发同一请求。",
)


class Inference:
    """Owns one thread; every call is answered or refused with `service.busy`."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="check")
        self._waiting = 0

    async def analyse(self, messages: Sequence[Message]) -> list[tuple[Finding, ...]]:
        """Findings of each message. Call from the event loop only. Raises BozhengError `service.busy`."""
        if self._waiting >= MAX_WAITING:
            raise BozhengError(BUSY, f"{self._waiting} checks are waiting", retry_after=1)
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._thread, self.pipeline.analyse, messages)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Let the running check end and take no more."""
        self._thread.shutdown(wait=True, cancel_futures=True)
