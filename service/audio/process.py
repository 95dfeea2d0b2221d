"""One decoding process as the service sees it. Owns process and socket; used by one thread at a time."""

import json
import signal
import socket
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from service.audio.limits import DecodeLimits
from service.audio.pcm import SAMPLE_RATE, SLACK_SECONDS
from service.audio.problems import BY_CODE, DECODE_TIMEOUT, DECODER_CRASHED
from service.audio.wire import receive, send
from service.errors import BozhengError

_SOURCES = Path(__file__).resolve().parents[2]
"""The folder that holds the package `service`."""

_SECONDS_TO_END = 5.0


class DecodingProcess:
    """Starts at once; the first request waits until it is ready."""

    def __init__(self, limits: DecodeLimits) -> None:
        self._limits = limits
        self.uses = 0
        self._peer, theirs = socket.socketpair()
        with theirs:
            # an empty environment: the process that reads untrusted bytes knows none of the service's secrets
            self._process = subprocess.Popen(
                [sys.executable, "-s", "-P", "-m", "service.audio.child", json.dumps(asdict(limits))],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={"PYTHONPATH": str(_SOURCES), "LC_ALL": "C.UTF-8"},
                cwd="/",
            )

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can take a request."""
        return self._process.poll() is None

    def ask(self, operation: str, data: bytes) -> tuple[dict[str, Any], bytearray]:
        """Answer to one request. Raises BozhengError; the process is dead after a crash or a timeout."""
        self.uses += 1
        deadline = time.monotonic() + self._limits.wall_seconds
        max_body = int((self._limits.max_seconds + 2 * SLACK_SECONDS) * SAMPLE_RATE) * 4
        try:
            send(self._peer, {"operation": operation}, data, deadline)
            head, body = receive(self._peer, max_body, deadline)
        except TimeoutError as error:
            self.close()
            detail = f"decoding was given up after {self._limits.wall_seconds:g} seconds"
            raise BozhengError(DECODE_TIMEOUT, detail) from error
        except (EOFError, OSError, ValueError) as error:
            self._fail(error)
        if "code" in head:
            problem = BY_CODE.get(str(head["code"]), DECODER_CRASHED)
            raise BozhengError(problem, str(head.get("detail", "")))
        return head, body

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._peer.close()
        self._process.kill()
        self._process.wait(_SECONDS_TO_END)

    def _fail(self, error: Exception) -> NoReturn:
        """Raise what the death of the process means."""
        self._peer.close()
        try:
            status = self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.close()
            raise BozhengError(DECODER_CRASHED, "the decoder answered nonsense") from error
        if status == -signal.SIGXCPU:
            detail = f"decoding took more than {self._limits.cpu_seconds} seconds of CPU time"
            raise BozhengError(DECODE_TIMEOUT, detail) from error
        how = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        raise BozhengError(DECODER_CRASHED, f"the decoder ended by {how}") from error
