"""One decoding process as the service sees it. Owns process and socket; used by one thread at a time."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from service.audio.limits import DecodeLimits
from service.audio.pcm import SAMPLE_RATE, SLACK_SECONDS
from service.audio.problems import BY_CODE, DECODE_TIMEOUT, DECODER_CRASHED
from service.audio.wire import receive, send
from service.errors import BozhengError

_SOURCES = Path(__file__).resolve().parents[2]
"""The folder that holds the package `service`."""

_SECONDS_TO_START = 60.0
"""A start takes 0.15 s; the rest is for a machine that is starting much else."""


class DecodingProcess:
    """Starts at once; the first request waits until it is ready."""

    def __init__(self, limits: DecodeLimits) -> None:
        self._limits = limits
        self.uses = 0
        self._started = False
        self._peer, theirs = socket.socketpair()
        with theirs:
            # an environment of nothing but where to import from: what reads untrusted bytes knows no secrets
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "service.audio.child", json.dumps(asdict(limits))],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={
                    "PYTHONPATH": os.pathsep.join(filter(None, (str(_SOURCES), *sys.path))),
                    "LC_ALL": "C.UTF-8",
                },
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
        """Answer to one request. Raises BozhengError; the process is dead after a crash or a timeout. Raises
        RuntimeError if it does not start, which is no upload's fault."""
        self._await_start()
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
        except ValueError as error:
            self.close()
            raise BozhengError(DECODER_CRASHED, "the decoder answered nonsense") from error
        except (EOFError, OSError) as error:
            raise self._cause_of_death() from error
        if "code" in head:
            problem = BY_CODE.get(str(head["code"]), DECODER_CRASHED)
            raise BozhengError(problem, str(head.get("detail", "")))
        return head, body

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._peer.close()
        self._process.kill()
        self._process.wait()

    def _await_start(self) -> None:
        if self._started:
            return
        try:
            receive(self._peer, 0, time.monotonic() + _SECONDS_TO_START)
        except (EOFError, OSError) as error:  # TimeoutError among them
            self.close()
            raise RuntimeError("a decoding process does not start; its own error is above") from error
        self._started = True

    def _cause_of_death(self) -> BozhengError:
        """What the end of the process means for the upload it was reading."""
        self.close()
        status = self._process.returncode
        if status == -signal.SIGXCPU:
            detail = f"decoding took more than {self._limits.cpu_seconds} seconds of CPU time"
            return BozhengError(DECODE_TIMEOUT, detail)
        how = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        return BozhengError(DECODER_CRASHED, f"the decoder ended by {how}")
