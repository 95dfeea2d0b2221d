"""The pool of decoding processes.

Owns them all. Any thread may call: a call takes a process out of the pool for as long as it works, and waits
while all are taken.
"""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import numpy as np

from service.audio.limits import DecodeLimits, check_size
from service.audio.probe import ProbeResult
from service.audio.problems import DECODER_CRASHED
from service.audio.process import DecodingProcess
from service.audio.records import Waveform
from service.errors import BozhengError

USES = 500
"""Requests before a process is replaced, so that what a codec leaks stays small. A start costs some 0.15 s:
under 1 ms a request."""


class Decoder:
    """Decodes uploads in `processes` child processes, started beforehand, replaced after a crash, a timeout
    or many uses. An upload that breaks its process fails alone. Two, so that no probe waits for a decode."""

    def __init__(self, limits: DecodeLimits | None = None, processes: int = 2) -> None:
        self._limits = limits or DecodeLimits()
        self._idle: queue.LifoQueue[DecodingProcess | None] = queue.LifoQueue()
        self._count = processes
        for _ in range(processes):
            self._idle.put(DecodingProcess(self._limits))

    def decode(self, data: bytes) -> Waveform:
        """The sound of an upload. Raises BozhengError; `truncated` tells of losses."""
        head, body = self._ask("decode", data)
        with _sense_expected():
            samples = np.frombuffer(body, np.float32)
            # float files may hold anything, and lossy codecs overshoot
            np.clip(np.nan_to_num(samples, copy=False, posinf=1.0, neginf=-1.0), -1.0, 1.0, out=samples)
            return Waveform(samples, str(head["container"]), str(head["codec"]), bool(head["truncated"]))

    def probe(self, data: bytes) -> ProbeResult:
        """`service.audio.probe.probe` where a crash does no harm. Raises BozhengError."""
        head, _ = self._ask("probe", data)
        with _sense_expected():
            return ProbeResult(
                str(head["container"]), str(head["codec"]), int(head["sample_rate"]), int(head["channels"])
            )

    @property
    def pids(self) -> list[int]:
        """Process ids of those that wait for work."""
        return [process.pid for process in self._idle.queue if process is not None]

    def _ask(self, operation: str, data: bytes) -> tuple[dict[str, Any], bytearray]:
        check_size(data, self._limits)
        process = self._idle.get()
        if process is None:
            self._idle.put(None)
            raise RuntimeError("the decoder is closed")
        try:
            if not process.alive:  # ended while idle, by no fault of this upload
                process = self._replace(process)
            return process.ask(operation, data)
        finally:
            worn = process.uses >= USES or not process.alive
            self._idle.put(self._replace(process) if worn else process)

    def _replace(self, process: DecodingProcess) -> DecodingProcess:
        process.close()
        return DecodingProcess(self._limits)

    def close(self) -> None:
        """End all processes once their work is done; later calls raise RuntimeError."""
        for _ in range(self._count):
            process = self._idle.get()
            if process is None:
                break
            process.close()
        self._idle.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@contextmanager
def _sense_expected() -> Iterator[None]:
    """A process that a hostile file has taken over may answer anything."""
    try:
        yield
    except (KeyError, TypeError, ValueError) as error:
        raise BozhengError(DECODER_CRASHED, "the decoder answered nonsense") from error
